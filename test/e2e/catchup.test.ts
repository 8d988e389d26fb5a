import assert from 'node:assert/strict';
import {
  booked,
  type CatchUpBench,
  countOf,
  due,
  isoOfWindow,
  openCatchUpBench,
  range,
} from '../support/catch-up/bench.ts';
import { sentryRequests } from '../support/e2e/received-records.ts';
import type { FilterSpec } from '../support/e2e/service.ts';

const PROJECTS = ['web', 'api', 'job'];
const FILTERS: readonly FilterSpec[] = PROJECTS.map((project) => ({ name: `f-${project}`, projects: [project] }));

describe('windows that were not delivered', () => {
  let bench: CatchUpBench;
  beforeEach(async () => (bench = await openCatchUpBench()));
  afterEach(() => bench.close());

  it('of a sink that was down for an hour come when it is back, without reading; the other sink gets nothing twice', async () => {
    bench.fill(PROJECTS, 0, 14);
    const service = await bench.serve(FILTERS);
    assert.equal((await bench.tick(service, 0)).status, 200);
    bench.sandbox.world.faults.add({ vendor: 'anodot', kind: 'status', status: 403, times: 0 });
    for (const window of range(1, 13)) {
      const { status, body } = await bench.tick(service, window);
      assert.deepEqual(
        [status, body.catchUp.behind],
        [502, (window - 1) * 3],
        'the window itself shows in its own answer',
      );
    }
    assert.deepEqual(booked(bench.sandbox), {
      ...due(FILTERS, range(0, 13), ['newrelic']),
      ...due(FILTERS, [0], ['anodot']),
    });
    bench.sandbox.world.faults.clear();
    const before = sentryRequests(bench.sandbox.world)['events-table']!;
    const { status, headers, body } = await bench.tick(service, 13);
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
    assert.deepEqual(booked(bench.sandbox), due(FILTERS, range(0, 14)));
    assert.equal(sentryRequests(bench.sandbox.world)['events-table']! - before, 6, 'totals and rows of the new window');
  });

  it('of an outage of Sentry are read when it is back, with their own timestamps and counts', async () => {
    bench.fill(PROJECTS, 0, 5);
    const service = await bench.serve(FILTERS);
    await bench.tick(service, 0);
    bench.sandbox.world.faults.add({ vendor: 'sentry', kind: 'status', status: 403, times: 0 });
    for (const window of range(1, 5)) assert.equal((await bench.tick(service, window)).status, 503);
    assert.deepEqual(booked(bench.sandbox), due(FILTERS, [0]));
    bench.sandbox.world.faults.clear();
    bench.fill(PROJECTS, 5, 7);
    const { status, body } = await bench.tick(service, 6);
    assert.deepEqual(
      [status, body.catchUp.behind, body.catchUp.windows.length],
      [200, 0, 5],
      'window 5 had no post at all',
    );
    assert.deepEqual(booked(bench.sandbox), due(FILTERS, range(0, 7)));
    const stamps = bench.sandbox.world.received.newrelic.events
      .filter(({ record }) => record['type'] === 'filter_count')
      .map(({ record }) => record['timestamp'] === record['windowStart']);
    assert.deepEqual(new Set(stamps), new Set([true]));
  });

  it('of a time without any server are read too, the quiet ones as zeros', async () => {
    bench.fill(PROJECTS, 0, 1);
    bench.fill(PROJECTS, 12, 14);
    const first = await bench.serve(FILTERS);
    await bench.tick(first, 0);
    await first.close();
    const { body } = await bench.tick(await bench.serve(FILTERS), 13);
    assert.deepEqual([body.catchUp.behind, body.catchUp.windows.length], [0, 12]);
    const zeros = Object.fromEntries(Object.entries(due(FILTERS, range(1, 12))).map(([name]) => [name, [0]]));
    assert.deepEqual(booked(bench.sandbox), { ...due(FILTERS, [0, 12, 13]), ...zeros });
  });

  it('are those of a filter and sink since their first: a new filter, a renamed one and a new sink replay nothing', async () => {
    bench.fill(PROJECTS, 0, 6);
    const before = await bench.serve([{ ...FILTERS[0]!, sinks: ['newrelic'] }, FILTERS[1]!]);
    await bench.tick(before, 0);
    const after = await bench.serve([FILTERS[0]!, { ...FILTERS[1]!, name: 'renamed' }, FILTERS[2]!]);
    const { body } = await bench.tick(after, 3);
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
    assert.deepEqual(booked(bench.sandbox), {
      ...only(0, range(0, 4), ['newrelic']),
      ...only(0, [3], ['anodot']),
      ...only(1, [0]),
      ...only(1, [3], undefined, 'renamed'),
      ...only(2, [3]),
    });
  });

  it('are not those before the first, although an old window was posted by hand, for one sink too', async () => {
    bench.fill(PROJECTS, 0, 8);
    const service = await bench.serve(FILTERS);
    await bench.tick(service, 5);
    bench.clock.advance(1000);
    assert.equal((await service.post(`?end=${isoOfWindow(1)}`)).status, 200);
    assert.equal((await service.post(`?end=${isoOfWindow(3)}&sink=newrelic`)).status, 200);
    assert.deepEqual(
      [(await service.post()).body.catchUp.behind, (await bench.tick(service, 7)).body.catchUp.behind],
      [0, 0],
    );
    assert.deepEqual(booked(bench.sandbox), { ...due(FILTERS, [0, 5, 6, 7]), ...due(FILTERS, [2], ['newrelic']) });
  });

  it('that a sink no longer takes are called too old and not sent; what is beyond CATCH_UP_HOURS too', async () => {
    const [filter] = FILTERS as [FilterSpec];
    bench.fill(['web'], 0, 40);
    const service = await bench.serve([filter], { CATCH_UP_HOURS: '25' });
    await bench.tick(service, 0);
    await bench.delivered([filter], range(40, 320));
    const { status, body } = await bench.tick(service, 320);
    assert.equal(status, 200);
    const old = body.catchUp.tooOld as { sink: string; reports: number; from: string; to: string }[];
    // It is 12:47:30 the next day. New Relic takes 24 hours, less five minutes for the way.
    // The run reaches back 25 hours before 12:45.
    assert.deepEqual(old, [
      { sink: 'anodot', reports: 20, from: isoOfWindow(1), to: isoOfWindow(21), see: 'docs/faults.md#too-old' },
      { sink: 'newrelic', reports: 34, from: isoOfWindow(1), to: isoOfWindow(35), see: 'docs/faults.md#too-old' },
    ]);
    assert.equal(body.catchUp.behind, 0);
    await bench.tick(service, 321);
    assert.deepEqual(
      service.log.filter(({ msg }) => msg === 'too old to be caught up').map(({ tooOld }) => tooOld),
      [old.map(({ sink, reports, from, to }) => ({ sink, reports, from, to }))],
      'said once',
    );
    const found = booked(bench.sandbox);
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
    bench.fill(PROJECTS, 0, 4);
    const service = await bench.serve(FILTERS, { CATCH_UP_HOURS: '0' });
    await bench.tick(service, 0);
    const { body } = await bench.tick(service, 3);
    assert.deepEqual([body.catchUp, Object.keys(booked(bench.sandbox)).length], [undefined, 2 * 3 * 2]);
  });
});
