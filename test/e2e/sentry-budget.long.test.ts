import assert from 'node:assert/strict';
import { startSandbox, type World } from '../../sandbox/index.ts';
import { type Bench, burst, NOW, openBench } from '../support/e2e/bench.ts';
import { until } from '../support/time/until.ts';
import type { Json } from '../support/e2e/json.ts';
import { type FilterSpec, type Posted, startService } from '../support/e2e/service.ts';
import { stageClock, withStageTime } from '../support/faults/stage-clock.ts';

type Asked = ReturnType<World['requests']['all']>[number];

function fieldsOf({ query }: Asked): string {
  return query
    .filter(([name]) => name === 'field')
    .map(([, value]) => value)
    .join(' ');
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
    assert.deepEqual(
      (body.reports as Json[]).map(({ complete, gaps, totals }) => [
        complete,
        gaps,
        totals[0].events,
        totals[0].issues,
      ]),
      filters.map(() => [true, [], 5, 2]),
    );
    const table = world.requests.all().filter(({ endpoint }) => endpoint === 'events-table');
    // None on a machine that is not held up; a stall lets the sandbox's clock jump over requests that are under way.
    const refused = table.filter(({ status: it }) => it === 429).length;
    assert.ok(refused <= table.length / 20, `${refused} of ${table.length} were refused`);
    const perSecond = Map.groupBy(table, ({ at }) => Math.floor(at / 1000));
    const full = [...perSecond.values()].filter(({ length }) => length >= 25).length;
    assert.ok(full >= 3, `${full} seconds of ${perSecond.size} were used`);
    const firsts = new Set(
      table
        .filter(isTotals)
        .map((it) => table.findIndex((other) => isTotals(other) && other.query.join() === it.query.join())),
    );
    const [totals, rows] = [Math.max(...firsts), table.findIndex(isRows)];
    assert.equal(firsts.size, 90);
    assert.ok(totals < rows, `the last totals were request ${totals}, the first rows ${rows}`);
  });

  it('others who use the same limit are left their part of it', async () => {
    bench = await openBench({ time: 'jump' });
    const { world } = bench.sandbox;
    world.limit({ endpoint: 'events-table', limit: { requests: 10, windowSeconds: 1, concurrent: 4 } });
    const filters = fill(world, 40);
    const services = await Promise.all([bench.serve(filters), bench.serve(filters, {}, { server: 'host-2' })]);
    const answers = await Promise.all(services.map((service) => service.post('?debug=true')));
    for (const { body } of answers)
      assert.deepEqual(
        (body.reports as Json[]).filter(({ complete }) => !complete),
        [],
      );
    const table = world.requests.all().filter(({ endpoint }) => endpoint === 'events-table');
    const refused = table.filter(({ status }) => status === 429).length;
    assert.ok(table.length > 160 && refused < table.length / 5, `${refused} of ${table.length} refused`);
  });

  it('a filter that answers in 20 s holds back no other one', async () => {
    bench = await openBench({ time: 'stopped' });
    const { world } = bench.sandbox;
    const filters = fill(world, 30);
    world.faults.add({
      vendor: 'sentry',
      endpoint: 'events-table',
      match: 'none p0',
      kind: 'slow',
      ms: 20_000,
      times: 0,
    });
    world.faults.add({ vendor: 'sentry', endpoint: 'events-table', kind: 'slow', ms: 200, times: 0 });
    const service = await bench.serve(filters);
    const began = bench.clock.now();
    const posted = service.post();
    const delivered = (): Set<unknown> => new Set(world.received.newrelic.events.map(({ record }) => record['filter']));
    await stepUntil(bench, 'the others are delivered', () => delivered().size >= 29);
    const asked = world.requests.all();
    const own = asked.filter(({ query }) => query.some(([, value]) => value.includes('"none p0"')));
    const before = asked
      .slice(0, own[1] === undefined ? asked.length : asked.indexOf(own[1]))
      .filter((it) => it !== own[0] && (isTotals(it) || isRows(it)));
    assert.deepEqual(
      [own.map(isTotals)[0], before.length],
      [true, 58],
      'one slot until the others had all of theirs, although nobody knew that it would be slow',
    );
    assert.ok(!delivered().has('f-p0') && bench.clock.now() - began < 19_000, `after ${bench.clock.now() - began} ms`);
    const { status, body } = await finish(bench, posted);
    assert.deepEqual(
      [status, (body.reports as Json[]).map(({ complete }) => complete)],
      [200, filters.map(() => true)],
      'the slow one too',
    );
    assert.ok(delivered().has('f-p0'));
  });

  it('a team of slow filters does not hold back the others, once it is known', async () => {
    bench = await openBench({ time: 'stopped' });
    const { world } = bench.sandbox;
    const filters = fill(world, 40);
    const team = filters
      .slice(0, 12)
      .map((filter): FilterSpec => ({ ...filter, exclude: [...filter.exclude!, 'team slow'] }));
    const service = await bench.serve([...team, ...filters.slice(12)]);
    world.faults.add({
      vendor: 'sentry',
      endpoint: 'events-table',
      match: 'team slow',
      kind: 'slow',
      ms: 12_000,
      times: 0,
    });
    await finish(bench, service.post('?debug=true'));
    world.requests.clear();
    const began = bench.clock.now();
    const posted = service.post('?debug=true');
    const asked = (which: (it: Asked) => boolean): number =>
      world.requests.all().filter((it) => which(it) && !it.query.some(([, value]) => value.includes('team slow')))
        .length;
    await stepUntil(bench, 'the others are read', () => asked(isTotals) + asked(isRows) >= 56);
    assert.deepEqual([asked(isTotals), asked(isRows)], [28, 28]);
    assert.ok(bench.clock.now() - began < 11_000, 'before any slow answer came');
    assert.equal((await finish(bench, posted)).status, 200);
  });
});

