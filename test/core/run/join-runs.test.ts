import assert from 'node:assert/strict';
import type { Order } from '../../../src/core/ports/order.ts';
import type { RunResult } from '../../../src/core/model/results.ts';
import type { Source } from '../../../src/core/ports/source.ts';
import { joinRuns, type Runner } from '../../../src/core/run/join-runs.ts';
import type { Ports } from '../../../src/core/run/ports.ts';
import { debugCourier } from '../../../src/integrations/sinks/debug.ts';
import { noLedger } from '../../../src/storage/index.ts';
import { fakeSink, type FakeSink, fakeSource, portsOf } from '../../support/build/fakes.ts';
import { END, filterOf, START, WINDOW } from '../../support/build/reports.ts';
import { createLogBook, type LogBook } from '../../support/build/scope.ts';
import { type Clock, createClock, gate } from '../../support/time/clock.ts';

const DEADLINE = 100_000;
const [A, B, C] = [filterOf({ name: 'a' }), filterOf({ name: 'b' }), filterOf({ name: 'c' })];

interface Stage {
  readonly runner: Runner;
  readonly clock: Clock;
  readonly log: LogBook;
  order(given?: Partial<Order>): Order;
}

function setUp(source: Source, sinks: readonly FakeSink[]): Stage {
  const clock = createClock((ms) => ms > 90_000 || ms === 250);
  const log = createLogBook();
  const real = portsOf(clock, source, sinks);
  const debug: Ports = { ...real, ledger: noLedger, courier: (sink, _leases, scope) => debugCourier(sink, scope) };
  const runner = joinRuns(real, debug, { ...clock, log, deadlineMs: DEADLINE, shutdown: new AbortController().signal });
  return {
    runner,
    clock,
    log,
    order: (given = {}) => ({ kind: 'repair', filters: [A, B], window: WINDOW, windowGiven: false, ...given }),
  };
}

/** A source whose reads wait until the test opens the gate. */
function gated(): { source: ReturnType<typeof fakeSource>; open(): void } {
  let open: () => void = () => undefined;
  const gate = new Promise<void>((done) => (open = done));
  return { source: fakeSource(() => gate.then(() => ({}))), open };
}

function statuses({ reports }: RunResult): unknown {
  return reports.map(({ filter, sinks }) => [
    filter.name,
    Object.fromEntries(Object.entries(sinks).map(([name, { status }]) => [name, status])),
  ]);
}

