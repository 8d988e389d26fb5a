import assert from 'node:assert/strict';
import {
  booked,
  type CatchUpBench,
  due,
  isoOfWindow,
  openCatchUpBench,
  range,
  startOf,
} from '../support/catch-up/bench.ts';
import { until } from '../support/time/until.ts';
import type { FilterSpec, Posted } from '../support/e2e/service.ts';

const PROJECTS = ['web', 'api', 'job'];
const FILTERS: readonly FilterSpec[] = PROJECTS.map((project) => ({ name: `f-${project}`, projects: [project] }));
/** The same events, by searches that share no request: the requests of a window are as many as the tests below say. */
const APART: readonly FilterSpec[] = FILTERS.map((filter) => ({ ...filter, exclude: [`never ${filter.name}`] }));

describe('a backlog', () => {
  let bench: CatchUpBench;
  beforeEach(async () => (bench = await openCatchUpBench()));
  afterEach(() => bench.close());

  const windowsOf = ({ body }: Posted): readonly string[] =>
    (body.catchUp.windows as { start: string; sinks: Record<string, { sent?: number }> }[])
      .filter(({ sinks }) => Object.values(sinks).some(({ sent = 0 }) => sent > 0))
      .map(({ start }) => start);

  it('is shared by the servers of one ledger: each does some, nothing comes twice', async () => {
    bench.fill(PROJECTS, 0, 22);
    const [one, two] = [await bench.serve(FILTERS), await bench.serve(FILTERS, {}, 'host-2')];
    await bench.tick(one, 0);
    bench.at(21);
    // The oldest windows hang until the other server has come to its backlog too.
    bench.sandbox.world.faults.add({
      vendor: 'sentry',
      kind: 'slow',
      ms: 1000,
      times: 8,
      match: `start=${isoOfWindow(1).slice(0, 13)}`,
    });
    const answers = await Promise.all([one.post(), two.post()]);
    for (const { status, text } of answers) assert.ok([200, 202].includes(status), text);
    const shares = answers.map(windowsOf);
    assert.ok(
      shares.every((share) => share.length > 0),
      `each did some: ${shares.map(({ length }) => length).join()}`,
    );
    assert.deepEqual(booked(bench.sandbox), due(FILTERS, range(0, 22)));
  });

  it('that is longer than a run is worked off by several: each ends well before its deadline, oldest windows first', async () => {
    bench.fill(PROJECTS, 0, 40);
    const service = await bench.serve(APART);
    await bench.tick(service, 0);
    // A window takes 2 x 3 requests of 4 s each, five at a time.
    bench.sandbox.world.faults.add({ vendor: 'sentry', endpoint: 'events-table', kind: 'slow', ms: 4000, times: 0 });
    const runs: Posted[] = [];
    for (let window = 36; runs.length === 0 || runs.at(-1)!.body.catchUp.behind > 0; window++)
      runs.push(await bench.tick(service, window));
    assert.ok(runs.length > 1 && runs.length < 6, `${runs.length} runs`);
    for (const { status, body } of runs) {
      assert.equal(status, 200);
      assert.ok(body.durationMs <= 100_000, `${body.durationMs} ms of 120 s`);
    }
    assert.deepEqual(
      runs.map(({ body }) => body.catchUp.stopped),
      [...runs.slice(1).map(() => 'deadline'), undefined],
    );
    const starts = runs.flatMap(windowsOf);
    assert.deepEqual(starts, range(1, 36).map(isoOfWindow), 'each in one run, in order');
    assert.deepEqual(booked(bench.sandbox), due(APART, range(0, 36 + runs.length)));
  });

  it('gets ahead also where one window takes most of a run', async () => {
    bench.fill(PROJECTS, 0, 12);
    const service = await bench.serve(APART, { SENTRY_CONCURRENCY: '1' });
    await bench.tick(service, 0);
    bench.sandbox.world.faults.add({ vendor: 'sentry', endpoint: 'events-table', kind: 'slow', ms: 14_000, times: 0 });
    const left: number[] = [];
    for (let window = 2; window < 10 && left.at(-1) !== 0; window++) {
      const { status, body } = await bench.tick(service, window);
      assert.equal(status, 200);
      assert.ok(
        body.durationMs >= 84_000 && body.durationMs <= 120_000,
        `${body.durationMs} ms, of which 84 s are the window's own`,
      );
      left.push(body.catchUp.behind);
    }
    assert.equal(left.at(-1), 0, left.join());
    assert.ok(left.length > 1, left.join());
    assert.deepEqual(booked(bench.sandbox), due(APART, range(0, 2 + left.length)));
  });

  it('is worked off by one run at a time, and keeps nobody waiting who posts the same window', async () => {
    bench.fill(PROJECTS, 0, 4);
    const service = await bench.serve(FILTERS);
    await bench.tick(service, 0);
    bench.at(3);
    for (const window of [1, 2]) {
      const match = `start=${isoOfWindow(window).slice(0, 19)}`;
      bench.sandbox.world.faults.add({ vendor: 'sentry', kind: 'hang', times: 1, match });
    }
    const hanging = (): number => bench.sandbox.world.requests.all().filter(({ fault }) => fault === 'hang').length;
    const state = { done: false };
    const first = service.post().finally(() => (state.done = true));
    await until('it is at both windows of the backlog', () => hanging() === 2);
    const joined = await service.post();
    assert.deepEqual(
      [joined.status, joined.body.catchUp.windows, joined.body.catchUp.behind, state.done],
      [200, [], 6, false],
    );
    bench.clock.advance(120_000);
    assert.deepEqual([(await first).status, (await first).body.catchUp.stopped], [200, undefined]);
  });

  it('is left to the next server when this one shuts down: what is in hand is brought to its end, nothing more is begun', async () => {
    bench.fill(PROJECTS, 0, 20);
    const service = await bench.serve(FILTERS);
    await bench.tick(service, 0);
    bench.at(19);
    for (const window of range(1, 19))
      bench.sandbox.world.faults.add({
        vendor: 'anodot',
        kind: 'slow',
        ms: 3000,
        times: 0,
        match: `"timestamp":${startOf(window) / 1000}`,
      });
    const answer = service.post();
    await until('it sends some of the backlog', () =>
      bench.sandbox.world.requests.all().some(({ fault, status }) => fault === 'slow' && status === null),
    );
    const closed = service.close();
    const { status, body } = await answer;
    await closed;
    bench.sandbox.world.faults.clear();
    assert.deepEqual([status, body.catchUp.stopped], [200, 'shutdown']);
    assert.ok(body.catchUp.windows.length < 19, String(body.catchUp.windows.length));
    const done = booked(bench.sandbox);
    assert.deepEqual(Object.keys(done).filter((name) => name.endsWith(' 1')).length, 6, 'what was under way arrived');
    const next = await bench.serve(FILTERS, {}, 'host-2');
    const last = await next.post();
    assert.equal(last.body.catchUp.behind, 0);
    assert.deepEqual(booked(bench.sandbox), due(FILTERS, range(0, 20)));
  });
});
