import assert from 'node:assert/strict';
import { overlapping } from '../../src/platform/overlapping.ts';

interface Begun {
  readonly name: string;
  done(): void;
  fail(): void;
}

describe('overlapping', () => {
  it('begins the next while one is under way, never a third', async () => {
    const { begun, act } = stage();
    const all = overlapping(['a', 'b', 'c'], act);
    await soon();
    assert.deepEqual(names(begun), ['a', 'b']);
    begun[1]!.done();
    await soon();
    assert.deepEqual(names(begun), ['a', 'b']);
    begun[0]!.done();
    await soon();
    assert.deepEqual(names(begun), ['a', 'b', 'c']);
    begun[2]!.done();
    await all;
  });

  it('makes each as late as it is begun', async () => {
    const { begun, act } = stage();
    const made: string[] = [];
    function* making(): Generator<string> {
      for (const name of ['a', 'b', 'c']) {
        made.push(name);
        yield name;
      }
    }
    const all = overlapping(making(), act);
    await soon();
    assert.deepEqual(made, ['a', 'b']);
    for (let next = 0; next < 3; next++) {
      begun[next]!.done();
      await soon();
    }
    await all;
    assert.deepEqual(made, ['a', 'b', 'c']);
  });

  it('is over when the last one is', async () => {
    const { begun, act } = stage();
    let isOver = false;
    const all = overlapping(['a', 'b'], act).then(() => (isOver = true));
    begun[0]!.done();
    await soon();
    assert.equal(isOver, false);
    begun[1]!.done();
    await all;
  });

  for (const end of ['done', 'fail'] as const)
    it(`rejects as the first that fails, once the next one is over too (${end}), and begins no more`, async () => {
      const { begun, act } = stage();
      const errors: unknown[] = [];
      const all = overlapping(['a', 'b', 'c'], act).catch((error: unknown) => errors.push(error));
      begun[0]!.fail();
      await soon();
      assert.deepEqual(errors, []);
      begun[1]![end]();
      await all;
      assert.deepEqual(errors.map(String), ['Error: a failed']);
      assert.deepEqual(names(begun), ['a', 'b']);
    });

  it('rejects as the last one does', async () => {
    const { begun, act } = stage();
    const all = overlapping(['a'], act);
    begun[0]!.fail();
    await assert.rejects(all, /a failed/);
  });

  it('of none is nothing', () => overlapping([], () => assert.fail('nothing is there to act on')));
});

/** Acts that end when they are told to. */
function stage() {
  const begun: Begun[] = [];
  const act = (name: string): Promise<void> => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    begun.push({ name, done: resolve, fail: () => reject(new Error(`${name} failed`)) });
    return promise;
  };
  return { begun, act };
}

function names(begun: readonly Begun[]): readonly string[] {
  return begun.map(({ name }) => name);
}

/** After all that follows from what was settled. */
function soon(): Promise<void> {
  return new Promise((done) => setImmediate(done));
}
