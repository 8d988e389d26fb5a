import assert from 'node:assert/strict';
import { dirname } from 'node:path';
import type { OwnBooks } from '../../../../src/core/ports/alerting/own-books.ts';
import { sqlOutbox } from '../../../../src/storage/ledger/outbox/index.ts';
import { writeTellings } from '../../../../src/storage/ledger/outbox/tellings.ts';
import { sqlOwnBooks } from '../../../../src/storage/ledger/own/index.ts';
import { prune } from '../../../../src/storage/ledger/prune.ts';
import { messageIn, tellingIn } from '../../../support/alerting/stage.ts';
import { claimsDeps, KINDS, type LedgerBox } from '../../../support/ledger/ledgers.ts';

const HOUR_MS = 3_600_000;
/** 2026-11-20T10:00Z */
const AT = 1_795_168_800_000;
const DAY_MS = 24 * HOUR_MS;
const JOB = { kind: 'backup', name: 'nightly' } as const;
/** What no column of PostgreSQL takes as it is. */
const ODD = 'a\u0000b \ud83d';

for (const { kind, open } of KINDS)
  describe(`what the service keeps of itself in ${kind}`, () => {
    let box: LedgerBox;
    let own: OwnBooks;
    before(async () => {
      box = await open();
      own = sqlOwnBooks(box.database, box.url);
    });
    after(() => box.close());

    it('has jobs by server, and what a server does not know stays', async () => {
      await own.jobs.note('host-1', []);
      await own.jobs.note('host-1', [
        { ...JOB, good: { at: 1, detail: ODD }, failed: null },
        { kind: 'digest', name: 'crm', good: null, failed: { at: 2, detail: '' } },
      ]);
      await own.jobs.note('host-1', [{ ...JOB, good: null, failed: { at: 3, detail: 'disk full' } }]);
      await own.jobs.note('host-2', [{ ...JOB, good: { at: 4, detail: 'compared' }, failed: null }]);
      assert.deepEqual(await own.jobs.all(), [
        { ...JOB, server: 'host-1', good: { at: 1, detail: ODD }, failed: { at: 3, detail: 'disk full' } },
        { ...JOB, server: 'host-2', good: { at: 4, detail: 'compared' }, failed: null },
        { kind: 'digest', name: 'crm', server: 'host-1', good: null, failed: { at: 2, detail: '' } },
      ]);
    });

    it('leaves out kinds of work that a newer program has', async () => {
      const { db } = await box.database.ready();
      const row = { kind: 'tea', name: 'x', server: 'host-1', good_at: 1, good: '', failed_at: null, failed: null };
      await db.insertInto('sentry_monitor_jobs').values(row).execute();
      assert.ok((await own.jobs.all()).every(({ name }) => name !== 'x'));
    });

    it('forgets what nobody has done for three months', async () => {
      const now = await box.now();
      const good = (days: number) => ({ at: now - days * DAY_MS, detail: '' });
      await own.jobs.note('host-1', [
        { kind: 'backup', name: 'young', good: good(200), failed: good(89) },
        { kind: 'backup', name: 'old', good: good(91), failed: null },
      ]);
      await prune(box.database, 30);
      assert.deepEqual(
        (await own.jobs.all()).map(({ name }) => name),
        ['young'],
      );
    });

    it('counts what fell into a span, its beginning and not its end', async () => {
      const { db } = await box.database.ready();
      const engine = { ...(await box.database.ready()), db };
      const outbox = sqlOutbox(box.database, claimsDeps);
      for (const [id, at] of [
        ['a', AT - 1],
        ['b', AT],
        ['c', AT + HOUR_MS - 1],
        ['d', AT + HOUR_MS],
      ] as const)
        await outbox.post('crm', messageIn(id), at);
      const token = await outbox.lease('crm', 1000);
      const [first] = await outbox.listed({ id: 'b', limit: 1 });
      await outbox.note('crm', token!, { ...first!, fate: 'sent' });
      await writeTellings(engine, [
        tellingIn('boss', 'crm', AT, { decidedAt: AT }),
        tellingIn('boss', 'crm', AT + HOUR_MS, { decidedAt: AT + HOUR_MS }),
      ]);
      const run = { server: 'host-1', process: null, window_start: AT, source_requests: null, sink_requests: null };
      const runs = [
        ['1', AT, 'ok'],
        ['2', AT + 1, 'ok'],
        ['3', AT + 2, null],
        ['4', AT + HOUR_MS, 'ok'],
      ] as const;
      await db
        .insertInto('sentry_monitor_runs')
        .values(
          runs.map(([id, at, outcome]) => ({
            ...run,
            run_id: id,
            started_at: at,
            ended_at: null,
            outcome,
            reports: 0,
          })),
        )
        .execute();
      await db
        .insertInto('sentry_monitor_event_reject_hours')
        .values([
          { project: 'shop', hour_start: AT - HOUR_MS, rejects: 7, notes: 7 },
          { project: 'shop', hour_start: AT, rejects: 2, notes: 1 },
          { project: 'shop', hour_start: AT + HOUR_MS, rejects: 7, notes: 7 },
        ])
        .execute();
      const { runs: counted, ...others } = await own.accounts({ start: AT, end: AT + HOUR_MS });
      assert.deepEqual(
        new Set(counted),
        new Set([
          { outcome: 'ok', count: 2, last: AT + 1 },
          { outcome: null, count: 1, last: AT + 2 },
        ]),
      );
      assert.deepEqual(others, {
        messages: [
          { channel: 'crm', fate: 'pending', count: 1 },
          { channel: 'crm', fate: 'sent', count: 1 },
        ],
        held: [{ channel: 'boss', fate: 'pending', count: 1 }],
        rejects: [{ intake: 'shop', rejects: 2, notes: 1 }],
      });
    });

    it('knows what its tables take, and their version', async () => {
      const size = await own.size();
      assert.ok(size.bytes > 100_000, String(size.bytes));
      assert.equal(size.schema, size.newest);
      const path = box.url.replace('sqlite:', '');
      const here = kind === 'SQLite' ? ['SQLite', 0, dirname(path)] : ['PostgreSQL', null, null];
      assert.deepEqual([size.kind, size.free, size.folder], here);
    });
  });
