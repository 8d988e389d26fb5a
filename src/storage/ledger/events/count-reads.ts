import { type RawBuilder, sql } from 'kysely';
import { DAY_MS, PERIOD_MS, type Window } from '../../../core/model/window.ts';
import type { CountWish, DayCount, WindowCount } from '../../../core/ports/events/event-store.ts';
import type { Engine } from '../../database/engine.ts';
import { safeText } from '../alerts/safe-text.ts';
import { addLists } from './count-lists.ts';

/** NOTE: as the index says it, word by word: SQLite takes that for no other. */
export const IS_PART = sql<boolean>`part != ''`;

export async function heldIn(engine: Engine, projects: readonly string[], span: Window): Promise<number> {
  const wish = { projects, environments: [], levels: [] };
  const row = await windowsOf(engine, wish, span).select(EVENTS).executeTakeFirstOrThrow();
  return row.events;
}

const EVENTS = sql<number>`cast(coalesce(sum(events), 0) as bigint)`.as('events');

/** By issue. */
export async function countsOf(
  engine: Engine,
  wish: CountWish,
  ids: readonly string[],
  span: Window,
): Promise<ReadonlyMap<string, number>> {
  const ofDays = span.start % DAY_MS === 0 && span.end % DAY_MS === 0;
  const rows = ofDays
    ? await rowsOfDays(engine, wish, span)
    : await windowsOf(engine, wish, span).select('issues').execute();
  const counts = new Map<string, number>();
  addLists(
    rows.map(({ issues }) => issues),
    counts,
    new Set(ids),
  );
  return counts;
}

export async function seriesOf(
  engine: Engine,
  wish: CountWish,
  span: Window,
  stepMs: number,
): Promise<readonly WindowCount[]> {
  const rows = await windowsOf(engine, wish, span)
    .select('start')
    .select(EVENTS)
    .groupBy('start')
    .orderBy('start')
    .execute();
  const steps = new Map<number, number>();
  for (const { start, events } of rows) {
    const step = Math.floor(start / stepMs) * stepMs;
    steps.set(step, (steps.get(step) ?? 0) + events);
  }
  return [...steps].map(([start, events]) => ({ start, events }));
}

/** Rows of windows. */
function windowsOf({ db }: Engine, wish: CountWish, { start, end }: Window) {
  return db
    .selectFrom('sentry_monitor_event_counts')
    .where('project', 'in', wish.projects)
    .where('step_ms', '=', PERIOD_MS)
    .where('start', '>=', start)
    .where('start', '<', end)
    .where(chosen(wish));
}

/** NOTE: in one statement: what is in a day and what is not yet change together. */
async function rowsOfDays({ db }: Engine, wish: CountWish, { start, end }: Window) {
  const ofStep = (stepMs: number) =>
    db
      .selectFrom('sentry_monitor_event_counts')
      .select(['start', 'issues'])
      .where('project', 'in', wish.projects)
      .where('step_ms', '=', stepMs)
      .where('start', '>=', start)
      .where('start', '<', end)
      .where(chosen(wish));
  return ofStep(DAY_MS).unionAll(ofStep(PERIOD_MS).where(IS_PART)).execute();
}

export async function daysOf(
  engine: Engine,
  wish: CountWish,
  ids: readonly string[] | null,
  span: Window,
): Promise<readonly DayCount[]> {
  const rows = await rowsOfDays(engine, wish, span);
  const days = Map.groupBy(rows, (row) => Math.floor(row.start / DAY_MS) * DAY_MS);
  const wanted = ids === null ? undefined : new Set(ids);
  return [...days]
    .toSorted(([one], [other]) => one - other)
    .flatMap(([day, own]) => {
      const counts = new Map<string, number>();
      addLists(
        own.map(({ issues }) => issues),
        counts,
        wanted,
      );
      return [...counts].map(([issueId, events]): DayCount => ({ issueId, day, events }));
    });
}

/** What environments and levels choose. */
export function chosen({ environments, levels }: CountWish): RawBuilder<boolean> {
  const isIn = (column: string, values: readonly string[]): RawBuilder<boolean> =>
    sql<boolean>`${sql.ref(column)} in (${sql.join(values.map(safeText))})`;
  const all = [
    ...(environments.length === 0 ? [] : [isIn('environment', environments)]),
    ...(levels.length === 0 ? [] : [isIn('level', levels)]),
  ];
  return all.length === 0 ? sql<boolean>`true` : sql<boolean>`${sql.join(all, sql` and `)}`;
}