describe('orders that overlap', () => {
  it('read and send once, and both say that it was sent', async () => {
    const { source, open } = gated();
    const sink = fakeSink();
    const { runner, order, log } = setUp(source, [sink]);
    const both = [runner.run(order(), 'run-1'), runner.run(order(), 'run-2')];
    await gate();
    open();
    const [first, second] = await Promise.all(both);
    assert.deepEqual(
      [statuses(first!), statuses(second!)],
      [
        [
          ['a', { one: 'sent' }],
          ['b', { one: 'sent' }],
        ],
        [
          ['a', { one: 'sent' }],
          ['b', { one: 'sent' }],
        ],
      ],
    );
    assert.deepEqual([source.reads, sink.requests], [[['a', 'b']], [['a/crm-web', 'b/crm-web']]]);
    assert.deepEqual([first!.runId, second!.runId, second!.sourceRequests], ['run-1', 'run-2', 0]);
    assert.deepEqual(
      log.lines.filter(({ text }) => text === 'joins a run in hand').map(({ fields }) => fields),
      [{ run: 'run-2', reports: ['a', 'b'] }],
    );
  });

  it('in part share that part, and each does the rest', async () => {
    const { source, open } = gated();
    const sink = fakeSink();
    const { runner, order } = setUp(source, [sink]);
    const both = [runner.run(order({ filters: [A, B] }), 'run-1'), runner.run(order({ filters: [C, B] }), 'run-2')];
    await gate();
    open();
    const [first, second] = await Promise.all(both);
    assert.deepEqual(
      [statuses(first!), statuses(second!)],
      [
        [
          ['a', { one: 'sent' }],
          ['b', { one: 'sent' }],
        ],
        [
          ['c', { one: 'sent' }],
          ['b', { one: 'sent' }],
        ],
      ],
    );
    assert.deepEqual(
      [source.reads, sink.requests.flat().toSorted()],
      [
        [['a', 'b'], ['c']],
        ['a/crm-web', 'b/crm-web', 'c/crm-web'],
      ],
    );
  });

  it('for other sinks wait for each other, then send only what was left out', async () => {
    const { source, open } = gated();
    const [one, two] = [fakeSink(), fakeSink({ name: 'two' })];
    const { runner, order } = setUp(source, [one, two]);
    const both = [
      runner.run(order({ filters: [A], sinks: ['one'] }), 'run-1'),
      runner.run(order({ filters: [A] }), 'run-2'),
    ];
    await gate();
    open();
    const [first, second] = await Promise.all(both);
    assert.deepEqual(
      [statuses(first!), statuses(second!)],
      [[['a', { one: 'sent' }]], [['a', { one: 'sent before', two: 'sent' }]]],
    );
    assert.deepEqual([one.requests, two.requests], [[['a/crm-web']], [['a/crm-web']]]);
  });

  it('are told only of the sinks that they asked for', async () => {
    const { source, open } = gated();
    const { runner, order } = setUp(source, [
      fakeSink(),
      fakeSink({ name: 'two', answer: (items) => items.map(() => ({ status: 'refused', why: 'x' })) }),
    ]);
    const both = [
      runner.run(order({ filters: [A] }), 'run-1'),
      runner.run(order({ filters: [A], sinks: ['one'] }), 'run-2'),
    ];
    await gate();
    open();
    const [first, second] = await Promise.all(both);
    assert.deepEqual(
      [statuses(first!), statuses(second!)],
      [[['a', { one: 'sent', two: 'failed' }]], [['a', { one: 'sent' }]]],
    );
  });

  it('are told what cut short the run they joined', async () => {
    const source = fakeSource(
      (_ask, { signal }) => new Promise((done) => signal.addEventListener('abort', () => done({}))),
    );
    const { runner, order, clock } = setUp(source, [fakeSink()]);
    const both = [runner.run(order({ filters: [A] }), 'run-1'), runner.run(order({ filters: [A] }), 'run-2')];
    await gate();
    clock.advance(DEADLINE);
    const [first, second] = await Promise.all(both);
    assert.deepEqual([first!.end, second!.end, source.reads.length], ['deadline', 'deadline', 1]);
  });

  it('of another window or of a debug run are apart', async () => {
    const { source, open } = gated();
    const sink = fakeSink();
    const { runner, order } = setUp(source, [sink]);
    const all = [
      order(),
      order({ window: { start: START - 300_000, end: END - 300_000 } }),
      order({ kind: 'debug' }),
    ].map((it, index) => runner.run(it, `run-${index}`));
    await gate();
    assert.equal(source.reads.length, 3);
    open();
    assert.deepEqual(
      (await Promise.all(all)).map(({ reports }) => reports[0]?.sinks['one']?.status),
      ['sent', 'sent', 'skipped'],
    );
  });

  it('of a run that could not read share its fault, and the next order tries anew', async () => {
    let isBroken = true;
    const source = fakeSource(() => (isBroken ? { fault: { message: 'no', retryable: true } } : {}));
    const { runner, order } = setUp(source, [fakeSink()]);
    const both = await Promise.all([runner.run(order(), 'run-1'), runner.run(order(), 'run-2')]);
    assert.deepEqual(
      both.map(({ reports }) => reports.map(({ fault }) => fault?.message)),
      [
        ['no', 'no'],
        ['no', 'no'],
      ],
    );
    assert.equal(source.reads.length, 1);
    isBroken = false;
    assert.deepEqual(statuses(await runner.run(order(), 'run-3')), [
      ['a', { one: 'sent' }],
      ['b', { one: 'sent' }],
    ]);
  });

  it('say what cut them short, also when only a part of them ran', async () => {
    const source = fakeSource(({ filter }, { signal }) =>
      filter.name === 'a' ? {} : new Promise((done) => signal.addEventListener('abort', () => done({}))),
    );
    const { runner, order, clock } = setUp(source, [fakeSink()]);
    const first = runner.run(order({ filters: [A] }), 'run-1');
    const second = runner.run(order({ filters: [A, B] }), 'run-2');
    await first;
    clock.advance(DEADLINE);
    assert.deepEqual([(await first).end, (await second).end], [null, 'deadline']);
  });

  it('have one deadline, however often they wait for others', async () => {
    const { source, open } = gated();
    const [one, two] = [fakeSink(), fakeSink({ name: 'two' })];
    const { runner, order, clock } = setUp(source, [one, two]);
    const first = runner.run(order({ filters: [A], sinks: ['one'] }), 'run-1');
    const second = runner.run(order({ filters: [A] }), 'run-2');
    await gate();
    clock.advance(5000);
    open();
    await Promise.all([first, second]);
    assert.deepEqual(
      clock.slept.filter((ms) => ms > 1000),
      [DEADLINE, DEADLINE - 5000],
    );
    assert.equal((await second).durationMs, 5000);
  });
});

