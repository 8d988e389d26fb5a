import assert from 'node:assert/strict';
import { type Bench, burst, END, openBench, START } from '../support/e2e/bench.ts';
import type { Json } from '../support/e2e/json.ts';
import { taken } from '../support/e2e/received-records.ts';
import type { FilterSpec } from '../support/e2e/service.ts';
import { look, verdictsIn } from '../support/pages/read-page.ts';

const TYPO: FilterSpec = { name: 'typo', projects: ['web'], environments: ['Production'] };
const MIXED: FilterSpec = { name: 'mixed', projects: ['web'], environments: ['production', 'canary'] };
const WHOLE: FilterSpec = { name: 'whole', projects: ['web'], environments: ['production'] };
const WORDS = (name: string): string =>
  `no environment ${name} in acme: misspelt, or it had no event yet, so its count is not known`;
const METRICS_TOKEN = 'metrics-token-0123456789';

for (const flavour of ['sentry', 'glitchtip', 'sentry-2019'] as const) {
  describe(`an environment that ${flavour} does not know`, () => {
    let bench: Bench;
    const env = { SENTRY_PAGES_PER_SECOND: '0', METRICS_TOKEN };
    beforeEach(async () => {
      bench = await openBench({ time: 'stopped', flavour });
      bench.sandbox.world.addProject({ slug: 'web' });
      bench.sandbox.world.addEvents(burst('web', 101, 40));
    });
    afterEach(() => bench.close());

    const ofTotals = (report: Json): unknown[] =>
      report.gaps
        .filter(({ part }: Json) => part === 'totals')
        .map(({ reason, detail }: Json) => [reason as string, detail as string]);

    it('is no zero: it is incomplete with the nearest name, in answer, records, metrics and page', async () => {
      const service = await bench.serve([TYPO, MIXED, WHOLE], env);
      const { status, body } = await service.post();
      const [typo, mixed, whole] = body.reports as Json[];
      assert.deepEqual([status, body.incomplete], [200, 2]);
      assert.deepEqual(
        [typo, mixed, whole].map(({ totals, complete }: Json) => [
          totals.map(({ events }: Json) => events as number),
          complete,
        ]),
        [
          [[], false],
          [[40], false],
          [[40], true],
        ],
      );
      assert.deepEqual(ofTotals(typo), [
        ['environment_not_found', `filters.yaml:8: ${WORDS('Production')}; did you mean production?`],
      ]);
      assert.deepEqual(ofTotals(mixed), [
        ['environment_not_found', `filters.yaml:17: ${WORDS('canary')}; there are production`],
      ]);
      const counts = taken(bench.sandbox.world.received).events.filter(({ type }) => /_count$/.test(String(type)));
      assert.deepEqual(
        counts
          .filter(({ filter }) => filter !== 'whole')
          .map((it) => [it['filter'], it['type'], it['value'], it['complete'], it['reason']])
          .toSorted(),
        [
          ['mixed', 'event_count', 40, 0, 'environment_not_found'],
          ['mixed', 'filter_count', 40, 0, 'environment_not_found'],
          ['typo', 'event_count', undefined, 0, 'environment_not_found'],
          ['typo', 'filter_count', undefined, 0, 'environment_not_found'],
        ],
      );
      const samples = taken(bench.sandbox.world.received).samples.map(({ properties }) => properties.filter as string);
      assert.ok(!samples.includes('typo'), 'what is not known has no sample');
      const metrics = await fetch(`${service.url}/metrics`, { headers: { authorization: `Bearer ${METRICS_TOKEN}` } });
      assert.match(await metrics.text(), /gaps_total\{reason="environment_not_found"\} 2\n/);
      const { text } = await look(service.url);
      assert.match(verdictsIn(text)['right']!, /^warn: Not right\. .*incomplete \(environment_not_found\)/);
      assert.match(text, /data-filter="typo"[\s\S]*?not known/);
    });

    it('counts as soon as it has an event, and is whole then', async () => {
      const service = await bench.serve([MIXED], env);
      assert.equal((await service.post()).body.incomplete, 1);
      bench.clock.advance(300_000);
      bench.sandbox.world.addEvents([
        { at: END + 1000, project: 'web', issue: 109, environment: 'canary', user: 'id:1', repeat: 6 },
      ]);
      const { body } = await service.post();
      assert.deepEqual([body.incomplete, body.reports[0].totals.map(({ events }: Json) => events as number)], [0, [6]]);
    });

    it('that is only quiet is zero', async () => {
      bench.sandbox.world.addEvents([
        { at: START - 86_400_000, project: 'web', issue: 102, environment: 'staging', user: 'id:1' },
      ]);
      const { body } = await (await bench.serve([WHOLE, { ...TYPO, environments: ['staging'] }], env)).post();
      assert.deepEqual([body.incomplete, body.reports[1].totals.map(({ events }: Json) => events as number)], [0, [0]]);
    });
  });
}

describe('an environment that another project has', () => {
  it('is no zero either when these projects have one of nearly that name', async () => {
    const bench = await openBench({ time: 'stopped' });
    const { world } = bench.sandbox;
    for (const slug of ['web', 'old']) world.addProject({ slug });
    world.addEvents([...burst('web', 101, 40), ...burst('old', 201, 1, { environment: 'Production' })]);
    try {
      const { body } = await (await bench.serve([TYPO])).post();
      assert.deepEqual(body.reports[0].gaps, [
        {
          part: 'totals',
          reason: 'environment_not_found',
          detail:
            'filters.yaml:8: no event of these projects was ever in the environment Production; did you mean production?',
          see: 'docs/faults.md#gap-environment_not_found',
        },
      ]);
    } finally {
      await bench.close();
    }
  });
});

describe('an environment that was to be filled in', () => {
  it('is a fault at the start', async () => {
    const bench = await openBench({ time: 'stopped' });
    try {
      await assert.rejects(
        bench.serve([{ ...TYPO, environments: ['${ENVIRONMENT}'] }]),
        /filters\.yaml:9: environments: "\$\{ENVIRONMENT\}" holds \$\{, which nothing fills in here; write the name that Sentry shows/,
      );
    } finally {
      await bench.close();
    }
  });
});
