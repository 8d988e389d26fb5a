import { sql } from 'kysely';
import type { Conclusion } from '../../../../core/ports/alerting/alert-store.ts';
import type { Engine } from '../../../database/engine.ts';
import { clearStates } from '../decided.ts';
import { lockHeads, writeHeads } from '../heads.ts';
import { forgetParts, keepNext, partsOf, putAside } from './parts.ts';
import { copyStates, copyWindow, textsOf } from './texts.ts';

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

/**
 * First all that is large is put aside. Then the decision takes effect in one transaction that is short, if nobody has
 * had the lock since: from there on it is certain. At last what it tells is kept where it belongs, part by part; until
 * the last one is, the filter's tellings wait.
 */
export async function conclude(engine: Engine, conclusion: Conclusion): Promise<boolean> {
  const { filter, number } = conclusion;
  await putAside(engine, conclusion, [...textsOf(conclusion), ...partsOf(conclusion.decided)]);
  if (!(await takeEffect(engine, conclusion))) {
    await forgetParts(engine, filter, '=', number);
    return false;
  }
  while (await keepNext(engine, filter, number));
  await forgetParts(engine, filter, '<', number);
  return true;
}

function takeEffect(engine: Engine, conclusion: Conclusion): Promise<boolean> {
  const { filter, number, decided } = conclusion;
  return engine.db.transaction().execute(async (db) => {
    const trx = { ...engine, db };
    const { numUpdatedRows } = await db
      .updateTable('sentry_monitor_rule_heads')
      .set({ number: sql<number>`number + 1`, writing: number })
      .where('filter', '=', filter)
      .where('number', '=', number)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return false;
    await copyWindow(trx, conclusion);
    await writeHeads(trx, decided.heads);
    await clearStates(trx, decided.states);
    await copyStates(trx, conclusion);
    return true;
  });
}
