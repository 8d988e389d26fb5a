import { type Kysely, sql } from 'kysely';
import type { Log } from '../../../core/ports/scope.ts';
import type { Tables } from '../tables.ts';

/** So many pages (of 4 kB) are given back at once: other statements come in between. */
const PAGES_A_STEP = 256;
/** What `auto_vacuum` says of a file that cannot shrink. */
const NONE = 0;

/**
 * Makes the file smaller by what was deleted. One that an earlier version made is written anew for that, once: until
 * it is done, statements wait.
 */
export async function giveBack(db: Kysely<Tables>, log: Log): Promise<void> {
  const before = await pages(db);
  if (before.free === 0) return;
  if (before.mode === NONE) await rewrite(db);
  await shrink(db);
  await sql`PRAGMA wal_checkpoint(TRUNCATE)`.execute(db);
  const after = await pages(db);
  log.info({ before: before.bytes, after: after.bytes }, 'ledger: room is given back');
}

/**
 * The file has no page that nothing is in, and nothing is beside it. `isRewritten`: it is written anew; others wait for
 * that, and it reaches what earlier versions left behind. Null: so it is; else what is in the way, for
 * people.
 */
export async function settle(db: Kysely<Tables>, isRewritten: boolean): Promise<string | null> {
  await (isRewritten ? rewrite(db) : shrink(db));
  const { rows } = await sql<{ readonly busy: number }>`PRAGMA wal_checkpoint(TRUNCATE)`.execute(db);
  if (rows[0]!.busy !== 0) return 'another process reads the ledger';
  const { free } = await pages(db);
  return free === 0 ? null : `the file has ${free} pages that nothing is in`;
}

async function shrink(db: Kysely<Tables>): Promise<void> {
  for (let { free } = await pages(db), last = Infinity; free > 0 && free < last;) {
    last = free;
    await sql`PRAGMA incremental_vacuum(${sql.lit(PAGES_A_STEP)})`.execute(db);
    ({ free } = await pages(db));
  }
}

/** NOTE: the mode alone changes nothing: it holds for the file that VACUUM writes. */
async function rewrite(db: Kysely<Tables>): Promise<void> {
  await sql`PRAGMA auto_vacuum = INCREMENTAL`.execute(db);
  await sql`VACUUM`.execute(db);
}

interface Pages {
  readonly mode: number;
  readonly free: number;
  readonly bytes: number;
}

async function pages(db: Kysely<Tables>): Promise<Pages> {
  const { rows } = await sql<Pages>`
    select auto_vacuum as mode, freelist_count as free, page_count * page_size as bytes
    from pragma_auto_vacuum, pragma_freelist_count, pragma_page_count, pragma_page_size`.execute(db);
  return rows[0]!;
}
