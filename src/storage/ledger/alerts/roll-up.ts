import { type RawBuilder, sql } from 'kysely';
import { HOUR_MS } from '../../../core/model/window.ts';
import { ISSUE_WINDOWS_MS } from '../../../core/ports/alerting/digest-store.ts';
import type { Engine } from '../../database/engine.ts';
import { withGiven } from '../../database/given-rows.ts';
import { addTo, dayOf, sumsIn, sumsText, withWindow } from './days.ts';
import { lockHeads } from './heads.ts';
import { issuesIn } from './window-text.ts';

/** How long windows are kept with their issues, ms: somewhat longer than digests count on. */
const WINDOWS_MS = ISSUE_WINDOWS_MS + HOUR_MS;

/** At most so many windows, and so many characters of their issues, become part of days in one transaction. */
const WINDOWS = 100;
const CHARACTERS = 200_000;

/** A window that is to become part of its day. */
interface Old {
  readonly name: string;
  readonly at: number;
}

/** Makes windows of two days ago part of their days, some of them. False: there are none left. */
export async function rollUp(engine: Engine): Promise<boolean> {
  const old = await oldWindows(engine);
  if (old.length === 0) return false;
  await engine.db.transaction().execute(async (db) => {
    const trx = { ...engine, db };
    await lockHeads(
      trx,
      old.map(({ name }) => name),
    );
    await moveToDays(trx, old);
  });
  return true;
}

async function oldWindows({ db, clock }: Engine): Promise<readonly Old[]> {
  const before: RawBuilder<number> = sql<number>`${clock()} - cast(${WINDOWS_MS} as bigint)`;
  const rows = await db
    .selectFrom('sentry_monitor_issue_windows')
    .select(['filter as name', 'window_start as at', sql<number>`length(issues)`.as('size')])
    .where('window_start', '<', before)
    .orderBy('filter')
    .orderBy('window_start')
    .limit(WINDOWS)
    .execute();
  let left = CHARACTERS;
  return rows.filter(({ size }, index) => (left -= size) > 0 || index === 0).map(({ name, at }) => ({ name, at }));
}

async function moveToDays(engine: Engine, old: readonly Old[]): Promise<void> {
  const given = () => withGiven<Old>(engine, { name: 'text', at: 'bigint' }, old);
  // NOTE: read under the lock: a window may have been counted again since it was chosen.
  const windows = await given()
    .selectFrom('given')
    .innerJoin('sentry_monitor_issue_windows as own', (join) =>
      join.onRef('own.filter', '=', 'name').onRef('own.window_start', '=', 'at'),
    )
    .select(['own.filter', 'own.window_start', 'own.issues'])
    .orderBy('own.filter')
    .orderBy('own.window_start')
    .execute();
  const days = Map.groupBy(windows, ({ filter, window_start: start }) => JSON.stringify([filter, dayOf(start)]));
  for (const some of days.values()) await addToDay(engine, some);
  await given()
    .deleteFrom('sentry_monitor_issue_windows')
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('given')
          .select('name')
          .whereRef('name', '=', 'sentry_monitor_issue_windows.filter')
          .whereRef('at', '=', 'sentry_monitor_issue_windows.window_start'),
      ),
    )
    .execute();
}

/** `windows`: of one filter and day, not empty. */
async function addToDay(
  { db }: Engine,
  windows: readonly { readonly filter: string; readonly window_start: number; readonly issues: string }[],
): Promise<void> {
  const { filter, window_start: first } = windows[0]!;
  const day = await db
    .selectFrom('sentry_monitor_issue_days')
    .select(['windows', 'sums'])
    .where('filter', '=', filter)
    .where('day_start', '=', dayOf(first))
    .executeTakeFirst();
  const sums = sumsIn(day?.sums ?? null);
  let bits = day?.windows ?? '0';
  for (const { window_start: start, issues } of windows) {
    bits = withWindow(bits, start);
    for (const { id, events, users } of issuesIn(issues)) addTo(sums, id, events, users);
  }
  const row = { filter, day_start: dayOf(first), windows: bits, sums: sumsText(sums) };
  await db
    .insertInto('sentry_monitor_issue_days')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(['filter', 'day_start']).doUpdateSet({ windows: row.windows, sums: row.sums }),
    )
    .execute();
}
