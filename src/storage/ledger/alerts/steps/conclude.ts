import { sql } from 'kysely';
import type { Conclusion } from '../../../../core/ports/alerting/alert-store.ts';
import type { Engine } from '../../../database/engine.ts';
import { clearStates } from '../decided.ts';
import { lockHeads, writeHeads } from '../heads.ts';
import { keepWindows } from '../windows.ts';
import { writeDecided } from './write-decided.ts';
import { forgetParts, keepNext, partsOf, putAside } from './parts.ts';
import { type Aside, copyStates, copyWindow, textsOf } from './texts.ts';

/** The number of the lock with which a decision begins. */
export function begin(engine: Engine, filter: string): Promise<number> {
  return engine.db.transaction().execute(async (db) => {
    await lockHeads({ ...engine, db }, [filter]);
    const { number } = await db
      .selectFrom('sentry_monitor_rule_heads')
      .select('number')
      .where('filter', '=', filter)
      .executeTakeFirstOrThrow();
    return number;
  });
}

/** Where rows are locked one by one, only who decides the same filter waits: all of it is one transaction. */
export function conclude(engine: Engine, conclusion: Conclusion): Promise<boolean> {
  return engine.locksRows ? atOnce(engine, conclusion) : inSteps(engine, conclusion);
}

function atOnce(engine: Engine, { filter, number, facts, decided }: Conclusion): Promise<boolean> {
  return ifUntouched(engine, { filter, number, writing: null }, async (trx) => {
    await keepWindows(trx, [facts]);
    await writeDecided(trx, decided);
  });
}

/**
 * First all that is large is put aside. Then the decision takes effect in one transaction that is short, if nobody has
 * had the lock since: from there on it is certain. At last what it tells is kept where it belongs, part by part; until
 * the last one is, the filter's tellings wait.
 */
async function inSteps(engine: Engine, conclusion: Conclusion): Promise<boolean> {
  const { filter, number, decided } = conclusion;
  await putAside(engine, conclusion, asideOf(conclusion));
  const isCertain = await ifUntouched(engine, { filter, number, writing: number }, async (trx) => {
    await copyWindow(trx, conclusion);
    await writeHeads(trx, decided.heads);
    await clearStates(trx, decided.states);
    await copyStates(trx, conclusion);
  });
  if (!isCertain) {
    await forgetParts(engine, filter, '=', number);
    return false;
  }
  while (await keepNext(engine, filter, number));
  await forgetParts(engine, filter, '<', number);
  return true;
}

function* asideOf(conclusion: Conclusion): Generator<Aside> {
  yield* textsOf(conclusion);
  yield* partsOf(conclusion.decided);
}

/** Acts in a transaction if nobody has had the lock since the number was given; else false. */
function ifUntouched(
  engine: Engine,
  { filter, number, writing }: { readonly filter: string; readonly number: number; readonly writing: number | null },
  act: (trx: Engine) => Promise<void>,
): Promise<boolean> {
  return engine.db.transaction().execute(async (db) => {
    const { numUpdatedRows } = await db
      .updateTable('sentry_monitor_rule_heads')
      .set({ number: sql<number>`number + 1`, writing })
      .where('filter', '=', filter)
      .where('number', '=', number)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return false;
    await act({ ...engine, db });
    return true;
  });
}
