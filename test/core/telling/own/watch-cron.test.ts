import assert from 'node:assert/strict';
import { LOOK_MS, watchCron } from '../../../../src/core/telling/own/watch-cron.ts';
import type { RunKind } from '../../../../src/core/ports/order.ts';
import { createLogBook, scopeOf } from '../../../support/build/scope.ts';
import { createClock, NOW } from '../../../support/time/clock.ts';

const MINUTE_MS = 60_000;

function stage(newestRun: () => number | null = () => null, isWanted = () => true) {
  const clock = createClock((ms) => ms === LOOK_MS);
  const told: string[] = [];
  const end = new AbortController();
  const watch = watchCron({
    ...clock,
    isWanted,
    newestRun: async () => newestRun(),
    tell: async (kind, line) => void told.push(`${String((clock.now() - NOW) / MINUTE_MS)} ${kind}: ${line}`),
    log: createLogBook(),
  });
  const gone = watch.go(end.signal);
  return {
    told,
    watch,
    clock,
    /** Minute by minute, so that each look has its turn. */
    async minutes(count: number) {
      for (let minute = 0; minute < count; minute++) {
        clock.advance(MINUTE_MS);
        for (let turn = 0; turn < 20; turn++) await Promise.resolve();
      }
    },
    run: (kind: RunKind) =>
      watch.listener.begun!({ kind, filters: [], window: { start: 0, end: 1 }, windowGiven: false }, scopeOf()),
    async close() {
      end.abort();
      await gone;
    },
  };
}

describe('the watch over the cron', () => {
  it('tells once that no run came for 15 minutes, and that runs come again', async () => {
    const { told, watch, minutes, run, close } = stage();
    await minutes(10);
    await run('plain');
    await minutes(14);
    assert.deepEqual([told, watch.awaySince()], [[], null]);
    await minutes(30);
    assert.equal(watch.awaySince(), NOW + 10 * MINUTE_MS);
    await run('debug');
    assert.notEqual(watch.awaySince(), null);
    await run('plain');
    assert.equal(watch.awaySince(), null);
    assert.deepEqual(told, [
      '25 cron: No run has come since 2026-11-20T10:17:30.000Z: nothing is read, and no alert is decided or sent.',
      '54 cron/back: Runs come again; there had been none since 2026-11-20T10:17:30.000Z.',
    ]);
    await close();
  });

  it('is content with runs of another server, and says nothing where nobody waits for alerts', async () => {
    let isOther = true;
    const other = stage(() => (isOther ? other.clock.now() - 5 * MINUTE_MS : null));
    await other.minutes(60);
    assert.deepEqual(other.told, []);
    isOther = false;
    await other.minutes(30);
    assert.equal(other.told.length, 1);
    await other.close();
    const idle = stage(undefined, () => false);
    await idle.minutes(60);
    assert.deepEqual([idle.told, idle.watch.awaySince()], [[], null]);
    await idle.close();
  });

  it('tells also when the ledger does not answer, and ends with its signal', async () => {
    const { told, clock, minutes, close } = stage(() => assert.fail('away'));
    await minutes(16);
    assert.equal(told.length, 1);
    await close();
    assert.equal(clock.slept.at(-1), LOOK_MS);
  });
});
