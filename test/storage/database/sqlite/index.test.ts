import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { sql } from 'kysely';
import { createDatabase } from '../../../../src/storage/database/database.ts';
import type { Engine } from '../../../../src/storage/database/engine.ts';
import { createLogBook } from '../../../support/build/scope.ts';
import { type LedgerBox, sqliteBox } from '../../../support/ledger/ledgers.ts';
import { holdLock } from '../../../support/ledger/lock-holder.ts';
import { endProcesses } from '../../../support/process/processes.ts';

const pathOf = ({ url }: LedgerBox): string => url.slice('sqlite:'.length);

const LOCKED = 'the ledger is locked by another process: database is locked';

/** A write that changes nothing. */
const write = ({ db }: Engine): Promise<unknown> =>
  db.updateTable('sentry_monitor_schema').set({ name: 'empty' }).where('version', '=', 0).execute();

/** How much of the time that `work` took was the longest span in which nothing else could be done here: at most 1. */
async function longestHold(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  let [last, longest] = [began, 0];
  const look = (): void => {
    const now = performance.now();
    [last, longest] = [now, Math.max(longest, now - last)];
  };
  const timer = setInterval(look, 5);
  await work();
  look();
  clearInterval(timer);
  return longest / (last - began);
}

describe('a ledger in SQLite', () => {
  let box: LedgerBox;
  let engine: Engine;
  beforeEach(async () => {
    box = await sqliteBox();
    engine = await box.database.ready();
  });
  afterEach(async () => {
    await endProcesses();
    await box.close();
  });

  it('that another process has locked: does not hold up the process, is read, and says so when it waited 5 s in vain', async () => {
    const holder = await holdLock(pathOf(box));
    const longest = await longestHold(() => assert.rejects(write(engine), { name: 'LedgerTrouble', message: LOCKED }));
    assert.ok(longest < 0.5, `${longest} of the time`);
    let isWritten = false;
    const waiting = write(engine).then(() => (isWritten = true));
    assert.ok((await engine.db.selectFrom('sentry_monitor_schema').selectAll().execute()).length > 1);
    assert.ok(!isWritten, 'who reads waits for nobody');
    await holder.release();
    await waiting;
  });

  it('does not hold up the process with a statement that takes long', async () => {
    const slow = sql`with recursive n(i) as (select 1 union all select i + 1 from n where i < 3000000) select count(*) from n`;
    const longest = await longestHold(() => slow.execute(engine.db));
    assert.ok(longest < 0.5, `${longest} of the time`);
  });

  it('lets one transaction in after the other: none sees or undoes the writes of another', async () => {
    const seen: number[] = [];
    await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        engine.db
          .transaction()
          .execute(async (trx) => {
            await trx
              .insertInto('sentry_monitor_schema')
              .values({ version: 100 + n, name: 'n', breaking: 0 })
              .execute();
            const { count } = await trx
              .selectFrom('sentry_monitor_schema')
              .select(({ fn }) => fn.countAll<number>().as('count'))
              .where('version', '>=', 100)
              .executeTakeFirstOrThrow();
            seen.push(count);
            if (n % 2 === 1) throw new Error('back');
          })
          .catch(() => undefined),
      ),
    );
    // Every second one was committed: each sees those before it, and its own.
    assert.deepEqual(seen, [1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11]);
  });

  it('on a full disk: says that the disk is full, and works on when there is room again', async () => {
    const { rows } = await sql<{ readonly page_count: number }>`PRAGMA page_count`.execute(engine.db);
    await sql`PRAGMA max_page_count = ${sql.lit(rows[0]!.page_count)}`.execute(engine.db);
    const fill = (): Promise<unknown> =>
      engine.db
        .insertInto('sentry_monitor_schema')
        .values({ version: 50, name: 'x'.repeat(100_000), breaking: 0 })
        .execute();
    await assert.rejects(fill(), {
      name: 'LedgerTrouble',
      message: 'the ledger has no room, its disk is full: database or disk is full',
    });
    const full = 'the ledger has no room, its disk is full: database or disk is full';
    await engine.db.deleteFrom('sentry_monitor_schema').where('version', '=', 50).execute();
    assert.equal(box.database.failure(), full, 'a small write passes all the same, and proves nothing');
    await assert.rejects(box.database.prove(), { message: full });
    assert.equal(box.database.failure(), full);
    await sql`PRAGMA max_page_count = 100000`.execute(engine.db);
    await box.database.prove();
    assert.equal(box.database.failure(), null);
    await fill();
  });

  it('whose file cannot be opened: says so, and is opened when it can be', async () => {
    const path = `${pathOf(box)}-folder/ledger.db`;
    const database = createDatabase(`sqlite:${path}`, { now: box.clock.now, leaseMs: 30_000, log: createLogBook() });
    await assert.rejects(database.ready(), {
      message: 'the ledger cannot be opened, check the folder and its rights: unable to open database file',
    });
    mkdirSync(`${pathOf(box)}-folder`);
    await write(await database.ready());
    await database.close();
  });
});
