import { type RawBuilder, sql } from 'kysely';
import type { Sought } from '../../../core/erasing/sought.ts';
import type { Engine } from '../../database/engine.ts';
import type { Place } from './places.ts';
import type { Texts } from './rewrite.ts';

/** Rows that are looked through at once. */
const ROWS = 500;

export type KeyValue = string | number;
/** A row that may hold a name. */
export interface Found {
  /** Values of the key's columns. */
  readonly key: readonly KeyValue[];
  readonly texts: Texts;
}

/** Every row of a table that may hold one of the names, by key, those of some hundred rows at once. */
export async function* rowsThatMayHold(
  engine: Engine,
  table: string,
  place: Place,
  names: readonly Sought[],
): AsyncGenerator<readonly Found[]> {
  const key = sql.join(place.key.map((it) => sql.ref(it)));
  const texts = Object.keys(place.texts);
  const columns = sql.join([...new Set([...place.key, ...texts])].map((it) => sql.ref(it)));
  const may = mayHold(engine, place, names);
  for (let last: readonly KeyValue[] | undefined; ;) {
    const after = last === undefined ? sql`true` : sql`(${key}) > (${sql.join(last)})`;
    const end = await keyAt(engine, table, place, after);
    const upTo = end === undefined ? sql`true` : sql`(${key}) <= (${sql.join(end)})`;
    const { rows } = await sql<Readonly<Record<string, KeyValue | null>>>`select ${columns} from ${sql.table(table)}
      where ${after} and ${upTo} and ${may} order by ${key}`.execute(engine.db);
    if (rows.length > 0) yield rows.map((row) => foundIn(row, place.key, texts));
    if (end === undefined) return;
    last = end;
  }
}

/** The key of the last row that is looked at together with the next ones; undefined: there are not so many. */
async function keyAt(
  { db }: Engine,
  table: string,
  { key }: Place,
  after: RawBuilder<unknown>,
): Promise<readonly KeyValue[] | undefined> {
  const columns = sql.join(key.map((it) => sql.ref(it)));
  const { rows } = await sql<Readonly<Record<string, KeyValue>>>`select ${columns} from ${sql.table(table)}
    where ${after} order by ${columns} limit 1 offset ${sql.lit(ROWS - 1)}`.execute(db);
  return rows[0] && key.map((it) => rows[0]![it]!);
}

function foundIn(
  row: Readonly<Record<string, KeyValue | null>>,
  key: readonly string[],
  texts: readonly string[],
): Found {
  return {
    key: key.map((it) => row[it]!),
    texts: Object.fromEntries(texts.map((it) => [it, row[it] as string | null])),
  };
}

/** True of every row that holds one of them, and of few others. */
function mayHold(engine: Engine, { texts }: Place, names: readonly Sought[]): RawBuilder<unknown> {
  const any = Object.entries(texts).flatMap(([column, how]) =>
    names.flatMap(({ runs, wordRuns }) => {
      const own = how === 'words' ? wordRuns : runs;
      return own === null ? [] : [hasAll(engine, column, own)];
    }),
  );
  return sql`(${sql.join(any, sql` or `)})`;
}

/** NOTE: a name without a run of English letters is in any text, as far as a statement can tell. */
function hasAll({ placeIn, lowered }: Engine, column: string, runs: readonly string[]): RawBuilder<unknown> {
  if (runs.length === 0) return sql`true`;
  const text = lowered(sql.ref<string>(column));
  return sql`(${sql.join(
    runs.map((run) => sql`${placeIn(text, run)} > 0`),
    sql` and `,
  )})`;
}
