export type Value = null | number | bigint | string | Uint8Array;

/**
 * Rows as they cross the border of a thread: by column, numbers as they lie in memory, and texts that stand in many
 * rows once. A hundred thousand objects would take longer to hand over than to find.
 */
export interface Table {
  readonly names: readonly string[];
  /** One a name. */
  readonly columns: readonly Column[];
  readonly rows: number;
}

/** `places`: of each row's value among the values; absent: there is one value a row. */
export interface Column {
  readonly values: Float64Array | readonly Value[];
  readonly places?: Uint32Array;
}

export const NO_ROWS: Table = { names: [], columns: [], rows: 0 };

export function tableOf(names: readonly string[], rows: readonly (readonly Value[])[]): Table {
  return { names, columns: names.map((_, index) => columnOf(rows.map((row) => row[index]!))), rows: rows.length };
}

function columnOf(values: readonly Value[]): Column {
  if (values.every((value) => typeof value === 'number')) return { values: Float64Array.from(values) };
  return repeated(values) ?? { values };
}

/** From so many rows on it is worth looking whether values come again, each in so many rows at least. */
const MANY = 64;
const OFTEN = 4;

/** Null: too many values are there once only. */
function repeated(values: readonly Value[]): Column | null {
  if (values.length < MANY) return null;
  const known = new Map<Value, number>();
  const places = new Uint32Array(values.length);
  for (const [index, value] of values.entries()) {
    const place = known.get(value) ?? known.size;
    if (place === known.size) known.set(value, place);
    if (known.size > MANY + index / OFTEN) return null;
    places[index] = place;
  }
  return { values: [...known.keys()], places };
}

/** As objects, one a row. */
export function rowsIn(table: Table): Record<string, Value>[] {
  const rowAt = rowsOf<Record<string, Value>>(table);
  return Array.from({ length: table.rows }, (_, index) => rowAt(index));
}

/** Each row by its place, as a new object. */
export function rowsOf<R>({ names, columns }: Table): (index: number) => R {
  return (index) => {
    const row: Record<string, Value> = {};
    for (let place = 0; place < names.length; place++) {
      const { values, places } = columns[place]!;
      row[names[place]!] = values[places === undefined ? index : places[index]!]!;
    }
    return row as R;
  };
}

/** The places of the rows with each value of a column. */
export function placesBy({ names, columns, rows }: Table, name: string): ReadonlyMap<Value, readonly number[]> {
  const found = new Map<Value, number[]>();
  const { values, places } = columns[names.indexOf(name)] ?? { values: [] };
  for (let index = 0; index < rows; index++) {
    const value = values[places === undefined ? index : places[index]!]!;
    const own = found.get(value);
    if (own === undefined) found.set(value, [index]);
    else own.push(index);
  }
  return found;
}

/** Of rows as objects. */
export function tableIn(rows: readonly Record<string, Value>[]): Table {
  const names = Object.keys(rows[0] ?? {});
  return tableOf(
    names,
    rows.map((row) => names.map((name) => row[name]!)),
  );
}
