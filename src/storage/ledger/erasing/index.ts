import type { Erased, Eraser } from '../../../core/ports/erasing/eraser.ts';
import { soughtBy } from '../../../core/erasing/sought.ts';
import { holdsName } from '../../../core/erasing/without.ts';
import type { Deps } from '../../../integrations/plugin.ts';
import type { Database } from '../../database/database.ts';
import type { Engine } from '../../database/engine.ts';
import { changeRows, type RowChange } from './change.ts';
import { type Found, rowsThatMayHold } from './look.ts';
import { type Place, PLACES } from './places.ts';
import { changeOf, type Wanted } from './rewrite.ts';

/** Servers go on meanwhile, so all is looked through again until nothing is found, so often at most. */
const PASSES = 5;
const AGAIN = 'servers write it again while it is erased; run it once more';
/** How often, and after how long again (ms), readers of the file are waited for. */
const [TRIES, AGAIN_MS] = [50, 100];

export function sqlEraser(database: Database, { uuid, sleep }: Pick<Deps, 'uuid' | 'sleep'>): Eraser {
  return {
    async erase(order) {
      const engine = await database.ready();
      const wanted = { names: order.names.map(soughtBy), nobody: `erased-${uuid().slice(0, 8)}` };
      if (order.isDry) return { ...told(await pass(engine, wanted, true)), trace: null };
      await engine.overwrite?.();
      const all = new Map<string, number>();
      for (let turn = 1; ; turn++) {
        const found = await pass(engine, wanted, false);
        for (const [table, rows] of found.rows) all.set(table, (all.get(table) ?? 0) + rows);
        if (found.isMore && turn < PASSES) continue;
        const settle = (): Promise<string | null> => engine.settle([...all.keys()], order.isRewritten === true);
        const trace = found.isMore ? AGAIN : await settled(settle, engine, sleep);
        return { ...told({ ...found, rows: all }), trace };
      }
    },
  };
}

/** By the whole name of a table; `left` by table and column. */
interface Passed {
  readonly rows: ReadonlyMap<string, number>;
  readonly left: ReadonlyMap<string, number>;
  /** There was something: it may have come back, or have changed before it could go. */
  readonly isMore: boolean;
}

async function pass(engine: Engine, wanted: Wanted, isDry: boolean): Promise<Passed> {
  const [rows, left] = [new Map<string, number>(), new Map<string, number>()];
  let isMore = false;
  const count = (counts: Map<string, number>, name: string, by: number): void =>
    void (by > 0 && counts.set(name, (counts.get(name) ?? 0) + by));
  for (const [table, place] of Object.entries<Place>(PLACES))
    for await (const found of rowsThatMayHold(engine, table, place, wanted.names)) {
      const changes = found.flatMap((row) => changesIn(row, place, wanted));
      isMore ||= changes.length > 0;
      count(rows, table, isDry ? changes.length : await changeRows(engine, table, place, changes));
      for (const row of found) for (const column of leftIn(row, place, wanted)) count(left, `${table} ${column}`, 1);
    }
  return { rows, left, isMore };
}

function changesIn({ key, texts }: Found, place: Place, wanted: Wanted): readonly RowChange[] {
  const change = changeOf(texts, place, wanted);
  if (change === null) return [];
  if (change === 'goes') return [{ key, before: {}, after: null }];
  const before = Object.fromEntries(Object.keys(change).map((column) => [column, texts[column]!]));
  return [{ key, before, after: change }];
}

/** Columns that are not ours to change. */
function leftIn({ texts }: Found, place: Place, { names }: Wanted): readonly string[] {
  return Object.entries(place.texts).flatMap(([column, how]) =>
    how === 'fixed' && holdsName(texts[column] ?? '', names) ? [column] : [],
  );
}

function told({ rows, left }: Pick<Passed, 'rows' | 'left'>): Pick<Erased, 'rows' | 'left'> {
  const short = (table: string): string => table.replace(/^sentry_monitor_/, '');
  return {
    rows: [...rows].map(([table, count]) => ({ table: short(table), rows: count })),
    left: [...left].map(([name, count]) => {
      const [table = '', column = ''] = name.split(' ');
      return { table: short(table), column, rows: count };
    }),
  };
}

/** NOTE: in PostgreSQL nobody's reading is in the way. */
async function settled(
  settle: () => Promise<string | null>,
  { locksRows }: Engine,
  sleep: Deps['sleep'],
): Promise<string | null> {
  for (let turn = 1; ; turn++) {
    const why = await settle();
    if (why === null || locksRows || turn === TRIES) return why;
    await sleep(AGAIN_MS);
  }
}
