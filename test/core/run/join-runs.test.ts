import assert from 'node:assert/strict';
import { fakeSink, fakeSource } from '../../support/build/fakes.ts';
import { END, START } from '../../support/build/reports.ts';
import { gate } from '../../support/time/clock.ts';
import { DEADLINE, A, B, C, setUp, statuses } from './runner-to-fakes.ts';

/** A source whose reads wait until the test opens the gate. */
function gated(): { source: ReturnType<typeof fakeSource>; open(): void } {
  let open: () => void = () => undefined;
  const gate = new Promise<void>((done) => (open = done));
  return { source: fakeSource(() => gate.then(() => ({}))), open };
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
