import type { History } from '../../core/ports/history.ts';
import type { Health } from '../../core/ports/ledger.ts';
import type { Database } from './database.ts';

/**
 * Where a write failed, tries to write as a run does, one at a time. NOTE: nobody waits for it: who holds a lock must
 * not hold up the answer.
 */
export type Proof = () => void;

export function proofOf(database: Database): Proof {
  let trying: Promise<unknown> | null = null;
  return () => {
    if (database.failure() === null) return;
    trying ??= database
      .prove()
      .catch(() => undefined)
      .finally(() => (trying = null));
  };
}

/** Whether it answers, and no write failed since the last proof. */
export async function healthOf(database: Database, proof: Proof): Promise<Health> {
  try {
    const { db } = await database.ready();
    await db.selectFrom('sentry_monitor_schema').select('version').where('version', '=', 0).execute();
    if (database.failure() === null) return 'ready';
    proof();
    return 'down';
  } catch {
    return 'down';
  }
}

/** A history whose runs end with a proof where one is needed, so that what passed is seen although nobody asks. */
export function proving(history: History, proof: Proof): History {
  return { ...history, ended: (run) => history.ended(run).finally(proof) };
}
