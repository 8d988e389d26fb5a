import { sql } from 'kysely';
import type { Cursor, KeptCursor } from '../../../core/ports/events/event-store.ts';
import type { Window } from '../../../core/model/window.ts';
import type { Engine } from '../../database/engine.ts';
import { safeOrNull, safeText, textIn, textOrNull } from '../alerts/safe-text.ts';

/** A watermark never goes back, as another server may have been further; what it began with goes nowhere else. */
export async function moveCursor(
  { db, clock }: Engine,
  project: string,
  { name, position, watermark, since, missing = [] }: Cursor,
): Promise<void> {
  await db
    .insertInto('sentry_monitor_event_cursors')
    .values({
      ...{ project, reader: safeText(name), position: safeOrNull(position), watermark, since: since ?? null },
      ...{ missing: missing.length === 0 ? null : JSON.stringify(missing), moved_at: clock() },
    })
    .onConflict((conflict) =>
      conflict.columns(['project', 'reader']).doUpdateSet(({ ref }) => ({
        position: ref('excluded.position'),
        watermark: sql<number | null>`case
          when excluded.watermark is null or sentry_monitor_event_cursors.watermark > excluded.watermark
          then sentry_monitor_event_cursors.watermark else excluded.watermark end`,
        since: sql<number | null>`case
          when excluded.since < sentry_monitor_event_cursors.since
          then excluded.since else sentry_monitor_event_cursors.since end`,
        missing: ref('excluded.missing'),
        moved_at: ref('excluded.moved_at'),
      })),
    )
    .execute();
}

/** Where it stands, until the transaction is over; null: nowhere yet. */
export async function positionOf({ db, locksRows }: Engine, project: string, name: string): Promise<string | null> {
  const row = await db
    .selectFrom('sentry_monitor_event_cursors')
    .select('position')
    .where('project', '=', project)
    .where('reader', '=', safeText(name))
    .$if(locksRows, (query) => query.forUpdate())
    .executeTakeFirst();
  return textOrNull(row?.position ?? null);
}

export async function cursorsOf({ db }: Engine, projects: readonly string[]): Promise<readonly KeptCursor[]> {
  const rows = await db
    .selectFrom('sentry_monitor_event_cursors')
    .selectAll()
    .where('project', 'in', projects)
    .orderBy('project')
    .orderBy('reader')
    .execute();
  return rows.map((row) => ({
    project: row.project,
    name: textIn(row.reader),
    position: textOrNull(row.position),
    watermark: row.watermark,
    since: row.since,
    missing: row.missing === null ? [] : (JSON.parse(row.missing) as readonly Window[]),
    movedAt: row.moved_at,
  }));
}
