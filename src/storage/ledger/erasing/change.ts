import { sql } from 'kysely';
import type { Engine } from '../../database/engine.ts';
import type { KeyValue } from './look.ts';
import type { Place } from './places.ts';
import type { Texts } from './rewrite.ts';

/** Of one transaction at most: rows, and UTF-16 units of what is written. */
const MOST = { rows: 50, size: 262_144 } as const;

/** What becomes of a row that was read. */
export interface RowChange {
  readonly key: readonly KeyValue[];
  /** As they were, those that change; null: the row goes. */
  readonly before: Texts;
  readonly after: Texts | null;
}

/** Changes rows in short transactions, those that are still as they were. Gives back how many. */
export async function changeRows(
  engine: Engine,
  table: string,
  place: Place,
  changes: readonly RowChange[],
): Promise<number> {
  let done = 0;
  for (const some of together(changes))
    done += await engine.db.transaction().execute(async (db) => {
      let rows = 0;
      for (const change of some) rows += await changeRow({ ...engine, db }, table, place, change);
      return rows;
    });
  return done;
}

function together(changes: readonly RowChange[]): readonly RowChange[][] {
  const groups: RowChange[][] = [];
  let size = Infinity;
  for (const change of changes) {
    const own = Object.values(change.after ?? {}).reduce((sum, text) => sum + (text?.length ?? 0), 0);
    if (size + own > MOST.size || groups.at(-1)!.length >= MOST.rows) [size] = [0, groups.push([])];
    groups.at(-1)!.push(change);
    size += own;
  }
  return groups;
}

async function changeRow({ db }: Engine, table: string, place: Place, change: RowChange): Promise<number> {
  const { key, before, after } = change;
  const is = (column: string, value: KeyValue): unknown => sql`${sql.ref(column)} = ${value}`;
  const same = [
    ...place.key.map((column, index) => is(column, key[index]!)),
    ...Object.entries(before).map(([column, text]) => is(column, text!)),
  ];
  const where = sql.join(same, sql` and `);
  const to = Object.entries(after ?? {}).map(([column, text]) => sql`${sql.ref(column)} = ${text}`);
  const { numAffectedRows = 0n } =
    after === null
      ? await sql`delete from ${sql.table(table)} where ${where}`.execute(db)
      : await sql`update ${sql.table(table)} set ${sql.join(to)} where ${where}`.execute(db);
  return Number(numAffectedRows);
}
