import assert from 'node:assert/strict';
import type { EventInput } from '../../sandbox/index.ts';
import { type Bench, burst, END, openBench, START } from '../support/e2e/bench.ts';
import type { Json } from '../support/e2e/json.ts';
import { taken } from '../support/e2e/received-records.ts';
import type { FilterSpec } from '../support/e2e/service.ts';

const FAST = { SENTRY_PAGES_PER_SECOND: '0' };
const LEVELS = ['fatal', 'error', 'warning'] as const;

describe('GlitchTip: levels are told by issues only', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await openBench({ time: 'stopped', flavour: 'glitchtip' });
    const { world } = bench.sandbox;
    world.addProject({ slug: 'web' });
    LEVELS.forEach((level, n) => world.addIssue({ id: 101 + n, project: 'web', level, title: `Error: ${level}` }));
    world.addEvents([
      ...burst('web', 101, 5, { users: 2, tags: { region: 'eu' } }),
      ...burst('web', 102, 70, { users: 30, tags: { region: 'us' } }),
      // A tag that a client named so is not the level.
      ...burst('web', 103, 40, { users: 40, tags: { level: 'error', region: 'eu' } }),
    ]);
  });
  afterEach(() => bench.close());

  const read = async (filter: Partial<FilterSpec>): Promise<Json> => {
    const service = await bench.serve([{ name: 'web', projects: ['web'], ...filter }], FAST);
    return (await service.post()).body.reports[0];
  };

  for (const [levels, events, users, issues] of [
    [['fatal'], 5, 2, 1],
    [['error'], 70, 30, 1],
    [['warning', 'fatal'], 45, 40, 2],
    [['info'], 0, 0, 0],
    [[...LEVELS], 115, 40, 3],
  ] as const)
    it(`${levels.join(', ')}: ${events} events of ${users} users in ${issues} issues, and it is whole`, async () => {
      const report = await read({ levels });
      const [total] = report.totals;
      assert.deepEqual(
        [report.complete, report.gaps, total.events, total.users, total.issues, report.unattributed],
        [true, [], events, users, issues, 0],
      );
      const anodot = taken(bench.sandbox.world.received).samples.map(({ value }) => value);
      assert.deepEqual(anodot.toSorted(), [events, issues, users].toSorted());
    });

  it('with tags: the splits hold the same events', async () => {
    await read({ levels: ['fatal', 'warning'], tags: ['region'] });
    const splits = taken(bench.sandbox.world.received).events.filter(({ type }) => type === 'sentry_issue_tag');
    assert.deepEqual(splits.map((it) => [it['sentryIssueId'], it['region'], it['count']]).toSorted(), [
      ['101', 'eu', 5],
      ['103', 'eu', 40],
    ]);
  });

  it('a recount asks by level too', async () => {
    const report = await read({ levels: ['error'] });
    assert.equal(report.totals[0].events, 70);
    const service = await bench.serve([{ name: 'web', projects: ['web'], levels: ['error'] }], FAST);
    const asks = [{ filter: service.parts.filters.filters[0]!, window: { start: START, end: END }, want: 'totals' }];
    const scope = service.parts.openScope('test', 60_000);
    for await (const answer of service.parts.source.read(asks as never, scope))
      assert.deepEqual('reading' in answer && answer.reading.totals.map(({ events }) => events), [70]);
    scope.close();
  });

  it('a reading that is cut short sends what it has to New Relic, marked, and no metric anywhere', async () => {
    const report = await read({ levels: [] });
    assert.equal(report.complete, true);
    bench.sandbox.world.forget();
    const service = await bench.serve([{ name: 'cut', projects: ['web'] }], { ...FAST, MAX_PAGES: '1' });
    await service.post();
    const { events, metrics, samples } = taken(bench.sandbox.world.received) as Json;
    const count = events.find(({ type }: Json) => type === 'event_count');
    assert.deepEqual([count.value, count.complete, count.reason, metrics, samples], [100, 0, 'page_limit', [], []]);
  });
});

describe('GlitchTip: who a user is', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await openBench({ time: 'stopped', flavour: 'glitchtip' });
    bench.sandbox.world.addProject({ slug: 'web' });
  });
  afterEach(() => bench.close());

  it('an address that the client left to the server is nobody, and a tag named user is no user', async () => {
    const one = (n: number, rest: Partial<EventInput>): EventInput => ({
      at: START + n * 1000,
      project: 'web',
      issue: 101,
      ...rest,
    });
    bench.sandbox.world.addEvents([
      one(1, { user: 'ip:{{auto}}' }),
      one(2, { user: 'ip:{{auto}}', tags: { user: 'x' } }),
      one(3, { tags: { user: 'y' } }),
      one(4, { user: 'id:5', tags: { user: 'z' } }),
      one(5, { user: 'ip:192.0.2.1' }),
    ]);
    const service = await bench.serve([{ name: 'web', projects: ['web'], tags: ['user'] }], FAST);
    const [report] = (await service.post()).body.reports;
    assert.deepEqual([report.totals[0].events, report.totals[0].users], [5, 2]);
    const splits = taken(bench.sandbox.world.received).events.filter(({ type }) => type === 'sentry_issue_tag');
    assert.deepEqual(splits.map((it) => [it['user'] ?? '', it['count']]).toSorted(), [
      ['', 3],
      ['id:5', 1],
      ['ip:192.0.2.1', 1],
    ]);
  });
});

