import assert from 'node:assert/strict';
import type { Hold } from '../../../src/core/ports/claims.ts';
import { COUNTER } from '../../../src/core/ports/recounts.ts';
import { sqlClaims } from '../../../src/storage/ledger/claims.ts';
import { sqlHistory } from '../../../src/storage/ledger/history.ts';
import { keepReports } from '../../../src/storage/ledger/keep-reports.ts';
import { prune, pruning } from '../../../src/storage/ledger/prune.ts';
import { sqlRecounts } from '../../../src/storage/ledger/recounts.ts';
import { createLogBook } from '../../support/build/scope.ts';
import { issueOf, reportOf, WINDOW } from '../../support/build/reports.ts';
import { claimsDeps, KINDS, type LedgerBox } from '../../support/ledger/ledgers.ts';
import { until } from '../../support/time/until.ts';
import { createClock } from '../../support/time/clock.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

for (const { kind, open } of KINDS) {
  describe(`what a ledger in ${kind} forgets`, () => {
    let box: LedgerBox;
    beforeEach(async () => (box = await open()));
    afterEach(() => box.close());

    /** Everything is made older by direct means: a real clock cannot be moved. */
    async function age(ms: number): Promise<void> {
      const { db } = await box.database.ready();
      await db
        .updateTable('sentry_monitor_claims')
        .set(({ eb }) => ({ created_at: eb('created_at', '-', ms) }))
        .execute();
      await db
        .updateTable('sentry_monitor_reports')
        .set(({ eb }) => ({ recorded_at: eb('recorded_at', '-', ms) }))
        .execute();
      await db
        .updateTable('sentry_monitor_runs')
        .set(({ eb }) => ({ started_at: eb('started_at', '-', ms) }))
        .execute();
    }

    async function counts(): Promise<readonly (number | boolean)[]> {
      const { db } = await box.database.ready();
      const claims = await db.selectFrom('sentry_monitor_claims').select('items').execute();
      const reports = await db.selectFrom('sentry_monitor_reports').select('issues').execute();
      const runs = await db.selectFrom('sentry_monitor_runs').select('run_id').execute();
      return [
        claims.length,
        claims.filter(({ items }) => items !== null).length,
        reports.length,
        reports.filter(({ issues }) => issues !== null).length,
        runs.length,
      ];
    }

    it('what was counted again, and who did, after 48 hours', async () => {
      const [{ db }, recounts] = [await box.database.ready(), sqlRecounts(box.database)];
      const found = {
        reportId: 'crm@2026-11-20T10:00:00.000Z',
        filter: 'crm',
        window: WINDOW,
        revision: 1,
        events: { first: 3, now: 4 },
      };
      await recounts.note([found]);
      await sqlClaims(box.database, claimsDeps).claim(
        [
          { reportId: found.reportId, revision: 0, sink: COUNTER },
          { reportId: found.reportId, revision: 1, sink: 'one' },
        ],
        1000,
      );
      const left = async () => [
        (await recounts.shares(['crm'], 0)).length,
        (await db.selectFrom('sentry_monitor_claims').select('sink').orderBy('sink').execute()).map(({ sink }) => sink),
      ];
      const older = async (ms: number): Promise<void> => {
        await age(ms);
        await db
          .updateTable('sentry_monitor_recounts')
          .set(({ eb }) => ({ recorded_at: eb('recorded_at', '-', ms) }))
          .execute();
        await prune(box.database, 30);
      };
      await older(2 * DAY - HOUR);
      assert.deepEqual(await left(), [1, [COUNTER, 'one']]);
      await older(2 * HOUR);
      assert.deepEqual(await left(), [0, ['one']]);
    });

    it('nothing after its end, and says nothing of what that cut off', async () => {
      const log = createLogBook();
      let [asked, isClosed] = [0, false];
      const database = {
        ...box.database,
        isClosed: () => isClosed,
        ready: async () => {
          asked++;
          if (isClosed) throw new Error('driver has already been destroyed');
          return box.database.ready();
        },
      };
      const keeping = { retentionDays: 30, messageDays: 15, eventDays: 14 };
      const history = pruning(sqlHistory(box.database, claimsDeps), database, keeping, { ...createClock(), log });
      await history.ended({ runId: 'none', outcome: 'ok', sourceRequests: 1, sinkRequests: 1, clockSkewMs: 0 });
      isClosed = true;
      await until('all was tried', () => asked >= 4);
      await new Promise((done) => setImmediate(done));
      assert.deepEqual(log.texts(), []);
    });

    it('nothing while the source has another time, or time leapt and no source said anything', async () => {
      const [clock, log] = [createClock(), createLogBook()];
      const kept = sqlHistory(box.database, claimsDeps);
      const history = pruning(
        kept,
        box.database,
        { retentionDays: 30, messageDays: 15, eventDays: 14 },
        { ...clock, log },
      );
      let runs = 0;
      /** Another old run is there, and one ends so many hours later. */
      const leftAfter = async (hours: number, clockSkewMs: number | null): Promise<unknown> => {
        await history.began({ runId: `run-${++runs}`, window: WINDOW, reports: 1 });
        await age(31 * DAY);
        clock.advance(hours * HOUR);
        await history.ended({ runId: 'none', outcome: 'ok', sourceRequests: 1, sinkRequests: 1, clockSkewMs });
        return (await counts()).at(-1);
      };
      assert.equal(await leftAfter(0, 40_000), 1);
      assert.equal(await leftAfter(1, 20_000), 0);
      assert.equal(await leftAfter(3, null), 1, 'it leapt');
      assert.equal(await leftAfter(3, null), 0, 'runs are hours apart');
      assert.equal(await leftAfter(1, null), 0);
      assert.equal(await leftAfter(3, 1_000), 0, 'the source has the same time');
      assert.deepEqual(log.texts(), Array(2).fill('ledger: nothing is pruned: the clock is doubted'));
    });

    it('issue rows and unsent items after 48 hours, the rest after RETENTION_DAYS, looked at once an hour', async () => {
      const clock = createClock();
      const history = pruning(
        sqlHistory(box.database, claimsDeps),
        box.database,
        { retentionDays: 30, messageDays: 15, eventDays: 14 },
        { ...clock, log: createLogBook() },
      );
      const run = async (): Promise<void> => {
        await history.began({ runId: 'run-1', window: WINDOW, reports: 1 });
        await history.ended({ runId: 'run-1', outcome: 'ok', sourceRequests: 1, sinkRequests: 1 });
      };
      await run();
      const report = reportOf({ id: 'a', issues: [issueOf({ trending: true })] });
      const key = { reportId: 'a', revision: 0, sink: 'one' };
      const [claimed] = await sqlClaims(box.database, claimsDeps).claim([key], 1000);
      const hold: Hold = { key, token: claimed?.status === 'ours' ? claimed.token : '' };
      assert.deepEqual(
        await keepReports(
          await box.database.ready(),
          [{ report, parcels: [{ ...hold, items: [{ key: 'k', body: { a: 1 } }] }] }],
          'host-1',
        ),
        [[true]],
      );
      await age(2 * DAY - HOUR);
      clock.advance(HOUR);
      await run();
      assert.deepEqual(await counts(), [1, 1, 1, 1, 1]);
      await age(2 * HOUR);
      await run();
      assert.deepEqual(await counts(), [1, 1, 1, 1, 1], 'not before an hour is over');
      clock.advance(HOUR);
      await run();
      assert.deepEqual(await counts(), [1, 0, 1, 0, 1]);
      assert.deepEqual((await history.get(['a'])).get('a')?.listed, []);
      assert.equal((await history.get(['a'])).get('a')?.totals.length, 2);
      await age(28 * DAY);
      clock.advance(HOUR);
      await run();
      assert.deepEqual(await counts(), [0, 0, 0, 0, 0]);
    });
  });
}
