import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { createWatch } from '../../../src/config/reload/watch.ts';
import { createClock } from '../../support/time/clock.ts';

/** A watch over one text, on a clock that the test moves. `known`: what counts already. */
function stageOf(known = '') {
  const clock = createClock(() => true);
  const state = { text: 'one', told: [] as string[], looks: 0, isStuck: false };
  const gates: (() => void)[] = [];
  const watch = createWatch({
    look: async () => {
      state.looks++;
      const print = state.text;
      if (state.isStuck) await new Promise<void>((done) => void gates.push(done));
      return { print };
    },
    isKnown: ({ print }) => print === known,
    changed: ({ print }) => void state.told.push(print),
    sleep: clock.sleep,
  });
  const settle = async (): Promise<void> => {
    for (let count = 0; count < 10; count++) await turn();
  };
  const pass = async (ms: number): Promise<void> => {
    await settle();
    clock.advance(ms);
    await settle();
  };
  return { watch, state, pass, settle, clock, free: () => gates.splice(0).forEach((open) => open()) };
}

describe('the watch over the filters', () => {
  it('tells of a change once it has stood still for a second, within six', async () => {
    const { watch, state, pass } = stageOf();
    void watch.go(new AbortController().signal);
    await pass(5_000);
    await pass(1_000);
    assert.deepEqual(state.told, ['one'], 'what is there first is told too');
    await pass(5_000);
    assert.deepEqual(state.told, ['one']);
    state.text = 'two';
    await pass(5_000);
    assert.deepEqual(state.told, ['one'], 'it may still be written');
    await pass(1_000);
    assert.deepEqual(state.told, ['one', 'two']);
  });

  it('does not tell of what counts already, but of what came before the first look, and of its return', async () => {
    const same = stageOf('one');
    void same.watch.go(new AbortController().signal);
    await same.pass(5_000);
    await same.pass(5_000);
    assert.deepEqual(same.state, { text: 'one', told: [], looks: 2, isStuck: false });
    const other = stageOf('zero');
    void other.watch.go(new AbortController().signal);
    await other.pass(5_000);
    await other.pass(1_000);
    other.state.text = 'zero';
    await other.pass(5_000);
    await other.pass(1_000);
    assert.deepEqual(other.state.told, ['one', 'zero']);
  });

  it('waits for as long as it changes from look to look', async () => {
    const { watch, state, pass } = stageOf();
    void watch.go(new AbortController().signal);
    for (const text of ['{', '{ a', '{ a: 1', '{ a: 1 }']) {
      state.text = text;
      await pass(5_000);
    }
    assert.deepEqual(state.told, []);
    await pass(1_000);
    assert.deepEqual(state.told, ['{ a: 1 }']);
  });

  it('tells nothing of a change that was taken back', async () => {
    const { watch, state, pass } = stageOf();
    await watch.now();
    void watch.go(new AbortController().signal);
    state.text = 'two';
    await pass(5_000);
    state.text = 'one';
    await pass(1_000);
    await pass(5_000);
    await pass(1_000);
    assert.deepEqual(state.told, ['one']);
  });

  it('looks and tells at once when it is asked to, changed or not; what was told so is not told again', async () => {
    const { watch, state, pass } = stageOf();
    await watch.now();
    await watch.now();
    assert.deepEqual(state.told, ['one', 'one']);
    state.text = 'two';
    await watch.now();
    void watch.go(new AbortController().signal);
    await pass(5_000);
    await pass(1_000);
    assert.deepEqual(state.told, ['one', 'one', 'two']);
  });

  it('has one look under way at a time, however long the disk takes', async () => {
    const { watch, state, pass, free } = stageOf();
    void watch.go(new AbortController().signal);
    state.isStuck = true;
    await pass(5_000);
    const asked = [watch.now(), watch.now()];
    await pass(60_000);
    assert.equal(state.looks, 1);
    state.isStuck = false;
    free();
    await Promise.all(asked);
    assert.equal(state.looks, 3);
  });

  it('ends with its signal', async () => {
    const { watch, state, pass } = stageOf();
    const end = new AbortController();
    const going = watch.go(end.signal);
    await pass(5_000);
    end.abort();
    await going;
    await pass(60_000);
    assert.equal(state.looks, 1);
  });
});
