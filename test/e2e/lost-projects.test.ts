import assert from 'node:assert/strict';
import { type Bench, burst, END, openBench } from '../support/e2e/bench.ts';
import { assertFilterExact } from '../support/e2e/exact.ts';
import type { Json } from '../support/e2e/json.ts';
import { taken } from '../support/e2e/received-records.ts';
import type { FilterSpec } from '../support/e2e/service.ts';
import { complaintsOf } from '../support/build/findings.ts';

const WEB: FilterSpec = { name: 'web', projects: ['shop-web'] };
const API: FilterSpec = { name: 'api', projects: ['shop-api'] };
const BOTH: FilterSpec = { name: 'both', projects: ['shop-web', 'shop-api'] };
const FAST = { SENTRY_PAGES_PER_SECOND: '0' };

describe('filters that lost their projects', () => {
  let bench: Bench;
  const open = async (flavour: 'sentry' | 'glitchtip'): Promise<void> => {
    bench = await openBench({ time: 'stopped', flavour });
    const { world } = bench.sandbox;
    for (const slug of ['shop-web', 'shop-api']) world.addProject({ slug });
    world.addEvents([...burst('shop-web', 101, 40), ...burst('shop-api', 201, 7)]);
  };
  afterEach(() => bench.close());

  const gaps = (report: Json): unknown[] =>
    report.gaps.map(({ reason, project, detail }: Json) => [reason, project, detail]);
  /** The file is written one thing a line, so `projects` of filter `index` stands in line 5 + 6 · index. */
  const MISSPELT: readonly FilterSpec[] = [
    { name: 'web', projects: ['shop-wbe'] },
    { name: 'api', projects: ['shop_api'] },
  ];

  for (const flavour of ['sentry', 'glitchtip'] as const) {
    it(`${flavour}: a run in which none has any left is a failed reading, of which nothing is sent`, async () => {
      await open(flavour);
      const service = await bench.serve(MISSPELT, FAST);
      const { status, headers, body } = await service.post();
      assert.deepEqual([status, headers.get('sentry-monitor-sent'), body.status], [503, 'none', 'failed']);
      const words = [
        'filters.yaml:5: filter web: none of its projects can be read: ' +
          'no project shop-wbe in acme: renamed, deleted or misspelt; did you mean shop-web?',
        'filters.yaml:11: filter api: none of its projects can be read: ' +
          'no project shop_api in acme: renamed, deleted or misspelt; did you mean shop-api?',
      ];
      assert.deepEqual(
        body.reports.map(({ error }: Json) => error as string),
        words,
      );
      assert.deepEqual(gaps(body.reports[0]), [
        [
          'project_not_found',
          'shop-wbe',
          'filters.yaml:5: no project shop-wbe in acme: renamed, deleted or misspelt; did you mean shop-web?',
        ],
      ]);
      const { events, samples } = taken(bench.sandbox.world.received);
      assert.deepEqual([events.filter((it) => it['eventType'] === 'SentryMonitoring'), samples], [[], []]);
      assert.deepEqual(
        service.log.filter(({ msg }) => msg === 'filter not read').map(({ error }) => error as string),
        words,
      );
    });

    it(`${flavour}: one that lost all has failed, one that lost some is incomplete, the others are as ever`, async () => {
      await open(flavour);
      const service = await bench.serve([WEB, API, BOTH], FAST);
      assert.equal((await service.post('?debug=true')).body.incomplete, 0);
      bench.sandbox.world.renameProject('shop-api', 'storefront');
      // The list of projects is read once an hour, by pages before each window.
      bench.clock.advance(3_600_000);
      const answer = await service.post(`?end=${new Date(END).toISOString()}`);
      const { status, headers, body } = answer;
      const [web, api, both] = body.reports as Json[];
      assert.deepEqual([status, headers.get('sentry-monitor-sent'), body.status], [502, 'some', 'partial']);
      if (flavour === 'sentry') assertFilterExact(bench, answer, WEB);
      assert.deepEqual(
        web.totals.map(({ events }: Json) => events as number),
        [40],
      );
      assert.deepEqual([web.complete, api.totals, both.complete], [true, [], false]);
      const renamed = 'no project shop-api in acme: it is called storefront now; mend the filter';
      assert.equal(api.error, `filters.yaml:11: filter api: none of its projects can be read: ${renamed}`);
      assert.deepEqual(gaps(api), [['project_not_found', 'shop-api', `filters.yaml:11: ${renamed}`]]);
      assert.deepEqual(
        gaps(both).filter((gap) => (gap as unknown[])[0] !== 'not_supported'),
        [['project_not_found', 'shop-api', `filters.yaml:17: ${renamed}`]],
      );
      assert.equal(body.incomplete, 1);
      assert.deepEqual(
        both.totals.map(({ project, events }: Json) => [project, events]),
        [['shop-web', 40]],
      );
    });
  }

  it('are said at the start, each line once', async () => {
    await open('sentry');
    const service = await bench.serve([...MISSPELT, { ...BOTH, projects: ['shop-web', 'elsewhere'] }]);
    const scope = service.parts.openScope('start', 60_000);
    assert.deepEqual(complaintsOf(await service.parts.source.prepare(service.parts.filters.filters, scope)), [
      'filters.yaml:5: no project shop-wbe in acme: renamed, deleted or misspelt; did you mean shop-web?',
      'filters.yaml:11: no project shop_api in acme: renamed, deleted or misspelt; did you mean shop-api?',
      'filters.yaml:17: no project elsewhere in acme: renamed, deleted or misspelt; mend the filter',
    ]);
    scope.close();
  });

  it('are counted by their reason', async () => {
    await open('sentry');
    const service = await bench.serve([MISSPELT[0]!, BOTH], { METRICS_TOKEN: 'metrics-token-0123456789' });
    await service.post();
    const response = await fetch(`${service.url}/metrics`, {
      headers: { authorization: 'Bearer metrics-token-0123456789' },
    });
    const text = await response.text();
    assert.match(text, /gaps_total\{reason="project_not_found"\} 1\n/);
    assert.match(text, /gaps_total\{reason="not_answered"\} 0\n/);
  });
});
