import assert from 'node:assert/strict';
import { setTimeout as real } from 'node:timers/promises';
import type { World } from '../../src/sandbox/index.ts';
import { startSandbox } from '../../src/sandbox/index.ts';
import { burst, openBench, START, type Bench } from '../support/e2e-box.ts';
import { startService, type FilterSpec } from '../support/e2e-service.ts';
import type { Json } from '../support/e2e-json.ts';

type Asked = ReturnType<World['requests']['all']>[number];

function fieldsOf({ query }: Asked): string {
  return query.filter(([name]) => name === 'field').map(([, value]) => value).join(' ');
}

const isTotals = (it: Asked): boolean => fieldsOf(it) === 'project.id count() count_unique(user)';
const isRows = (it: Asked): boolean => fieldsOf(it) === 'issue.id project.id count() count_unique(user)';

/** `count` filters over a project each, with searches of their own. */
function fill(world: World, count: number): FilterSpec[] {
  const slugs = Array.from({ length: count }, (_, n) => `p${n}`);
  for (const slug of slugs) world.addProject({ slug });
  world.addEvents(slugs.flatMap((slug, n) => [...burst(slug, 1000 + 2 * n, 3), ...burst(slug, 1001 + 2 * n, 2)]));
  return slugs.map((slug): FilterSpec => ({ name: `f-${slug}`, projects: [slug], exclude: [`none ${slug}`] }));
}

describe("Sentry's limits and many filters", () => {
  let bench: Bench;
  afterEach(() => bench.close());

  it('thirty requests a second, fifteen at once: none is refused, the limits are used, totals come first, all is exact', async () => {
    bench = await openBench({ time: 'jump' });
    const { world } = bench.sandbox;
    world.limit('saas');
    const filters = fill(world, 90);
    const service = await bench.serve(filters, { TREND_BASELINES: '1h' });
    const { status, body } = await service.post();
    assert.equal(status, 200);
    assert.deepEqual((body.reports as Json[]).map(({ complete, gaps, totals }) => [complete, gaps, totals[0].events, totals[0].issues]), filters.map(() => [true, [], 5, 2]));
    const table = world.requests.all().filter(({ endpoint }) => endpoint === 'events-table');
    assert.deepEqual(world.requests.all().filter(({ status: it }) => it === 429), []);
    const perSecond = Map.groupBy(table, ({ at }) => Math.floor(at / 1000));
    const full = [...perSecond.values()].filter(({ length }) => length >= 25).length;
    assert.ok(full >= 5, `${full} seconds of ${perSecond.size} were used`);
    const [totals, rows] = [table.findLastIndex(isTotals), table.findIndex(isRows)];
    assert.equal(table.filter(isTotals).length, 90);
    assert.ok(totals < rows, `the last totals were request ${totals}, the first rows ${rows}`);
  });

  it('others who use the same limit are left their part of it', async () => {
    bench = await openBench({ time: 'jump' });
    const { world } = bench.sandbox;
    world.limit({ endpoint: 'events-table', limit: { requests: 10, windowSeconds: 1, concurrent: 4 } });
    const filters = fill(world, 40);
    const services = await Promise.all([bench.serve(filters), bench.serve(filters, {}, { server: 'host-2' })]);
    const answers = await Promise.all(services.map((service) => service.post('?debug=true')));
    for (const { body } of answers) assert.deepEqual((body.reports as Json[]).filter(({ complete }) => !complete), []);
    const table = world.requests.all().filter(({ endpoint }) => endpoint === 'events-table');
    const refused = table.filter(({ status }) => status === 429).length;
    assert.ok(table.length > 160 && refused < table.length / 5, `${refused} of ${table.length} refused`);
  });

  it('a filter that answers in 20 s holds back no other one', async () => {
    bench = await openBench({ time: 'jump' });
    const { world } = bench.sandbox;
    const filters = fill(world, 30);
    world.faults.add({ vendor: 'sentry', endpoint: 'events-table', match: 'none p0', kind: 'slow', ms: 20_000, times: 0 });
    const service = await bench.serve(filters);
    const { status, body } = await service.post();
    assert.equal(status, 200);
    assert.deepEqual((body.reports as Json[]).map(({ complete }) => complete), filters.map(() => true), 'the slow one too');
    const sent = new Map(world.received.newrelic.events.map(({ record }) => [record['filter'] as string, record]));
    assert.equal(sent.size, 30);
    const at = world.received.newrelic.raw.map((it) => ({ at: it.at, filters: filters.filter(({ name }) => it.body.includes(`"${name}"`)).map(({ name }) => name) }));
    const slow = at.findIndex((it) => it.filters.includes('f-p0'));
    const others = new Set(at.slice(0, slow).flatMap((it) => it.filters));
    assert.equal(others.size, 29, 'all others were delivered before it');
    assert.ok(at[slow]!.at - at[slow - 1]!.at > 10_000, 'long before');
  });

  it('a team of slow filters does not hold back the others, once it is known', async () => {
    bench = await openBench({ time: 'jump' });
    const { world } = bench.sandbox;
    const filters = fill(world, 40);
    const team = filters.slice(0, 12).map((filter): FilterSpec => ({ ...filter, exclude: [...filter.exclude!, 'team slow'] }));
    const all = [...team, ...filters.slice(12)];
    const service = await bench.serve(all);
    assert.equal((await service.post('?debug=true')).status, 200);
    world.faults.add({ vendor: 'sentry', endpoint: 'events-table', match: 'team slow', kind: 'slow', ms: 12_000, times: 0 });
    await service.post('?debug=true');
    world.requests.clear();
    await service.post('?debug=true');
    const began = world.requests.all()[0]!.at;
    const late = world.requests.all().filter(({ at, query }) => at - began > 10_000 && !query.some(([, value]) => value.includes('team slow')) && query.some(([, value]) => value.includes('none p')));
    assert.deepEqual(late.map(fieldsOf), [], 'the others were asked for before any slow answer came');
    assert.ok(world.requests.all().some(({ at }) => at - began >= 12_000), 'there were slow ones');
  });
});

