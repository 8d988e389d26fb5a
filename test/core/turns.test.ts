import assert from 'node:assert/strict';
import { createTurns } from '../../src/core/turns.ts';
import { turns as go } from '../support/clock.ts';

const NEVER = new AbortController().signal;

async function isDone(work: Promise<unknown>): Promise<boolean> {
  const state = { done: false };
  void work.then(() => (state.done = true));
  await go();
  return state.done;
}

describe('turns in a process', () => {
  it('the backlog waits while a current window is in hand, and for all of them', async () => {
    const turns = createTurns();
    assert.equal(await isDone(turns.clear(NEVER)), true);
    const [one, two] = [turns.current(), turns.current()];
    const waiting = turns.clear(NEVER);
    one();
    one();
    assert.equal(await isDone(waiting), false, 'the other is still in hand');
    two();
    assert.equal(await isDone(waiting), true);
  });

  it('one at a time has the backlog; who asks meanwhile gets nothing, who waits gets it next', async () => {
    const turns = createTurns();
    const free = turns.take()!;
    assert.equal(turns.take(), null);
    const waiting = turns.wait(NEVER);
    assert.equal(await isDone(waiting), false);
    free();
    const next = await waiting;
    assert.equal(turns.take(), null);
    next!();
    assert.notEqual(turns.take(), null);
  });

  it('a wait ends with its signal, without the turn', async () => {
    const turns = createTurns();
    turns.take();
    turns.current();
    const stop = new AbortController();
    const waits = [turns.wait(stop.signal), turns.clear(stop.signal)];
    assert.equal(await isDone(Promise.race(waits)), false);
    stop.abort();
    assert.deepEqual(await Promise.all(waits), [null, undefined]);
  });

  it('of a process that is about to end nobody waits for a current window', async () => {
    const turns = createTurns();
    turns.current();
    const waiting = turns.clear(NEVER);
    assert.equal(turns.isResting(), false);
    turns.rest();
    assert.deepEqual([await isDone(waiting), turns.isResting()], [true, true]);
  });
});
