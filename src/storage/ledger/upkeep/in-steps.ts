import { type RawBuilder, sql } from 'kysely';
import type { Engine } from '../../database/engine.ts';
import type { Tables } from '../../database/tables.ts';

/** So many rows are touched at a time: others have their turn in between. */
const ROWS = 500;

/** Deletes the rows of a table that fit, in steps. `key`: the columns that name a row. */
export async function removeInSteps(
  engine: Engine,
  table: keyof Tables,
  key: readonly string[],
  fits: RawBuilder<unknown>,
): Promise<void> {
  const columns = sql.join(key.map((column) => sql.ref(column)));
  await inSteps(
    engine,
    (most) => sql`delete from ${sql.table(table)} where (${columns}) in
      (select ${columns} from ${sql.table(table)} where ${fits} limit ${most})`,
  );
}

/** Does a statement until it finds fewer rows than it may touch. What it touched may not fit again. */
export async function inSteps(
  { db }: Engine,
  statement: (most: RawBuilder<number>) => RawBuilder<unknown>,
): Promise<void> {
  for (;;) {
    const { numAffectedRows = 0n } = await statement(sql.lit(ROWS)).execute(db);
    if (numAffectedRows < BigInt(ROWS)) return;
  }
}
