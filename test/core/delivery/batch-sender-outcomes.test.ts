import assert from 'node:assert/strict';
import fc from 'fast-check';
import { RESEND_MS } from '../../../src/core/delivery/batch-sender.ts';
import type { Item, Outcome } from '../../../src/core/model/item.ts';
import { ACCEPTED } from '../../support/build/fakes.ts';
import { until } from '../../support/time/until.ts';
import { setUp, items } from './sender-to-fake.ts';

function failed(given: object = {}): Outcome {
  return { status: 'failed', fault: { message: 'no', retryable: true, ...given } };
}

const REFUSED: Outcome = { status: 'refused', why: 'bad' };
const UNCERTAIN: Outcome = { status: 'uncertain', fault: { message: 'cut', retryable: true } };

describe('deliveries: what becomes of the items', () => {
  it('nothing lost, nothing twice, in order, within the limits, whatever is put when', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.nat(40), { maxLength: 12 }), { maxLength: 8 }),
        fc.integer({ min: 1, max: 5 }),
        async (puts, most) => {
          const sent: Item[][] = [];
          const { sink, delivery } = setUp({
            limits: { items: most, bytes: 120 },
            answer: (some) => {
              sent.push([...some]);
              return some.map(({ key }): Outcome => ({ status: 'accepted', ref: key }));
            },
          });
          const all = puts.map((sizes, put) =>
            sizes.map((size, index): Item => ({ key: `${put}-${index}`, body: { text: 'x'.repeat(size) } })),
          );
          const outcomes = Promise.all(all.map((some) => delivery.put(some)));
          delivery.end();
          assert.deepEqual(
            await outcomes,
            all.map((some) => some.map(({ key }) => ({ status: 'accepted', ref: key }))),
          );
          assert.deepEqual(
            sink.requests.flat(),
            all.flat().map(({ key }) => key),
          );
          for (const some of sent)
            assert.ok(some.length <= most && Buffer.byteLength(JSON.stringify(some.map(({ body }) => body))) <= 120);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('what is larger than a request may be is refused unsent, the others go', async () => {
    const { sink, delivery } = setUp({ limits: { items: 3, bytes: 40 } });
    const put = delivery.put(items('a', 'x'.repeat(60), 'b'));
    delivery.end();
    assert.deepEqual(await put, [
      ACCEPTED,
      { status: 'refused', why: 'larger than a request may be (40 bytes)' },
      ACCEPTED,
    ]);
    assert.deepEqual(sink.requests, [['a', 'b']]);
  });

  it('what is too large for the service is halved, down to single items, and one that is too large alone is refused', async () => {
    const tooLarge = (some: readonly Item[]): boolean => some.length > 2 || some.some(({ key }) => key === 'BIG');
    const { sink, delivery } = setUp({
      limits: { items: 5, bytes: 1000 },
      answer: (some) =>
        some.map(({ key }): Outcome =>
          tooLarge(some) ? failed({ retryable: false, tooLarge: true }) : { status: 'accepted', ref: key },
        ),
    });
    const outcomes = await delivery.put(items('a', 'b', 'c', 'BIG', 'e'));
    assert.deepEqual(outcomes, [
      { status: 'accepted', ref: 'a' },
      { status: 'accepted', ref: 'b' },
      { status: 'accepted', ref: 'c' },
      { status: 'refused', why: 'too large for the service, even alone' },
      { status: 'accepted', ref: 'e' },
    ]);
    assert.deepEqual(sink.requests, [
      ['a', 'b', 'c', 'BIG', 'e'],
      ['a', 'b', 'c'],
      ['a', 'b'],
      ['c'],
      ['BIG', 'e'],
      ['BIG'],
      ['e'],
    ]);
  });

  it('only what was refused for the moment is sent again, after longer and longer waits', async () => {
    const answers: Outcome[][] = [
      [failed({ resend: true }), REFUSED, failed({ resend: true })],
      [failed({ resend: true }), ACCEPTED],
      [ACCEPTED],
    ];
    const { sink, delivery, clock, scope } = setUp({ answer: (_some, _scope, request) => answers[request - 1]! });
    assert.deepEqual(await delivery.put(items('a', 'b', 'c')), [ACCEPTED, REFUSED, ACCEPTED]);
    assert.deepEqual(sink.requests, [['a', 'b', 'c'], ['a', 'c'], ['a']]);
    assert.deepEqual(clock.slept, [250, 2000, 4000]);
    assert.deepEqual(
      scope.repeats.map(({ service, waitMs, isFirst, why }) => [service, waitMs, isFirst, why]),
      [
        ['one', 2000, true, 'one: items were refused for the moment'],
        ['one', 4000, false, 'one: items were refused for the moment'],
      ],
    );
    assert.deepEqual(
      scope.log.lines.map(({ level, fields, text }) => ({ level, ...fields, text })),
      [
        { level: 'debug', sink: 'one', items: 2, waitMs: 2000, text: 'refused for the moment, sending again' },
        { level: 'debug', sink: 'one', items: 1, waitMs: 4000, text: 'refused for the moment, sending again' },
      ],
    );
  });

  it('three times again, and no more', async () => {
    const { sink, delivery, clock } = setUp({ answer: (some) => some.map(() => failed({ resend: true })) });
    assert.deepEqual(
      (await delivery.put(items('a', 'b', 'c'))).map(({ status }) => status),
      ['failed', 'failed', 'failed'],
    );
    assert.deepEqual([sink.requests.length, clock.slept], [4, [250, ...RESEND_MS]]);
  });

  it('failed, uncertain and refused items are not sent again', async () => {
    const answers = [failed(), UNCERTAIN, REFUSED];
    const { sink, delivery } = setUp({ answer: () => answers });
    assert.deepEqual([await delivery.put(items('a', 'b', 'c')), sink.requests.length], [answers, 1]);
  });

  it('nothing is sent again once the run has ended, before or during the wait', async () => {
    for (const isEarly of [true, false]) {
      const { sink, delivery, stop, clock } = setUp(
        {
          answer: (some) => {
            if (isEarly) stop.abort();
            return some.map(() => failed({ resend: true }));
          },
        },
        () => true,
      );
      const put = delivery.put(items('a', 'b', 'c'));
      await until('it is answered early, or waits twice', () => isEarly || clock.slept.length === 2);
      stop.abort();
      assert.deepEqual(
        [(await put).map(({ status }) => status), sink.requests.length],
        [['failed', 'failed', 'failed'], 1],
      );
    }
  });

  it('what is no longer ours is not sent, and asked for before each request: the rest is halved and sent again without it', async () => {
    const lost = new Set(['a']);
    const { sink, delivery } = setUp(
      {
        limits: { items: 5, bytes: 1000 },
        answer: (some, _scope, request) => {
          if (request === 2) lost.add('d');
          if (request === 1) return some.map(() => failed({ retryable: false, tooLarge: true }));
          return some.map(({ key }) => (key === 'b' && request === 2 ? failed({ resend: true }) : ACCEPTED));
        },
      },
      undefined,
      async (some) => some.map(({ key }) => !lost.has(key)),
    );
    const put = delivery.put(items('a', 'b', 'c', 'd', 'e'));
    const gone: Outcome = {
      status: 'failed',
      fault: { message: 'one: not sent: this server may no longer hold the report', retryable: true },
    };
    assert.deepEqual(await put, [gone, ACCEPTED, ACCEPTED, gone, ACCEPTED]);
    assert.deepEqual(sink.requests, [['b', 'c', 'd', 'e'], ['b', 'c'], ['e'], ['b']]);
  });

  it('what is all no longer ours is no request at all', async () => {
    const { sink, delivery } = setUp({}, undefined, async (some) => some.map(() => false));
    assert.deepEqual(
      (await delivery.put(items('a', 'b', 'c'))).map(({ status }) => status),
      ['failed', 'failed', 'failed'],
    );
    assert.deepEqual(sink.requests, []);
  });

  for (const [name, answer, message] of [
    [
      'throws',
      (): never => {
        throw new Error('bug');
      },
      'internal error: bug',
    ],
    ['rejects', () => Promise.reject(new Error('bug')), 'internal error: bug'],
    ['answers for fewer items', () => [ACCEPTED], 'internal error: one gave 1 outcomes for 3 items'],
    [
      'answers for more items',
      () => [ACCEPTED, ACCEPTED, ACCEPTED, ACCEPTED],
      'internal error: one gave 4 outcomes for 3 items',
    ],
  ] as const) {
    it(`a sink that ${name} leaves its items uncertain, is named in the log, and the next request goes on`, async () => {
      const { delivery, scope, sink } = setUp({
        answer: (some, _scope, request) => (request === 1 ? answer() : some.map(() => ACCEPTED)),
      });
      const put = delivery.put(items('a', 'b', 'c', 'd'));
      delivery.end();
      const bad: Outcome = { status: 'uncertain', fault: { message, retryable: false } };
      assert.deepEqual(await put, [bad, bad, bad, ACCEPTED]);
      assert.equal(sink.requests.length, 2);
      assert.deepEqual(scope.log.lines, [
        { level: 'error', text: 'sink broke', fields: { sink: 'one', error: message } },
      ]);
    });
  }
});