describe('GlitchTip: links, and what is new', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await openBench({ time: 'stopped', flavour: 'glitchtip' });
    for (const [slug, id] of [
      ['web', 1],
      ['api', 2],
    ] as const)
      bench.sandbox.world.addProject({ slug, id });
  });
  afterEach(() => bench.close());

  for (const release of ['2022', '4.1', '5.1'] as const)
    it(`${release}: an issue's page and the list of the filter, by the organization`, async () => {
      const { world } = bench.sandbox;
      world.settings.glitchtipRelease = release;
      world.addEvents([...burst('web', 101, 3), ...burst('api', 102, 1)]);
      const service = await bench.serve(
        [{ name: 'web', projects: ['web', 'api'], environments: ['production', 'a b/c'] }],
        FAST,
      );
      const { body } = await service.post();
      const base = `${bench.sandbox.sentryUrl}/acme/issues`;
      const [report] = body.reports;
      assert.equal(report.url, `${base}?project=1&project=2&environment=production&environment=a+b%2Fc`);
      assert.deepEqual(
        report.trending.map(({ url }: Json) => url as string),
        [`${base}/101`],
      );
      const { events } = taken(world.received);
      assert.deepEqual(
        events.filter(({ type }) => type === 'sentry_issue').map((it) => it['sentryUrl']),
        [`${base}/101`, `${base}/102`],
      );
    });

  it('an environment with a slash and a project whose slug is a number are read like any other', async () => {
    const { world } = bench.sandbox;
    world.addProject({ slug: '4505', id: 3 });
    world.addEvents([
      ...burst('4505', 101, 6, { environment: 'eu/production' }),
      ...burst('4505', 101, 9, { environment: 'eu' }),
    ]);
    const service = await bench.serve([{ name: 'n', projects: ['4505'], environments: ['eu/production'] }], FAST);
    const [report] = (await service.post()).body.reports;
    assert.deepEqual([report.complete, report.totals[0].project, report.totals[0].events], [true, '4505', 6]);
  });

  it('an issue whose first event was stored after the window it belongs to is new in it, and no other is', async () => {
    const { world } = bench.sandbox;
    world.addEvents([
      ...burst('web', 101, 3, { arrivedAt: END + 60_000 }),
      ...burst('web', 102, 3),
      ...burst('web', 103, 3, { arrivedAt: END + 60_000 }),
      { at: START - 600_000, project: 'web', issue: 103 },
      { at: START - 1000, project: 'web', issue: 104 },
      ...burst('web', 104, 3),
    ]);
    const service = await bench.serve([{ name: 'web', projects: ['web'] }], FAST);
    await service.post();
    const { events } = taken(world.received);
    const issues = events.filter(({ type }) => type === 'sentry_issue');
    assert.deepEqual(issues.map((it) => [it['sentryIssueId'], it['state'], it['firstSeen']]).toSorted(), [
      ['101', 'new', START],
      ['102', 'new', START],
      ['103', 'ongoing', START - 600_000],
      ['104', 'ongoing', START - 1000],
    ]);
  });
});

describe('GlitchTip: pages too large to be read', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await openBench({ time: 'stopped', flavour: 'glitchtip' });
    bench.sandbox.world.addProject({ slug: 'web' });
  });
  afterEach(() => bench.close());

  it('110 events with 400 kB each: asked for in halves, and all are counted', async () => {
    const { world } = bench.sandbox;
    world.addEvents(burst('web', 101, 110, { extra: 400_000 }));
    const service = await bench.serve([{ name: 'web', projects: ['web'] }], FAST);
    const [report] = (await service.post()).body.reports;
    assert.deepEqual([report.complete, report.totals[0].events, report.totals[0].users], [true, 110, 110]);
    const limits = world.requests
      .all()
      .filter(({ endpoint }) => endpoint === 'project-events')
      .map(({ query }) => query.find(([name]) => name === 'limit')?.[1]);
    assert.deepEqual(limits, ['100', '50', '50', '50']);
  });

  it('one event that is too large alone: a gap, and what came before it is kept', async () => {
    const { world } = bench.sandbox;
    world.addEvents([
      ...burst('web', 101, 3, { arrivedAt: END }),
      { at: START, project: 'web', issue: 102, extra: 34_000_000 },
    ]);
    const service = await bench.serve([{ name: 'web', projects: ['web'] }], FAST);
    const [report] = (await service.post()).body.reports;
    const totals = report.gaps.filter(({ part }: Json) => part === 'totals');
    assert.deepEqual(
      [report.complete, report.totals[0].events, totals.map(({ reason }: Json) => reason as string)],
      [false, 3, ['not_answered']],
    );
    assert.match(totals[0].detail as string, /larger than 32 MB/);
  });
});
