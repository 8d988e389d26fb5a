import assert from 'node:assert/strict';
import type { BackupMade } from '../../../src/core/backup/make.ts';
import { type BackupDeps, createBackupWork } from '../../../src/core/backup/work.ts';
import type { BackupPlan } from '../../../src/core/ports/backup/plan.ts';
import { everyRun } from '../../../src/core/schedules/runs.ts';
import { scopeOf } from '../../support/build/scope.ts';
import { createClock } from '../../support/time/clock.ts';

const HOUR = 3_600_000;
const TEN = Date.UTC(2026, 10, 20, 10);
const PLAN: BackupPlan = { at: { kind: 'every', everyMs: 24 * HOUR }, to: '/b', keepDays: 60, where: 'f.yaml:1' };
const GOOD: BackupMade = {
  items: [{ item: 'ledger', name: 'm_1_ledger.sqlite.gz', bytes: 7, said: '3 rows' }],
  deleted: [],
  kept: [],
};
const BAD: BackupMade = { ...GOOD, items: [...GOOD.items, { item: 'config', fault: 'ENOSPC: no space left' }] };

/** A ledger's table as far as one row goes, a clock that stands, and what was said. */
function stage(more: Partial<BackupDeps> = {}) {
  const told: (readonly [string, string, readonly string[]])[] = [];
  const asked: string[] = [];
  const at = { now: TEN };
  let row = { slot: -Infinity, again: null as number | null, failures: 0 };
  let made: BackupMade | Error = GOOD;
  const clock = createClock(() => true);
  const deps: BackupDeps = {
    plan: () => PLAN,
    store: {
      now: async () => at.now,
      async claim(name, { slot }) {
        asked.push(name);
        const isDue = slot > row.slot || (row.again !== null && row.again <= at.now);
        if (!isDue) return null;
        row = { ...row, slot };
        return { token: 't', failures: row.failures };
      },
      async renew() {
        asked.push('renew');
        return true;
      },
      settle: async (_token, { failures, againAt }) => void (row = { ...row, failures, again: againAt }),
    },
    admin: { tell: async (kind, line, details = []) => (told.push([kind, line, details]), true) },
    nextRun: () => everyRun(24 * HOUR),
    make: async () => {
      if (made instanceof Error) throw made;
      return made;
    },
    sure: (shared) => shared - 1,
    leaseMs: 60_000,
    sleep: clock.sleep,
    shutdown: new AbortController().signal,
    ...more,
  };
  const comes = (next: BackupMade | Error): void => void (made = next);
  return { work: createBackupWork(deps), deps, told, asked, at, comes, clock, row: () => row };
}

describe('a backup that is due', () => {
  it('is made at once the first time, then once at each instant, and the ledger is not asked in between', async () => {
    const { work, told, asked, at } = stage();
    const done = { kind: 'backup', name: 'ledger', left: 0, status: 'done' };
    const detail = 'm_1_ledger.sqlite.gz, 7 bytes, restored and compared: 3 rows';
    assert.deepEqual(await work(scopeOf()), [{ ...done, detail }]);
    at.now += 60_000;
    assert.deepEqual(await work(scopeOf()), []);
    assert.equal(asked.length, 1);
    at.now = TEN + 13 * HOUR;
    assert.deepEqual(await work(scopeOf()), []);
    at.now = TEN + 14 * HOUR;
    assert.equal((await work(scopeOf())).length, 1);
    assert.deepEqual(told, []);
  });

  it('is none where no file says so', async () => {
    const { work, asked } = stage({ plan: () => undefined });
    assert.deepEqual([await work(scopeOf()), asked], [[], []]);
  });

  it('is made by the times of the shared clock, as far as they are sure', async () => {
    const seen: unknown[] = [];
    const { work } = stage({ make: async (plan, times) => (seen.push(plan.to, times), GOOD) });
    await work(scopeOf());
    assert.deepEqual(seen, ['/b', { now: TEN, sure: TEN - 1 }]);
  });

  it('that fails is told once with what did not, and tried again later and later; then all is well', async () => {
    const { work, told, at, comes, row } = stage();
    comes(BAD);
    const done = await work(scopeOf());
    assert.deepEqual(
      done.map(({ name, status, detail }) => [name, status, detail.slice(0, 6)]),
      [
        ['ledger', 'done', 'm_1_le'],
        ['config', 'failed', 'ENOSPC'],
      ],
    );
    const lines = ['ledger: m_1_ledger.sqlite.gz, whole', 'config failed: ENOSPC: no space left'];
    const line = 'Backup to /b: 1 of 2 failed. Nothing old was deleted. It is tried again in 1 h.';
    assert.deepEqual(told, [['backup', line, lines]]);
    at.now += HOUR;
    await work(scopeOf());
    assert.match(told[1]![1], /again in 2 h/);
    at.now += HOUR;
    assert.deepEqual(await work(scopeOf()), [], 'not yet');
    at.now += HOUR;
    comes({ ...GOOD, kept: ['old.gz: EACCES'] });
    await work(scopeOf());
    assert.deepEqual(told.slice(2), [
      ['backup again', 'Backup to /b: all is well again.', []],
      ['backup old', 'Backup to /b: what is too old could not be deleted.', ['old.gz: EACCES']],
    ]);
    assert.deepEqual([row().failures, row().again], [0, null]);
  });

  it('is tried again within a day at the latest', async () => {
    const { work, told, at, comes } = stage();
    comes(BAD);
    for (let times = 0; times < 8; times++) {
      await work(scopeOf());
      at.now += 25 * HOUR;
    }
    assert.match(told.at(-1)![1], /again in 24 h/);
  });

  it('keeps its claim while it lasts, and no longer', async () => {
    let finish = (): void => undefined;
    const make = (): Promise<BackupMade> => new Promise((done) => (finish = () => done(GOOD)));
    const { work, asked, clock } = stage({ make });
    const going = work(scopeOf());
    const tick = (): Promise<void> => new Promise((done) => setImmediate(done));
    for (let n = 0; n < 2; n++) {
      await tick();
      clock.advance(20_000);
    }
    await tick();
    finish();
    await going;
    await tick();
    clock.advance(60_000);
    await tick();
    assert.deepEqual(asked, ['backup', 'renew', 'renew']);
  });

  it('is over when its claim was lost, or the ledger is away meanwhile: what was made stays made', async () => {
    for (const renew of [async () => false, async () => Promise.reject(new Error('away'))]) {
      let finish = (): void => undefined;
      const own = stage();
      const store = { ...own.deps.store, renew };
      const make = (): Promise<BackupMade> => new Promise((done) => (finish = () => done(GOOD)));
      const going = createBackupWork({ ...own.deps, store, make })(scopeOf());
      await new Promise((done) => setImmediate(done));
      own.clock.advance(20_000);
      await new Promise((done) => setImmediate(done));
      finish();
      assert.equal((await going).length, 1);
    }
  });
});