/** Lets time pass in small steps, so that what waits for seconds does not end. */
async function stepUntil({ clock }: Bench, what: string, holds: () => boolean): Promise<void> {
  await until(
    what,
    () => {
      if (holds()) return true;
      clock.advance(5);
      return false;
    },
    100_000,
  );
}

/** Lets all the time pass that a run needs. */
async function finish({ clock }: Bench, posted: Promise<Posted>): Promise<Posted> {
  let answer: Posted | undefined;
  void posted.then((it) => (answer = it));
  await until(
    'the run is over',
    () => {
      if (clock.pending().some((ms) => ms < 60_000)) clock.advance(200);
      return answer !== undefined;
    },
    100_000,
  );
  return posted;
}

describe('a run that has not the time for all', () => {
  it('has the totals of every filter; what was left out is a gap with its reason', async () => {
    const clock = stageClock(NOW);
    await withStageTime(clock, async () => {
      const sandbox = await startSandbox({ now: clock.now, sleep: clock.sleep });
      const { world } = sandbox;
      world.limit({ endpoint: 'events-table', limit: { requests: 10, windowSeconds: 1, concurrent: 15 } });
      const filters = fill(world, 36);
      const service = await startService({ sandbox, clock, filters, env: { RUN_DEADLINE_SECONDS: '12' } });
      try {
        const activity = (): number =>
          world.requests.all().reduce((sum, { status }) => sum + 1 + (status ?? 0), 0) + service.log.length;
        const { status, body } = await clock.drive(() => service.post(), activity);
        const reports = body.reports as Json[];
        assert.equal(status, 200);
        assert.deepEqual(
          reports.map(({ totals }) => totals[0].events),
          filters.map(() => 5),
        );
        const left = reports.filter(({ complete }) => !complete);
        assert.ok(left.length > 5 && left.length < 36, `${left.length} were cut short`);
        for (const { gaps } of left)
          assert.match(
            gaps[0].detail,
            /^sentry: (not asked,|no answer before) its time was over: the rest of the time is for delivery/,
          );
        const counted = world.received.newrelic.events.filter(({ record }) => record['type'] === 'event_count');
        assert.equal(new Set(counted.map(({ record }) => record['filter'])).size, 36, 'all were delivered');
      } finally {
        await service.close();
        await sandbox.close();
      }
    });
  });
});