describe('a run that has not the time for all', () => {
  it('has the totals of every filter; what was left out is a gap with its reason', async function () {
    this.timeout(60_000);
    const now = (): number => Date.now();
    const sleep = async (ms: number, signal?: AbortSignal): Promise<void> => void (await real(ms, undefined, { signal }));
    const sandbox = await startSandbox({ now, sleep });
    const { world } = sandbox;
    world.limit({ endpoint: 'events-table', limit: { requests: 10, windowSeconds: 1, concurrent: 15 } });
    const filters = fill(world, 36);
    world.addEvents(filters.map(({ projects: [slug] }) => ({ at: Date.now() - 60_000, project: slug! })));
    const service = await startService({ sandbox, clock: { now, sleep, advance: () => undefined, waits: [], pending: () => [] }, filters, env: { RUN_DEADLINE_SECONDS: '10' } });
    try {
      const { status, body } = await service.post(`?end=${new Date(START + 300_000).toISOString()}`);
      const reports = body.reports as Json[];
      assert.equal(status, 200);
      assert.deepEqual(reports.map(({ totals }) => totals[0].events), filters.map(() => 5));
      const left = reports.filter(({ complete }) => !complete);
      assert.ok(left.length > 5 && left.length < 36, `${left.length} were cut short`);
      for (const { gaps } of left) assert.match(gaps[0].detail, /^sentry: (not asked,|no answer before) its time was over: the rest of the time is for delivery/);
      assert.equal(new Set(world.received.newrelic.events.filter(({ record }) => record['type'] === 'event_count').map(({ record }) => record['filter'])).size, 36, 'all were delivered');
      assert.equal(world.requests.all().filter(({ status: it }) => it === 429).length, 0);
    } finally {
      await service.close();
      await sandbox.close();
    }
  });
});
