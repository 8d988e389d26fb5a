import type { ErrorEvent } from '../../../../core/model/events/event.ts';
import type { Engine } from '../../../database/engine.ts';
import type { EventFirstRow } from '../../../database/event-tables.ts';
import { NAMED, named, withGiven } from '../../../database/given-rows.ts';
import { safeText } from '../../alerts/safe-text.ts';

/** When issues happened first by the names that a method before gave them, by the events that tell of those. */
export async function formerFirsts(
  engine: Engine,
  project: string,
  events: readonly ErrorEvent[],
): Promise<ReadonlyMap<ErrorEvent, EventFirstRow>> {
  const renamed = events.flatMap((event) => (event.former === undefined ? [] : [{ event, former: event.former }]));
  if (renamed.length === 0) return new Map();
  const former = [...new Set(renamed.map((it) => safeText(it.former)))];
  const rows = await withGiven(engine, NAMED, named(former))
    .selectFrom('sentry_monitor_event_firsts')
    .selectAll()
    .where('project', '=', project)
    .where('issue', 'in', (from) => from.selectFrom('given').select('name'))
    .execute();
  const known = new Map(rows.map((row) => [JSON.stringify([row.issue, row.environment]), row]));
  return new Map(
    renamed.flatMap(({ event, former }): [ErrorEvent, EventFirstRow][] => {
      const row = known.get(JSON.stringify([safeText(former), safeText(event.environment ?? '')]));
      return row === undefined ? [] : [[event, row]];
    }),
  );
}
