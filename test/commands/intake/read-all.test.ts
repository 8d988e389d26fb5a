import assert from 'node:assert/strict';
import { readAll } from '../../../src/commands/intake/read-all.ts';
import { UpstreamError } from '../../../src/core/model/errors.ts';
import type { Intake, Taken } from '../../../src/core/ports/events/intake.ts';
import type { World } from '../../../src/app/world.ts';
import { scopeOf } from '../../support/build/scope.ts';
import { fakeStore } from '../../support/events/fake-store.ts';

const TAKEN: Taken = { read: 2, stored: 1, repeats: 1, rejects: 0, issues: new Set(['7']), isDrained: true };

/** Looks that come to these, one after the other; then it is stopped. */
function lookingAt(...looks: readonly (Taken | Error)[]) {
  const stop = new AbortController();
  const [out, err, slept]: [string[], string[], number[]] = [[], [], []];
  const left = [...looks];
  const intake: Intake = {
    name: 'shop',
    take() {
      const next = left.shift()!;
      if (left.length === 0) stop.abort();
      return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
    },
  };
  const world = {
    shutdown: stop.signal,
    sleep: async (ms: number) => void slept.push(ms),
    out: { write: (line: string) => out.push(line) },
    err: { write: (line: string) => err.push(line) },
  } as unknown as World;
  const program = { openScope: () => ({ ...scopeOf(), close: () => undefined }), redact: (text: string) => text };
  const read = (isOnce: boolean): Promise<number> =>
    readAll([intake], fakeStore(), { isOnce, limit: undefined, json: true }, { world, program });
  return { read, out, err, slept };
}

describe('reading intakes until it is stopped', () => {
  it('goes on after nothing was left, and says at the end what all of it came to', async () => {
    const it = lookingAt(TAKEN, TAKEN, { ...TAKEN, issues: new Set(['7', '8']) });
    assert.equal(await it.read(false), 0);
    assert.deepEqual(it.out, ['{"intake":"shop","read":6,"stored":3,"repeats":3,"rejects":0,"issues":2}\n']);
    assert.deepEqual(it.slept.slice(0, 2), [1_000, 1_000]);
  });

  it('says trouble once, tries again after half a minute, and says it anew when it was over in between', async () => {
    const trouble = new UpstreamError('no way to the queue', { service: 'shop', retryable: true });
    const it = lookingAt(trouble, trouble, TAKEN, trouble);
    assert.equal(await it.read(false), 1);
    assert.deepEqual(it.err, ['shop: no way to the queue\n', 'shop: no way to the queue\n']);
    assert.deepEqual(it.slept.slice(0, 3), [30_000, 30_000, 1_000]);
  });

  it('once reads on at once while something is left', async () => {
    const it = lookingAt({ ...TAKEN, isDrained: false }, TAKEN, TAKEN);
    assert.equal(await it.read(true), 0);
    assert.deepEqual(it.slept, []);
    assert.match(it.out[0]!, /"read":4,/);
  });
});
