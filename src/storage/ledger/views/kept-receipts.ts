import { type RawBuilder, sql } from 'kysely';
import type { ReceiptSeen } from '../../../core/ports/read-model.ts';
import type { Engine } from '../../database/engine.ts';
import { NAMED, named } from '../../database/given-rows.ts';
import { receiptIn } from '../codec.ts';
import { inOrder, type ReadList, unlessSame } from './unless-same.ts';

/** Receipts kept: each takes half a kilobyte. */
const MOST = 4_000;

interface Kept {
  /** All that the row says, as text. */
  readonly said: string;
  readonly seen: ReceiptSeen;
}

/** Reads receipts by their claims. What says the same as before is the very same object. */
export function keptReceipts(): ReadList<ReceiptSeen> {
  const kept = new Map<string, Kept>();
  return unlessSame(saidOf, async ({ db, clock }, claims) => {
    const rows = await db
      .selectFrom('sentry_monitor_claims')
      .select(['claim', 'report_id', 'revision', 'sink', 'server', 'done', 'receipt', isHeld(clock).as('held')])
      .where('claim', 'in', claims)
      .execute();
    const list = rows.map((row) => {
      const said = wordsOf(row);
      const old = kept.get(row.claim);
      const it = old?.said === said ? old : { said, seen: seenIn(row) };
      kept.delete(row.claim);
      kept.set(row.claim, it);
      return it.seen;
    });
    for (const claim of kept.keys()) if (kept.size > MOST) kept.delete(claim);
    const said = rows.map((row) => [row.claim, `${row.claim}${wordsOf(row)}`] as const);
    return { list, said: inOrder(said).join(';') };
  });
}

/** As `saidOf` has it. */
function wordsOf({ done, held, server, receipt }: Pick<Row, 'done' | 'held' | 'server' | 'receipt'>): string {
  return `${done} ${held} ${server} ${receipt ?? ''}`;
}

function isHeld(clock: Engine['clock']): RawBuilder<number> {
  return sql<number>`case when lease_until > ${clock()} then 1 else 0 end`;
}

async function saidOf({ db, clock, given }: Engine, claims: readonly string[]): Promise<string> {
  const { rows } = await sql<{ readonly said: string | null }>`
    select string_agg(claim || done || ' ' || ${isHeld(clock)} || ' ' || server || ' ' || coalesce(receipt, ''), ';'
      order by claim) as said
    from ${given(NAMED, named(claims))} as given join sentry_monitor_claims on claim = given.name`.execute(db);
  return rows[0]?.said ?? '';
}

interface Row {
  readonly report_id: string;
  readonly revision: number;
  readonly sink: string;
  readonly server: string;
  readonly done: number;
  readonly held: number;
  readonly receipt: string | null;
}

function seenIn(row: Row): ReceiptSeen {
  return {
    key: { reportId: row.report_id, revision: row.revision, sink: row.sink },
    server: row.server,
    receipt: row.receipt === null ? null : receiptIn(row.receipt),
    state: stateOf(row.done === 1, row.held === 1),
  };
}

function stateOf(isDone: boolean, isHeld: boolean): 'done' | 'in hand' | 'open' {
  if (isDone) return 'done';
  return isHeld ? 'in hand' : 'open';
}
