import assert from 'node:assert/strict';
import type { Fault } from '../../sandbox/index.ts';
import { type Bench, burst, openBench, SPAN } from '../support/e2e/bench.ts';
import { assertFilterExact } from '../support/e2e/exact.ts';
import type { Json } from '../support/e2e/json.ts';
import { sameRecords, taken } from '../support/e2e/received-records.ts';
import type { FilterSpec } from '../support/e2e/service.ts';

/** `red` is the one that faults are aimed at, by its project's id in the query; `blue` must never notice. */
const RED: FilterSpec = { name: 'red', projects: ['red'], tags: ['region'] };
const BLUE: FilterSpec = { name: 'blue', projects: ['blue'], tags: ['region'] };
const AT_RED = 'project=77';
const TOTALS = 'field=project.id&field=count()';

describe('Sentry in trouble during a run', () => {
  let bench: Bench;

  beforeEach(async () => {
    bench = await openBench({ time: 'jump' });
    const { world } = bench.sandbox;
    world.addProject({ slug: 'red', id: 77 });
    world.addProject({ slug: 'blue', id: 88 });
    for (const [slug, base] of [
      ['red', 1000],
      ['blue', 2000],
    ] as const) {
      world.addEvents(
        Array.from({ length: 150 }, (_, n) =>
          burst(slug, base + n, 1 + (n % 4), { tags: n % 3 === 0 ? {} : { region: 'eu' } }),
        ).flat(),
      );
    }
  });

  afterEach(() => bench.close());

  /** How many requests the fault met. */
  function hits(kind: string): number {
    return bench.sandbox.world.requests.all().filter(({ fault }) => fault === kind).length;
  }

  const passing: readonly [string, Omit<Fault, 'vendor'>, number][] = [
    ['429 by rate, with a reset in 7 s', { kind: '429-rate', seconds: 7, times: 3 }, 3],
    ['429 by concurrency', { kind: '429-concurrency', times: 4 }, 4],
    ['Query timeout', { kind: 'query-timeout', times: 2 }, 2],
    ['a 500', { kind: 'status', status: 500 }, 1],
    ['a 502 page of the gateway', { kind: 'gateway', times: 2 }, 2],
    ['a 503', { kind: 'status', status: 503, times: 3 }, 3],
    ['a cut connection', { kind: 'cut', times: 2 }, 2],
    ['half a body', { kind: 'cut-body', times: 2 }, 2],
    ['a hanging connection', { kind: 'hang', match: TOTALS }, 1],
  ];
  for (const [what, fault, times] of passing) {
    it(`${what}: asked again, the run ends exact`, async () => {
      bench.sandbox.world.faults.add({ vendor: 'sentry', endpoint: 'events-table', ...fault });
      const service = await bench.serve([RED, BLUE], { SENTRY_TIMEOUT_SECONDS: '1' });
      const answer = await service.post();
      assert.equal(hits(fault.kind), times);
      assert.equal(answer.status, 200, answer.text.slice(0, 500));
      assertFilterExact(bench, answer, RED);
      assertFilterExact(bench, answer, BLUE);
      assert.equal(
        answer.body.sentryRequests,
        bench.sandbox.world.requests.all().filter(({ vendor }) => vendor === 'sentry').length,
        'each try counts',
      );
    });
  }

  it('a 429 by rate is waited out: nothing is asked before the reset', async () => {
    const { world } = bench.sandbox;
    world.faults.add({ vendor: 'sentry', endpoint: 'events-table', kind: '429-rate', seconds: 20 });
    const service = await bench.serve([RED, BLUE], { SENTRY_CONCURRENCY: '1' });
    assert.equal((await service.post()).status, 200);
    const table = world.requests.all().filter(({ endpoint }) => endpoint === 'events-table');
    const refused = table.findIndex(({ status }) => status === 429);
    assert.ok(refused >= 0 && table.length > refused + 5);
    const reset = Math.floor(table[refused]!.at / 1000) + 20;
    for (const { at } of table.slice(refused + 1))
      assert.ok(at >= reset * 1000, `asked ${(reset * 1000 - at) / 1000} s too early`);
  });

  it('the limits that Sentry declares are kept within by waiting, and the run is exact', async () => {
    const { world } = bench.sandbox;
    world.limit({ endpoint: 'events-table', limit: { requests: 3, windowSeconds: 2, concurrent: 2 } });
    const service = await bench.serve([RED, BLUE]);
    const answer = await service.post();
    const table = world.requests.all().filter(({ endpoint }) => endpoint === 'events-table');
    assert.ok(table.at(-1)!.at - table[0]!.at >= 4000, `${table.length} requests took more than two windows`);
    assert.ok(table.filter(({ status }) => status === 429).length < 3, 'hardly any was refused');
    assert.equal(answer.status, 200, answer.text.slice(0, 500));
    assertFilterExact(bench, answer, RED);
    assertFilterExact(bench, answer, BLUE);
  });

  const lasting: readonly [string, Omit<Fault, 'vendor'>, RegExp][] = [
    ['500', { kind: 'status', status: 500 }, /^sentry: answered 500/],
    [
      '401',
      { kind: 'status', status: 401, body: '{"detail":"Invalid token"}' },
      /^sentry: answered 401: Invalid token/,
    ],
    ['a web page', { kind: 'html' }, /not JSON/],
    ['broken JSON', { kind: 'garbage' }, /not JSON/],
    ['an empty body', { kind: 'empty' }, /not JSON/],
    ['a bare list', { kind: 'garbage', variant: 'array' }, /events table answered a bare list/],
    ['null', { kind: 'garbage', variant: 'null' }, /events table answered no `data` list/],
    ['data: null', { kind: 'garbage', variant: 'data-null' }, /events table answered no `data` list/],
    ['an object of another kind', { kind: 'garbage', variant: 'object' }, /events table answered no `data` list/],
    [
      'rows without counts',
      { kind: 'garbage', body: '{"data":[{"project.id":77}],"meta":{}}' },
      /a row without count\(\) \(it has project\.id\)/,
    ],
    [
      'counts that are no numbers',
      { kind: 'garbage', body: '{"data":[{"project.id":77,"count()":"many","count_unique(user)":1}],"meta":{}}' },
      /no number in count\(\)/,
    ],
    ['a redirect to a login', { kind: 'redirect' }, /answered 302, a redirect, which is not followed/],
    ['a cut connection', { kind: 'cut' }, /the connection broke/],
  ];
  for (const [what, fault, message] of lasting) {
    it(`${what}, for good, on the totals of one filter: its fault, the other is exact`, async () => {
      const { world } = bench.sandbox;
      world.faults.add({ vendor: 'sentry', endpoint: 'events-table', match: AT_RED, times: 0, ...fault });
      const service = await bench.serve([RED, BLUE]);
      const answer = await service.post();
      assert.ok(hits(fault.kind) > 0);
      assert.deepEqual(
        [answer.status, answer.body.status, answer.headers.get('sentry-monitor-sent')],
        [502, 'partial', 'some'],
      );
      const [red] = answer.body.reports;
      assert.match(red.error as string, message);
      assert.deepEqual([red.complete, red.totals, red.trending, red.sinks], [false, [], [], {}]);
      assert.deepEqual(
        taken(world.received).events.filter((it) => it['filter'] === 'red'),
        [],
        'no zeros in place of what is not known',
      );
      assertFilterExact(bench, answer, BLUE);
      world.faults.clear();
      const repaired = await service.post();
      assert.equal(repaired.status, 200);
      assertFilterExact(bench, repaired, RED);
      assertFilterExact(bench, repaired, BLUE);
    });
  }

  it('no filter can be read: 503, nothing sent but the run event, which says so', async () => {
    const { world } = bench.sandbox;
    world.faults.add({ vendor: 'sentry', endpoint: 'events-table', kind: 'status', status: 500, times: 0 });
    const service = await bench.serve([RED, BLUE]);
    const answer = await service.post();
    assert.deepEqual(
      [answer.status, answer.body.status, answer.headers.get('sentry-monitor-sent')],
      [503, 'failed', 'none'],
    );
    await service.close();
    const got = taken(world.received);
    assert.deepEqual([got.events, got.metrics, got.samples], [[], [], []]);
    assert.deepEqual(
      got.runEvents.map((it) => [it['outcome'], it['failed']]),
      [['failed', 2]],
    );
  });

  for (const [what, match, part] of [
    ['the rows', 'field=issue.id&field=project.id&field=count()', 'issues'],
    ['the second page of rows', 'cursor=', 'issues'],
    ['the splits', 'field=tags[region]', 'splits'],
  ] as const) {
    it(`${what} cannot be had: totals are sent, the part is a gap`, async () => {
      const { world } = bench.sandbox;
      world.faults.add({ vendor: 'sentry', endpoint: 'events-table', kind: 'status', status: 500, match, times: 0 });
      const service = await bench.serve([RED]);
      const answer = await service.post();
      assert.ok(hits('status') > 0);
      assert.equal(answer.status, 200, 'a report with gaps is data');
      const [red] = answer.body.reports;
      assert.ok(
        red.gaps.some((gap: Json) => gap.part === part && gap.reason === 'not_answered'),
        JSON.stringify(red.gaps),
      );
      assert.deepEqual(
        [red.complete, red.totals[0].events],
        [false, world.truth({ ...SPAN, projects: ['red'] }).total.events],
      );
      assert.equal(taken(world.received).events.find((it) => it['type'] === 'filter_count')?.['complete'], 0);
    });
  }

  it('details that cannot be had are a gap in decoration only: counts are complete', async () => {
    const { world } = bench.sandbox;
    world.faults.add({ vendor: 'sentry', endpoint: 'issues', kind: 'status', status: 500, times: 0 });
    const service = await bench.serve([RED]);
    const { status, body } = await service.post();
    assert.deepEqual([status, body.incomplete, body.reports[0].complete], [200, 0, true]);
    assert.deepEqual(
      body.reports[0].gaps.map(({ part, reason }: Json) => [part, reason]),
      [['details', 'not_answered']],
    );
    assert.deepEqual(body.reports[0].trending, [], 'whether an issue is new is not known either');
    for (const it of taken(world.received).events.filter(({ type }) => type === 'sentry_issue')) {
      assert.equal(
        it['sentryUrl'],
        `${bench.sandbox.sentryUrl}/organizations/acme/issues/${String(it['sentryIssueId'])}/`,
        'a link all the same',
      );
    }
    const truth = world.truth({ ...SPAN, projects: ['red'] });
    const sent = taken(world.received)
      .events.filter((it) => it['type'] === 'sentry_issue')
      .map((it) => ({ id: it['sentryIssueId'], project: it['project'], events: it['count'], users: it['users'] }));
    sameRecords('issues', sent, truth.issues);
  });

  it('a deleted and a merged issue: what Sentry no longer shows is a gap in decoration', async () => {
    const { world } = bench.sandbox;
    world.deleteIssue('1003');
    world.mergeIssue('1007', '1011');
    const service = await bench.serve([RED]);
    const { status, body } = await service.post();
    const truth = world.truth({ ...SPAN, projects: ['red'] });
    assert.deepEqual(
      [status, body.reports[0].complete, body.reports[0].gaps.map(({ part, reason }: Json) => [part, reason])],
      [200, true, [['details', 'not_known']]],
    );
    assert.deepEqual([body.reports[0].totals[0].events, body.reports[0].totals[0].issues], [truth.total.events, 149]);
    assert.equal(
      taken(world.received).events.find((it) => it['sentryIssueId'] === '1011')?.['count'],
      truth.issues.find(({ id }) => id === '1011')!.events,
    );
  });
});
