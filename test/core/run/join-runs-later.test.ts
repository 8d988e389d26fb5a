import assert from 'node:assert/strict';
import { fakeSink, fakeSource } from '../../support/build/fakes.ts';
import { A, setUp, statuses } from './runner-to-fakes.ts';

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
