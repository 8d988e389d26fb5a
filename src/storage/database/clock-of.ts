import { sql } from 'kysely';
import type { Engine } from './engine.ts';

/** Clocks may differ by so much, ms: if they do by more, nobody knows what is old. */
export const MOST_SKEW_MS = 30_000;

/** What the database's clock says, epoch ms. */
export async function clockOf({ db, clock }: Engine): Promise<number> {
  const { rows } = await sql<{ at: number }>`select ${clock()} as at`.execute(db);
  return rows[0]!.at;
}
