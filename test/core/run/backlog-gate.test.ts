import assert from 'node:assert/strict';
import { createBacklogGate } from '../../../src/core/run/backlog-gate.ts';
import { gate as go } from '../../support/time/clock.ts';

const NEVER = new AbortController().signal;

async function isDone(work: Promise<unknown>): Promise<boolean> {
  const state = { done: false };
  void work.then(() => (state.done = true));
  await go();
  return state.done;
}

describe('turns in a process', () => {
  it('the backlog waits while a current window is in hand, and for all of them', async () => {
    const gate = createBacklogGate();
    assert.equal(await isDone(gate.clear(NEVER)), true);
    const [one, two] = [gate.current(), gate.current()];
    const waiting = gate.clear(NEVER);
    one();
    one();
    assert.equal(await isDone(waiting), false, 'the other is still in hand');
    two();
    assert.equal(await isDone(waiting), true);
  });

  it('one at a time has the backlog; who asks meanwhile gets nothing, who waits gets it next', async () => {
    const gate = createBacklogGate();
    const free = gate.take()!;
    assert.equal(gate.take(), null);
    const waiting = gate.wait(NEVER);
    assert.equal(await isDone(waiting), false);
    free();
    const next = await waiting;
    assert.equal(gate.take(), null);
    next!();
    assert.notEqual(gate.take(), null);
  });

  it('a wait ends with its signal, without the turn', async () => {
    const gate = createBacklogGate();
    gate.take();
    gate.current();
    const stop = new AbortController();
    const waits = [gate.wait(stop.signal), gate.clear(stop.signal)];
    assert.equal(await isDone(Promise.race(waits)), false);
    stop.abort();
    assert.deepEqual(await Promise.all(waits), [null, undefined]);
  });

  it('of a process that is about to end nobody waits for a current window', async () => {
    const gate = createBacklogGate();
    gate.current();
    const waiting = gate.clear(NEVER);
    assert.equal(gate.isResting(), false);
    gate.rest();
    assert.deepEqual([await isDone(waiting), gate.isResting()], [true, true]);
  });
});
