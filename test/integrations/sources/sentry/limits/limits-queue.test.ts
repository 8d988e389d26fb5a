import assert from 'node:assert/strict';
import { createRequestQueue } from '../../../../../src/integrations/sources/sentry/limits/request-queue.ts';
import { scopeOf } from '../../../../support/build/scope.ts';
import { createClock, gate } from '../../../../support/time/clock.ts';

describe('the budget', () => {
  it('asked to pause twice, waits for the longer one', async () => {
    const clock = createClock();
    const requestQueue = createRequestQueue(1, clock);
    requestQueue.pause('e', 5000);
    requestQueue.pause('e', 2000);
    await requestQueue.slot('e', async () => undefined, scopeOf());
    assert.deepEqual(clock.slept, [5000]);
  });

  it('a request that queued when a pause began waits too, and gives its slot back meanwhile', async () => {
    const clock = createClock(() => true);
    const requestQueue = createRequestQueue(1, clock);
    const limits = scopeOf();
    const order: string[] = [];
    let release: () => void = () => undefined;
    const first = requestQueue.slot('e', () => new Promise<void>((done) => (release = done)), limits);
    const second = requestQueue.slot('e', async () => void order.push('second'), limits);
    await gate();
    requestQueue.pause('e', 1000);
    release();
    await first;
    await gate();
    assert.deepEqual([order, clock.slept], [[], [1000]]);
    clock.advance(1000);
    await second;
    assert.deepEqual(order, ['second']);
  });

  it('a pause holds up its own endpoint only', async () => {
    const clock = createClock(() => true);
    const requestQueue = createRequestQueue(1, clock);
    const limits = scopeOf();
    const order: string[] = [];
    requestQueue.pause('events', 1000);
    const paused = requestQueue.slot('events', async () => void order.push('events'), limits);
    await requestQueue.slot('issues', async () => void order.push('issues'), limits);
    clock.advance(1000);
    await paused;
    assert.deepEqual(order, ['issues', 'events']);
  });

  it('a pause ends with the run', async () => {
    const clock = createClock(() => true);
    const requestQueue = createRequestQueue(1, clock);
    const stop = new AbortController();
    requestQueue.pause('e', 1000);
    const slot = requestQueue.slot('e', async () => assert.fail('asked'), scopeOf({ signal: stop.signal }));
    await gate();
    stop.abort();
    await assert.rejects(slot, { name: 'AbortError' });
  });
});
