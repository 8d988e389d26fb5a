import assert from 'node:assert/strict';
import { LINGER_MS } from '../../../src/core/delivery/batch-sender.ts';
import type { Item } from '../../../src/core/model/item.ts';
import { ACCEPTED } from '../../support/build/fakes.ts';
import { gate } from '../../support/time/clock.ts';
import { setUp, items } from './sender-to-fake.ts';

describe('deliveries: when a request leaves', () => {
  it('at once when it is full, and the rest lingers', async () => {
    const { sink, clock, delivery } = setUp();
    const put = delivery.put(items('a', 'b', 'c', 'd'));
    await gate();
    assert.deepEqual(sink.requests, [['a', 'b', 'c']]);
    clock.advance(LINGER_MS - 1);
    await gate();
    assert.equal(sink.requests.length, 1);
    clock.advance(1);
    assert.deepEqual(await put, [ACCEPTED, ACCEPTED, ACCEPTED, ACCEPTED]);
    assert.deepEqual([sink.requests[1], LINGER_MS], [['d'], 250]);
  });

  it('at once when its bytes are full', async () => {
    const { sink, delivery } = setUp({ limits: { items: 99, bytes: 60 } });
    void delivery.put(items('aaaaaaaaaa', 'bbbbbbbbbb'));
    await gate();
    assert.deepEqual(sink.requests, []);
    void delivery.put(items('cccccccccc'));
    await gate();
    assert.deepEqual(sink.requests, [['aaaaaaaaaa', 'bbbbbbbbbb'], ['cccccccccc']]);
  });

  it('at the end, whatever still waits, without lingering', async () => {
    const { sink, delivery } = setUp();
    const put = delivery.put(items('a'));
    delivery.end();
    assert.deepEqual([await put, sink.requests], [[ACCEPTED], [['a']]]);
  });

  it('when the run ends during the linger', async () => {
    const { sink, delivery, stop } = setUp();
    const put = delivery.put(items('a'));
    stop.abort();
    await put;
    assert.deepEqual(sink.requests, [['a']]);
  });

  it('after the end too, at once', async () => {
    const { sink, delivery } = setUp();
    delivery.end();
    await delivery.put(items('a'));
    assert.deepEqual(sink.requests, [['a']]);
  });

  it('with the items of several reports together', async () => {
    const { sink, delivery } = setUp();
    const puts = [delivery.put(items('a')), delivery.put(items('b', 'c'))];
    assert.deepEqual(await Promise.all(puts), [[ACCEPTED], [ACCEPTED, ACCEPTED]]);
    assert.deepEqual(sink.requests, [['a', 'b', 'c']]);
  });

  it('never for nothing', async () => {
    const { sink, delivery } = setUp();
    assert.deepEqual(await delivery.put([]), []);
    delivery.end();
    assert.deepEqual(sink.requests, []);
  });

  it('never with items of two lanes, and one lane does not wait for the other', async () => {
    let release: () => void = () => undefined;
    const { sink, delivery } = setUp({
      answer: (some) =>
        some[0]?.lane === 'x'
          ? new Promise((done) => (release = () => done(some.map(() => ACCEPTED))))
          : some.map(() => ACCEPTED),
    });
    const lanes = ['x', 'y', 'x', 'y'].map((lane, index): Item => ({ key: `${lane}${index}`, body: {}, lane }));
    const put = delivery.put(lanes);
    const other = delivery.put([{ key: 'y9', body: {}, lane: 'y' }]);
    delivery.end();
    await other;
    assert.deepEqual(sink.requests.toSorted(), [
      ['x0', 'x2'],
      ['y1', 'y3', 'y9'],
    ]);
    release();
    assert.equal((await put).length, 4);
  });

  it('one after the other within a lane', async () => {
    let inFlight = 0;
    let most = 0;
    const { delivery } = setUp({
      limits: { items: 1, bytes: 1000 },
      answer: async (some) => {
        most = Math.max(most, ++inFlight);
        await gate(2);
        inFlight--;
        return some.map(() => ACCEPTED);
      },
    });
    await delivery.put(items('a', 'b', 'c', 'd'));
    assert.equal(most, 1);
  });
});
