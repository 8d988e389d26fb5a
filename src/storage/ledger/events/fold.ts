import { DAY_MS, PERIOD_MS } from '../../../core/model/window.ts';
import type { Engine } from '../../database/engine.ts';
import type { EventCountRow } from '../../database/event-tables.ts';
import { named, NAMED, withGiven } from '../../database/given-rows.ts';
import { addLists, listOf } from './count-lists.ts';
import { IS_PART } from './count-reads.ts';
import { putCounts } from './counts.ts';

/** Windows that are looked up at once, and rows that are made less in one transaction, as far as one window goes. */
const [WINDOWS, ROWS] = [500, 100];

/**
 * Makes the rows of each window that starts before this instant one by environment and level, and adds what came new
 * to its day, some windows in each transaction. Any number of servers may do it at once.
 */
export async function foldCounts(engine: Engine, project: string, before: number): Promise<void> {
  for (let from = Number.MIN_SAFE_INTEGER; ;) {
    const windows = await engine.db
      .selectFrom('sentry_monitor_event_counts')
      .select('start')
      .select(({ fn }) => fn.countAll<number>().as('rows'))
      .where('project', '=', project)
      .where('start', '>=', from)
      .where('start', '<', before)
      .where(IS_PART)
      .groupBy('start')
      .orderBy('start')
      .limit(WINDOWS)
      .execute();
    for (const starts of together(windows))
      await engine.db.transaction().execute((db) => foldWindows({ ...engine, db }, project, starts));
    if (windows.length < WINDOWS) return;
    from = windows.at(-1)!.start + PERIOD_MS;
  }
}

/** In order, and those of a transaction within a day. */
function together(windows: readonly { readonly start: number; readonly rows: number }[]): readonly number[][] {
  const groups: number[][] = [];
  let [day, room] = [NaN, 0];
  for (const { start, rows } of windows) {
    const own = dayOf(start);
    if (own !== day || rows > room) {
      groups.push([]);
      [day, room] = [own, ROWS];
    }
    groups.at(-1)!.push(start);
    room -= rows;
  }
  return groups;
}

function dayOf(start: number): number {
  return Math.floor(start / DAY_MS) * DAY_MS;
}

/** NOTE: what another server took meanwhile is not found: it is in the day already. */
async function foldWindows(engine: Engine, project: string, starts: readonly number[]): Promise<void> {
  const parts = await take(engine, { project, step: PERIOD_MS, starts, is: '!=' });
  if (parts.length === 0) return;
  await putOne(engine, project, PERIOD_MS, parts);
  const inDays = parts.map((part) => ({ ...part, start: dayOf(part.start) }));
  await putOne(engine, project, DAY_MS, inDays);
}

interface Taking {
  readonly project: string;
  readonly step: number;
  readonly starts: readonly number[];
  /** How the part compares with that of what is one. */
  readonly is: '=' | '!=';
}

type Part = Omit<EventCountRow, 'project' | 'step_ms'>;

/** Rows, locked in the order of their key, and then deleted. */
async function take(engine: Engine, { project, step, starts, is }: Taking): Promise<readonly Part[]> {
  const query = engine.db
    .selectFrom('sentry_monitor_event_counts')
    .select(['start', 'environment', 'level', 'part', 'events', 'issues'])
    .where('project', '=', project)
    .where('step_ms', '=', step)
    .where('start', 'in', starts)
    .where('part', is, '')
    .orderBy('start')
    .orderBy('environment')
    .orderBy('level')
    .orderBy('part');
  const rows = await (engine.locksRows ? query.forUpdate() : query).execute();
  if (rows.length > 0)
    await withGiven(engine, NAMED, named([...new Set(rows.map(({ part }) => part))]))
      .deleteFrom('sentry_monitor_event_counts')
      .where('project', '=', project)
      .where('step_ms', '=', step)
      .where('start', 'in', starts)
      .where('part', 'in', (from) => from.selectFrom('given').select('name'))
      .execute();
  return rows;
}

/** NOTE: where another server writes that one at the same time, it gets what both have. */
async function putOne(engine: Engine, project: string, step: number, parts: readonly Part[]): Promise<void> {
  const starts = [...new Set(parts.map(({ start }) => start))];
  const all = [...(await take(engine, { project, step, starts, is: '=' })), ...parts];
  const groups = Map.groupBy(all, ({ start, environment, level }) => JSON.stringify([start, environment, level]));
  const rows = [...groups.values()].map((own): EventCountRow => {
    const { start, environment, level } = own[0]!;
    const counts = new Map<string, number>();
    addLists(
      own.map(({ issues }) => issues),
      counts,
    );
    const events = own.reduce((sum, part) => sum + part.events, 0);
    return { project, step_ms: step, start, environment, level, part: '', events, issues: listOf(counts) };
  });
  await putCounts(engine, rows);
}