describe('orders one after another', () => {
  it('send once: the second is answered from memory', async () => {
    const source = fakeSource();
    const sink = fakeSink();
    const { runner, order } = setUp(source, [sink]);
    await runner.run(order(), 'run-1');
    assert.deepEqual(statuses(await runner.run(order(), 'run-2')), [
      ['a', { one: 'sent before' }],
      ['b', { one: 'sent before' }],
    ]);
    assert.deepEqual([source.reads, sink.requests.length], [[['a', 'b'], []], 1]);
  });

  it('of which the first was a debug run send all the same, and a debug run after a real one shows again', async () => {
    const source = fakeSource();
    const sink = fakeSink();
    const { runner, order } = setUp(source, [sink]);
    await runner.run(order({ kind: 'debug' }), 'run-1');
    assert.deepEqual(sink.requests, []);
    await runner.run(order(), 'run-2');
    const shown = await runner.run(order({ kind: 'debug' }), 'run-3');
    assert.deepEqual(
      [statuses(shown), sink.requests.length, source.reads.length],
      [
        [
          ['a', { one: 'skipped' }],
          ['b', { one: 'skipped' }],
        ],
        1,
        3,
      ],
    );
  });

  it('of which the first was uncertain are neither sent again nor called sent', async () => {
    const sink = fakeSink({
      answer: (items) => items.map(() => ({ status: 'uncertain', fault: { message: 'cut', retryable: true } })),
    });
    const { runner, order } = setUp(fakeSource(), [sink]);
    await runner.run(order({ filters: [A] }), 'run-1');
    const again = await runner.run(order({ filters: [A] }), 'run-2');
    assert.deepEqual([statuses(again), sink.requests.length], [[['a', { one: 'failed' }]], 1]);
  });

  it('without filters do nothing', async () => {
    const { runner, order } = setUp(fakeSource(), [fakeSink()]);
    const result = await runner.run(order({ filters: [] }), 'run-1');
    assert.deepEqual([result.reports, result.end, result.sourceRequests, result.clockSkewMs], [[], null, 0, null]);
  });
});

describe('a debug run', () => {
  it('shows in answer and log exactly the items that would go out; a sink that throws when it sends is never asked', async () => {
    const sink = fakeSink({
      answer: () => {
        throw new Error('a debug run sent');
      },
    });
    const { runner, order, log } = setUp(fakeSource(), [sink]);
    const { reports } = await runner.run(order({ filters: [A], kind: 'debug' }), 'run-1');
    const item = { key: 'a/crm-web', body: { events: 3 } };
    assert.deepEqual(reports[0]?.sinks, { one: { status: 'skipped', why: 'debug', items: [item] } });
    assert.deepEqual(
      log.lines.filter(({ text }) => text === 'would send').map(({ fields }) => fields),
      [{ run: 'run-1', report: 'a@2026-11-20T10:00:00.000Z', sink: 'one', ...item }],
    );
    assert.deepEqual([sink.requests, log.texts().includes('sink broke')], [[], false]);
  });

  it("of a report that cannot be encoded is that sink's receipt", async () => {
    const { runner, order } = setUp(fakeSource(), [
      fakeSink({
        encode: () => {
          throw new Error('bug');
        },
      }),
      fakeSink({ name: 'two' }),
    ]);
    const { reports } = await runner.run(order({ filters: [A], kind: 'debug' }), 'run-1');
    assert.deepEqual(reports[0]?.sinks['one'], {
      status: 'failed',
      accepted: 0,
      refused: [],
      uncertain: 0,
      failed: 0,
      refs: [],
      error: 'one: cannot encode: bug',
    });
    assert.equal(reports[0]?.sinks['two']?.status, 'skipped');
  });
});
