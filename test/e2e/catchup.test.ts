import assert from 'node:assert/strict';
import {
  booked,
  type CatchUpBox,
  countOf,
  due,
  isoOfWindow,
  openCatchUpBox,
  range,
} from '../support/catch-up/bench.ts';
import { until } from '../support/time/until.ts';
import { sentryRequests } from '../support/e2e/received-records.ts';
import type { FilterSpec } from '../support/e2e/service.ts';

const PROJECTS = ['web', 'api', 'job'];
const FILTERS: readonly FilterSpec[] = PROJECTS.map((project) => ({ name: `f-${project}`, projects: [project] }));

describe('windows that were not delivered', function () {
  this.timeout(180_000);
  let box: CatchUpBox;
  beforeEach(async () => (box = await openCatchUpBox()));
  afterEach(() => box.close());

  it('of a sink that was down for an hour come when it is back, without reading; the other sink gets nothing twice', async () => {
    box.fill(PROJECTS, 0, 14);
    const service = await box.serve(FILTERS);
    assert.equal((await box.tick(service, 0)).status, 200);
    box.sandbox.world.faults.add({ vendor: 'anodot', kind: 'status', status: 403, times: 0 });
    for (const window of range(1, 13)) {
      const { status, body } = await box.tick(service, window);
      assert.deepEqual(
        [status, body.catchUp.behind],
        [502, (window - 1) * 3],
        'the window itself shows in its own answer',
      );
    }
    assert.deepEqual(booked(box.sandbox), {
      ...due(FILTERS, range(0, 13), ['newrelic']),
      ...due(FILTERS, [0], ['anodot']),
    });
    box.sandbox.world.faults.clear();
    const before = sentryRequests(box.sandbox.world)['events-table']!;
    const { status, headers, body } = await box.tick(service, 13);
    assert.deepEqual(
      [status, headers.get('Sentry-Monitor-Sent'), body.catchUp.behind, body.catchUp.tooOld],
      [200, 'all', 0, []],
    );
    assert.deepEqual(
      body.catchUp.windows.map(({ start, reports, unread, sinks }: Record<string, unknown>) => ({
        start,
        reports,
        unread,
        sinks,
      })),
      range(1, 13).map((window) => ({
        start: isoOfWindow(window),
        reports: 3,
        unread: 0,
        sinks: { anodot: { sent: 3 } },
      })),
    );
    assert.deepEqual(booked(box.sandbox), due(FILTERS, range(0, 14)));
    assert.equal(sentryRequests(box.sandbox.world)['events-table']! - before, 6, 'totals and rows of the new window');
  });

  it('of an outage of Sentry are read when it is back, with their own timestamps and counts', async () => {
    box.fill(PROJECTS, 0, 5);
    const service = await box.serve(FILTERS);
    await box.tick(service, 0);
    box.sandbox.world.faults.add({ vendor: 'sentry', kind: 'status', status: 403, times: 0 });
    for (const window of range(1, 5)) assert.equal((await box.tick(service, window)).status, 503);
    assert.deepEqual(booked(box.sandbox), due(FILTERS, [0]));
    box.sandbox.world.faults.clear();
    box.fill(PROJECTS, 5, 7);
    const { status, body } = await box.tick(service, 6);
    assert.deepEqual(
      [status, body.catchUp.behind, body.catchUp.windows.length],
      [200, 0, 5],
      'window 5 had no post at all',
    );
    assert.deepEqual(booked(box.sandbox), due(FILTERS, range(0, 7)));
    const stamps = box.sandbox.world.received.newrelic.events
      .filter(({ record }) => record['type'] === 'filter_count')
      .map(({ record }) => record['timestamp'] === record['windowStart']);
    assert.deepEqual(new Set(stamps), new Set([true]));
  });

  it('of a time without any server are read too, the quiet ones as zeros', async () => {
    box.fill(PROJECTS, 0, 1);
    box.fill(PROJECTS, 12, 14);
    const first = await box.serve(FILTERS);
    await box.tick(first, 0);
    await first.close();
    const { body } = await box.tick(await box.serve(FILTERS), 13);
    assert.deepEqual([body.catchUp.behind, body.catchUp.windows.length], [0, 12]);
    const zeros = Object.fromEntries(Object.entries(due(FILTERS, range(1, 12))).map(([name]) => [name, [0]]));
    assert.deepEqual(booked(box.sandbox), { ...due(FILTERS, [0, 12, 13]), ...zeros });
  });

  it('are those of a filter and sink since their first: a new filter, a renamed one and a new sink replay nothing', async () => {
    box.fill(PROJECTS, 0, 6);
    const before = await box.serve([{ ...FILTERS[0]!, sinks: ['newrelic'] }, FILTERS[1]!]);
    await box.tick(before, 0);
    const after = await box.serve([FILTERS[0]!, { ...FILTERS[1]!, name: 'renamed' }, FILTERS[2]!]);
    const { body } = await box.tick(after, 3);
    assert.deepEqual(
      [
        body.catchUp.behind,
        body.catchUp.windows.map(({ reports, sinks }: Record<string, unknown>) => ({ reports, sinks })),
      ],
      [0, [1, 2].map(() => ({ reports: 1, sinks: { newrelic: { sent: 1 } } }))],
    );
    const only = (
      filter: number,
      windows: readonly number[],
      sinks?: readonly string[],
      name = FILTERS[filter]!.name,
    ): object =>
      Object.fromEntries(
        Object.entries(due(FILTERS, windows, sinks))
          .filter(([key]) => key.includes(` ${FILTERS[filter]!.name} `))
          .map(([key, counts]) => [key.replace(FILTERS[filter]!.name, name), counts]),
      );
    assert.deepEqual(booked(box.sandbox), {
      ...only(0, range(0, 4), ['newrelic']),
      ...only(0, [3], ['anodot']),
      ...only(1, [0]),
      ...only(1, [3], undefined, 'renamed'),
      ...only(2, [3]),
    });
  });

  it('are not those before the first, although an old window was posted by hand, for one sink too', async () => {
    box.fill(PROJECTS, 0, 8);
    const service = await box.serve(FILTERS);
    await box.tick(service, 5);
    box.clock.advance(1000);
    assert.equal((await service.post(`?end=${isoOfWindow(1)}`)).status, 200);
    assert.equal((await service.post(`?end=${isoOfWindow(3)}&sink=newrelic`)).status, 200);
    assert.deepEqual(
      [(await service.post()).body.catchUp.behind, (await box.tick(service, 7)).body.catchUp.behind],
      [0, 0],
    );
    assert.deepEqual(booked(box.sandbox), { ...due(FILTERS, [0, 5, 6, 7]), ...due(FILTERS, [2], ['newrelic']) });
  });

  it('that a sink no longer takes are called too old and not sent; what is beyond CATCH_UP_HOURS too', async () => {
    const [filter] = FILTERS as [FilterSpec];
    box.fill(['web'], 0, 40);
    const service = await box.serve([filter], { CATCH_UP_HOURS: '25' });
    await box.tick(service, 0);
    await box.delivered([filter], range(40, 320));
    const { status, body } = await box.tick(service, 320);
    assert.equal(status, 200);
    const old = body.catchUp.tooOld as { sink: string; reports: number; from: string; to: string }[];
    // It is 12:47:30 the next day: New Relic takes 24 hours, less five minutes for the way; the run reaches back 25 hours before 12:45.
    assert.deepEqual(old, [
      { sink: 'anodot', reports: 20, from: isoOfWindow(1), to: isoOfWindow(21) },
      { sink: 'newrelic', reports: 34, from: isoOfWindow(1), to: isoOfWindow(35) },
    ]);
    assert.equal(body.catchUp.behind, 0);
    await box.tick(service, 321);
    assert.deepEqual(
      service.log.filter(({ msg }) => msg === 'too old to be caught up').map(({ tooOld }) => tooOld),
      [old],
      'said once',
    );
    const found = booked(box.sandbox);
    assert.deepEqual(
      ['newrelic', 'anodot'].map((sink) => range(0, 322).filter((window) => `${sink} f-web ${window}` in found)),
      [
        [0, ...range(35, 40), 320, 321],
        [0, ...range(21, 40), 320, 321],
      ],
    );
    assert.deepEqual(found['anodot f-web 39'], [countOf(0, 39)]);
  });

  it('are left alone with CATCH_UP_HOURS=0, and nothing is said of them', async () => {
    box.fill(PROJECTS, 0, 4);
    const service = await box.serve(FILTERS, { CATCH_UP_HOURS: '0' });
    await box.tick(service, 0);
    const { body } = await box.tick(service, 3);
    assert.deepEqual([body.catchUp, Object.keys(booked(box.sandbox)).length], [undefined, 2 * 3 * 2]);
  });

  it('are counted in the heartbeat; without a shared ledger nothing is caught up and nothing is said of it', async () => {
    box.fill(PROJECTS, 0, 6);
    const service = await box.serve(FILTERS);
    const beats = (): readonly unknown[] =>
      box.sandbox.world.received.newrelic.events
        .filter(({ record }) => record['eventType'] === 'SentryMonitorRun')
        .map(({ record }) => record['behind'] ?? 'no word');
    await box.tick(service, 0);
    await until('its heartbeat', () => beats().length === 1);
    box.sandbox.world.faults.add({ vendor: 'anodot', kind: 'status', status: 403, times: 0 });
    for (const window of [1, 2]) {
      await box.tick(service, window);
      await until('its heartbeat', () => beats().length === window + 1);
    }
    const alone = await box.serve(FILTERS, { LEDGER_URL: '' }, 'host-2');
    box.sandbox.world.faults.clear();
    for (const window of [3, 5]) {
      const { body } = await box.tick(alone, window);
      assert.equal('catchUp' in body, false);
      await until('its heartbeat', () => beats().length === (window === 3 ? 4 : 5));
    }
    assert.deepEqual(beats(), [0, 0, 3, 'no word', 'no word']);
    assert.deepEqual(
      Object.keys(booked(box.sandbox)).filter((name) => / [124]$/.test(name) && name.startsWith('anodot')),
      [],
    );
  });

  it('come after the current window, which costs no request more than without them', async () => {
    box.fill(PROJECTS, 0, 9);
    const service = await box.serve(FILTERS);
    for (const window of [0, 1]) await box.tick(service, window);
    const costOf = async (
      window: number,
    ): Promise<{ readonly requests: number; readonly order: readonly unknown[] }> => {
      const { requests, received } = box.sandbox.world;
      const [before, events] = [requests.all().length, received.newrelic.events.length];
      await box.tick(service, window);
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
    box.fill(PROJECTS, 0, 14);
    const service = await box.serve(FILTERS);
    await box.tick(service, 0);
    box.sandbox.world.faults.add({
      vendor: 'sentry',
      kind: 'status',
      status: 400,
      times: 0,
      match: `start=${isoOfWindow(1).slice(0, 19)}`,
    });
    const first = await box.tick(service, 6);
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
    assert.deepEqual(booked(box.sandbox), due(FILTERS, [0, ...range(2, 7)]));
    const before = box.sandbox.world.requests.all().length;
    const second = await box.tick(service, 13);
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
      box.sandbox.world.requests
        .all()
        .slice(before)
        .findIndex(({ query }) =>
          query.some(([key, value]) => key === 'start' && value.startsWith(isoOfWindow(window).slice(0, 19))),
        );
    assert.ok(asked(12) > 0 && asked(12) < asked(1), `what failed before comes last: ${asked(12)}, ${asked(1)}`);
    box.sandbox.world.faults.clear();
    assert.equal((await box.tick(service, 14)).body.catchUp.behind, 0);
    assert.deepEqual(booked(box.sandbox)['anodot f-api 1'], due(FILTERS, [1])['anodot f-api 1']);
  });
});
