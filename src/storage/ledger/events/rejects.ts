import { sql } from 'kysely';
import * as z from 'zod/mini';
import type { Reject } from '../../../core/model/events/event.ts';
import { fitReject } from '../../../core/model/events/fit.ts';
import { HOUR_MS } from '../../../core/model/window.ts';
import type { Columns, Engine } from '../../database/engine.ts';
import { withGiven } from '../../database/given-rows.ts';
import type { KeptRejects } from '../../../core/ports/events/event-store.ts';
import { safeText, textIn } from '../alerts/safe-text.ts';
import { parse } from '../codec.ts';

/** Rows of an intake and hour that are kept; what is above is counted only. */
const MOST_REJECTS = 1_000;

interface Given {
  readonly reject: string;
  readonly at: number;
  readonly content: string;
}
const GIVEN: Columns<Given> = { reject: 'text', at: 'bigint', content: 'text' };

/** What is counted: records that could not be read, or remarks on those that were. */
type Kind = 'rejects' | 'notes';

/** How many of them are new. */
export async function addRejects(
  engine: Engine,
  project: string,
  rejects: readonly Reject[],
  kind: Kind = 'rejects',
): Promise<number> {
  const unique = [...new Map(rejects.map(fitReject).map((it) => [it.id, it])).values()];
  let fresh = 0;
  const hours = Map.groupBy(unique, ({ at }) => Math.floor(at / HOUR_MS) * HOUR_MS);
  for (const [hour, some] of [...hours].toSorted(([a], [b]) => a - b))
    fresh += await addOfHour(engine, { project, hour, kind }, some);
  return fresh;
}

interface Hour {
  readonly project: string;
  readonly hour: number;
  readonly kind: Kind;
}

async function addOfHour(engine: Engine, of: Hour, rejects: readonly Reject[]): Promise<number> {
  const { project, hour, kind } = of;
  const room = Math.max(0, MOST_REJECTS - (await countOf(engine, of)));
  const kept = await insert(engine, of, rejects.slice(0, room));
  const fresh = kept + Math.max(0, rejects.length - room);
  if (fresh === 0) return 0;
  await engine.db
    .insertInto('sentry_monitor_event_reject_hours')
    .values({ project, hour_start: hour, rejects: 0, notes: 0, [kind]: fresh })
    .onConflict((conflict) =>
      conflict
        .columns(['project', 'hour_start'])
        .doUpdateSet({
          [kind]: sql<number>`${sql.ref(`sentry_monitor_event_reject_hours.${kind}`)} + ${sql.ref(`excluded.${kind}`)}`,
        }),
    )
    .execute();
  return fresh;
}

async function countOf({ db }: Engine, { project, hour, kind }: Hour): Promise<number> {
  const row = await db
    .selectFrom('sentry_monitor_event_reject_hours')
    .select(`${kind} as count`)
    .where('project', '=', project)
    .where('hour_start', '=', hour)
    .executeTakeFirst();
  return row?.count ?? 0;
}

async function insert(engine: Engine, { project, hour, kind }: Hour, rejects: readonly Reject[]): Promise<number> {
  if (rejects.length === 0) return 0;
  const mark = kind === 'notes' ? { isNote: true } : {};
  const rows = rejects.map(({ id, at, ...rest }) => {
    return { reject: safeText(id), at, content: JSON.stringify({ ...rest, ...mark }) };
  });
  const inserted = await withGiven(engine, GIVEN, rows)
    .insertInto('sentry_monitor_event_rejects')
    .columns(['project', 'hour_start', 'reject', 'at', 'content'])
    .expression((query) =>
      query
        .selectFrom('given')
        .select([
          sql<string>`cast(${project} as text)`.as('project'),
          sql<number>`cast(${hour} as bigint)`.as('hour_start'),
          'reject',
          'at',
          'content',
        ])
        .where(sql<boolean>`true`)
        .orderBy('reject'),
    )
    .onConflict((conflict) => conflict.columns(['project', 'reject']).doNothing())
    .returning('reject')
    .execute();
  return inserted.length;
}

const Kept = z.object({
  reason: z.string(),
  place: z.string(),
  text: z.string(),
  isNote: z._default(z.boolean(), false),
});

/** The newest first, remarks too, and how many there were with those that are only counted. */
export async function rejectsOf({ db }: Engine, project: string, most: number): Promise<KeptRejects> {
  const sums = await db
    .selectFrom('sentry_monitor_event_reject_hours')
    .select(({ fn }) => [
      fn.sum<number | string | null>('rejects').as('total'),
      fn.sum<number | string | null>('notes').as('notes'),
    ])
    .where('project', '=', project)
    .executeTakeFirst();
  const rows = await db
    .selectFrom('sentry_monitor_event_rejects')
    .select(['reject', 'at', 'content'])
    .where('project', '=', project)
    .orderBy('at', 'desc')
    .orderBy('reject')
    .limit(most)
    .execute();
  const newest = rows.map(({ reject, at, content }) => ({
    id: textIn(reject),
    at,
    ...parse(Kept, content, 'a reject'),
  }));
  return { total: Number(sums?.total ?? 0), notes: Number(sums?.notes ?? 0), newest };
}
