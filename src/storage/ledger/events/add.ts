import { type AliasedRawBuilder, sql } from 'kysely';
import { createTally } from '../../../core/logs/timings/timings.ts';
import { fitEvent } from '../../../core/model/events/fit.ts';
import type { ErrorEvent } from '../../../core/model/events/event.ts';
import { type EventBatch, MOST_EVENTS, type Stored } from '../../../core/ports/events/event-store.ts';
import type { Columns, Engine } from '../../database/engine.ts';
import { withGiven } from '../../database/given-rows.ts';
import type { EventRow } from '../../database/event-tables.ts';
import { safeOrNull, safeText } from '../alerts/safe-text.ts';
import { contentOf } from './content.ts';
import { addCounts } from './counts.ts';
import { moveCursor, positionOf } from './cursors.ts';
import { type Firsts, learn, remember } from './learn.ts';
import { nextPlace } from './lists/stored.ts';
import { addRejects } from './rejects.ts';
import { putTimings } from './timings/rows.ts';
import { putTraits } from './traits/put.ts';

/**
 * Stores a batch in one transaction. NOTE: all writers go through the tables in this order, and through the rows of
 * each in the order of its key: so none waits for another in a circle.
 */
export async function addBatch(engine: Engine, batch: EventBatch, firsts: Firsts): Promise<Stored> {
  const { project, events, rejects = [], notes = [], noise = [] } = batch;
  if (events.length > MOST_EVENTS) throw new RangeError(`a batch has at most ${MOST_EVENTS} events`);
  const { fresh, refused } = await engine.db.transaction().execute(async (db) => {
    const trx = { ...engine, db };
    const fitted = new Map(events.map(fitEvent).map((event) => [event.id, event]));
    const fresh = events.length === 0 ? [] : await insertEvents(trx, project, [...fitted.values()]);
    if (fresh.length > 0) {
      await addCounts(trx, project, fresh);
      await learn(trx, project, fresh, firsts);
      await putTraits(trx, project, fresh, noise);
    }
    const refused = rejects.length === 0 ? 0 : await addRejects(trx, project, rejects);
    if (notes.length > 0) await addRejects(trx, project, notes, 'notes');
    await putTook(trx, project, fresh);
    await moveOn(trx, batch);
    return { fresh, refused };
  });
  remember(project, fresh, firsts);
  return { stored: fresh.length, repeats: events.length - fresh.length, rejects: refused };
}

/** NOTE: an event is new once, so a part that is called by one is told once. */
async function putTook(trx: Engine, project: string, fresh: readonly ErrorEvent[]): Promise<void> {
  const tally = createTally();
  for (const { took, at } of fresh) if (took !== undefined) tally.add(took, at);
  const { timings } = tally.take();
  if (timings.length > 0) await putTimings(trx, project, { part: `event ${fresh[0]!.id}`, timings });
}

/** NOTE: of two that read the same text at once only one may count its durations; the other reads on from there. */
async function moveOn(trx: Engine, { project, cursor, timings }: EventBatch): Promise<void> {
  const { after } = timings ?? {};
  if (cursor !== undefined && after !== undefined && (await positionOf(trx, project, cursor.name)) !== after) return;
  if (timings !== undefined) await putTimings(trx, project, timings);
  if (cursor !== undefined) await moveCursor(trx, project, cursor);
}

/** Events that are not known yet. */
async function insertEvents(
  engine: Engine,
  project: string,
  events: readonly ErrorEvent[],
): Promise<readonly ErrorEvent[]> {
  const place = await nextPlace(engine, project);
  const rows = await withGiven(engine, GIVEN, events.map(rowOf))
    .insertInto('sentry_monitor_events')
    .columns(['project', 'stored_at', ...COLUMNS])
    .expression((query) =>
      query
        .selectFrom('given')
        .select([sql<string>`cast(${project} as text)`.as('project'), storedAt(place), ...COLUMNS])
        .where(sql<boolean>`true`)
        .orderBy('event'),
    )
    .onConflict((conflict) => conflict.columns(['project', 'event']).doNothing())
    .returning('event')
    .execute();
  const fresh = new Set(rows.map(({ event }) => event));
  return events.filter(({ id }) => fresh.has(safeText(id)));
}

function storedAt(place: number): AliasedRawBuilder<number, 'stored_at'> {
  return sql<number>`cast(${place} as bigint)`.as('stored_at');
}

type Given = Omit<EventRow, 'project' | 'stored_at'>;

const GIVEN: Columns<Given> = {
  event: 'text',
  issue: 'text',
  at: 'bigint',
  environment: 'text',
  level: 'text',
  person: 'text',
  content: 'text',
};
const COLUMNS = Object.keys(GIVEN) as (keyof Given)[];

function rowOf(event: ErrorEvent): Given {
  return {
    event: safeText(event.id),
    issue: safeText(event.issueId),
    at: event.at,
    environment: safeText(event.environment ?? ''),
    level: safeText(event.level),
    person: safeOrNull(event.user),
    content: contentOf(event),
  };
}
