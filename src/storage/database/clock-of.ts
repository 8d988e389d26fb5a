import { sql } from 'kysely';
import type { Engine } from './engine.ts';

/** What the database's clock says, epoch ms. */
export async function clockOf({ db, clock }: Engine): Promise<number> {
  const { rows } = await sql<{ at: number }>`select ${clock()} as at`.execute(db);
  return rows[0]!.at;
}
