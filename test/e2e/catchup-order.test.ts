import assert from 'node:assert/strict';
import { booked, type CatchUpBench, due, isoOfWindow, openCatchUpBench, range } from '../support/catch-up/bench.ts';
import type { FilterSpec } from '../support/e2e/service.ts';
import { until } from '../support/time/until.ts';

const PROJECTS = ['web', 'api', 'job'];
const FILTERS: readonly FilterSpec[] = PROJECTS.map((project) => ({ name: `f-${project}`, projects: [project] }));

describe('windows that were not delivered, beside the current one,', () => {
  let bench: CatchUpBench;
  beforeEach(async () => (bench = await openCatchUpBench()));
  afterEach(() => bench.close());

  it('are counted in the run event; without a shared ledger nothing is caught up and nothing is said of it', async () => {
    bench.fill(PROJECTS, 0, 6);
    const service = await bench.serve(FILTERS);
    const beats = (): readonly unknown[] =>
      bench.sandbox.world.received.newrelic.events
        .filter(({ record }) => record['eventType'] === 'SentryMonitorRun')
        .map(({ record }) => record['behind'] ?? 'no word');
    await bench.tick(service, 0);
    await until('its run event', () => beats().length === 1);
    bench.sandbox.world.faults.add({ vendor: 'anodot', kind: 'status', status: 403, times: 0 });
    for (const window of [1, 2]) {
      await bench.tick(service, window);
      await until('its run event', () => beats().length === window + 1);
    }
    const alone = await bench.serve(FILTERS, { LEDGER_URL: '' }, 'host-2');
    bench.sandbox.world.faults.clear();
    for (const window of [3, 5]) {
      const { body } = await bench.tick(alone, window);
      assert.equal('catchUp' in body, false);
      await until('its run event', () => beats().length === (window === 3 ? 4 : 5));
    }
    assert.deepEqual(beats(), [0, 0, 3, 'no word', 'no word']);
    assert.deepEqual(
      Object.keys(booked(bench.sandbox)).filter((name) => / [124]$/.test(name) && name.startsWith('anodot')),
      [],
    );
  });

  it('come after the current window, which costs no request more than without them', async () => {
    bench.fill(PROJECTS, 0, 9);
    const service = await bench.serve(FILTERS);
    for (const window of [0, 1]) await bench.tick(service, window);
    const costOf = async (
      window: number,
    ): Promise<{ readonly requests: number; readonly order: readonly unknown[] }> => {
      const { requests, received } = bench.sandbox.world;
      const [before, events] = [requests.all().length, received.newrelic.events.length];
      await bench.tick(service, window);
      const sent = requests.all().slice(before);
      return {
        requests: sent.findIndex(({ vendor }) => vendor === 'newrelic'),
        order: [...new Set(received.newrelic.events.slice(events).map(({ record }) => record['windowStart']))],
      };
    };
    const without = await costOf(2);
    const withBacklog = await costOf(8);
    assert.deepEqual(without.order, [Date.parse(isoOfWindow(2))]);
    assert.equal(withBacklog.order[0], Date.parse(isoOfWindow(8)));
    assert.deepEqual(
      withBacklog.order.toSorted(),
      range(3, 9).map((window) => Date.parse(isoOfWindow(window))),
    );
    assert.ok(without.requests > 0);
    assert.equal(withBacklog.requests, without.requests);
  });

  it('of which one cannot be read do not hold up the newer ones, and the run stays good; it is tried again, last', async () => {
    bench.fill(PROJECTS, 0, 14);
    const service = await bench.serve(FILTERS);
    await bench.tick(service, 0);
    bench.sandbox.world.faults.add({
      vendor: 'sentry',
      kind: 'status',
      status: 400,
      times: 0,
      match: `start=${isoOfWindow(1).slice(0, 19)}`,
    });
    const first = await bench.tick(service, 6);
    assert.deepEqual(
      [first.status, first.headers.get('Sentry-Monitor-Sent'), first.body.status, first.body.catchUp.behind],
      [200, 'all', 'ok', 3],
    );
    const [bad, ...good] = first.body.catchUp.windows as {
      start: string;
      unread: number;
      sinks: object;
      error?: string;
    }[];
    assert.deepEqual(
      [bad!.start, bad!.unread, bad!.sinks, good.length, good.every(({ error }) => error === undefined)],
      [isoOfWindow(1), 3, {}, 4, true],
    );
    assert.match(bad!.error!, /^sentry: answered 400/);
    assert.deepEqual(booked(bench.sandbox), due(FILTERS, [0, ...range(2, 7)]));
    const before = bench.sandbox.world.requests.all().length;
    const second = await bench.tick(service, 13);
    assert.deepEqual(
      [second.body.catchUp.behind, second.body.catchUp.windows.map(({ start }: { start: string }) => start)],
      [3, [1, ...range(7, 13)].map(isoOfWindow)],
    );
    const lines = service.log
      .filter(({ msg }) => msg === 'caught up' || msg === 'not caught up')
      .map(({ msg, window }) => `${String(msg)} ${String(window)}`);
    assert.deepEqual(
      lines.filter((line) => line.startsWith('not')),
      [1, 1].map((window) => `not caught up ${isoOfWindow(window)}`),
    );
    assert.equal(lines.length, 5 + 7, 'a line a window');
    const asked = (window: number): number =>
      bench.sandbox.world.requests
        .all()
        .slice(before)
        .findIndex(({ query }) =>
          query.some(([key, value]) => key === 'start' && value.startsWith(isoOfWindow(window).slice(0, 19))),
        );
    // The last two may pass each other on their way.
    assert.ok(asked(11) > 0 && asked(11) < asked(1), `what failed before comes last: ${asked(11)}, ${asked(1)}`);
    bench.sandbox.world.faults.clear();
    assert.equal((await bench.tick(service, 14)).body.catchUp.behind, 0);
    assert.deepEqual(booked(bench.sandbox)['anodot f-api 1'], due(FILTERS, [1])['anodot f-api 1']);
  });
});
