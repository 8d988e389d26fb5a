import { DAY_MS, PERIOD_MS } from '../../../core/model/window.ts';
import type { Engine } from '../../database/engine.ts';
import type { EventCountRow } from '../../database/event-tables.ts';
import { named, NAMED, withGiven } from '../../database/given-rows.ts';
import { addLists, listOf } from './count-lists.ts';
import { IS_PART } from './count-reads.ts';
import { putCounts } from './counts.ts';

/** Windows that are looked up at once. */
const AT_ONCE = 500;

/**
 * Makes the rows of each window that starts before this instant one by environment and level, and adds what came new
 * to its day: window by window, each in a transaction. Any number of servers may do it at once.
 */
export async function foldCounts(engine: Engine, project: string, before: number): Promise<void> {
  for (let from = Number.MIN_SAFE_INTEGER; ;) {
    const windows = await engine.db
      .selectFrom('sentry_monitor_event_counts')
      .select('start')
      .distinct()
      .where('project', '=', project)
      .where('start', '>=', from)
      .where('start', '<', before)
      .where(IS_PART)
      .orderBy('start')
      .limit(AT_ONCE)
      .execute();
    for (const { start } of windows)
      await engine.db.transaction().execute((db) => foldWindow({ ...engine, db }, project, start));
    if (windows.length < AT_ONCE) return;
    from = windows.at(-1)!.start + PERIOD_MS;
  }
}

/** NOTE: what another server took meanwhile is not found: it is in the day already. */
async function foldWindow(engine: Engine, project: string, start: number): Promise<void> {
  const window = { project, step_ms: PERIOD_MS, start };
  const parts = await take(engine, window, '!=');
  if (parts.length === 0) return;
  await putOne(engine, window, parts);
  await putOne(engine, { project, step_ms: DAY_MS, start: Math.floor(start / DAY_MS) * DAY_MS }, parts);
}

type Place = Pick<EventCountRow, 'project' | 'step_ms' | 'start'>;
type Part = Pick<EventCountRow, 'environment' | 'level' | 'part' | 'events' | 'issues'>;

/** Rows, locked in the order of their key, and then deleted. `is`: how the part compares with that of what is one. */
async function take(engine: Engine, { project, step_ms, start }: Place, is: '=' | '!='): Promise<readonly Part[]> {
  const query = engine.db
    .selectFrom('sentry_monitor_event_counts')
    .select(['environment', 'level', 'part', 'events', 'issues'])
    .where('project', '=', project)
    .where('step_ms', '=', step_ms)
    .where('start', '=', start)
    .where('part', is, '')
    .orderBy('environment')
    .orderBy('level')
    .orderBy('part');
  const rows = await (engine.locksRows ? query.forUpdate() : query).execute();
  if (rows.length > 0)
    await withGiven(engine, NAMED, named([...new Set(rows.map(({ part }) => part))]))
      .deleteFrom('sentry_monitor_event_counts')
      .where('project', '=', project)
      .where('step_ms', '=', step_ms)
      .where('start', '=', start)
      .where('part', 'in', (from) => from.selectFrom('given').select('name'))
      .execute();
  return rows;
}

/** NOTE: where another server writes that one at the same time, it gets what both have. */
async function putOne(engine: Engine, place: Place, parts: readonly Part[]): Promise<void> {
  const all = [...(await take(engine, place, '=')), ...parts];
  const groups = Map.groupBy(all, ({ environment, level }) => JSON.stringify([environment, level]));
  const rows = [...groups.values()].map((own): EventCountRow => {
    const { environment, level } = own[0]!;
    const counts = new Map<string, number>();
    addLists(
      own.map(({ issues }) => issues),
      counts,
    );
    const events = own.reduce((sum, part) => sum + part.events, 0);
    return { ...place, environment, level, part: '', events, issues: listOf(counts) };
  });
  await putCounts(engine, rows);
}
