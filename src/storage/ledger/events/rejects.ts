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
export const MOST_REJECTS = 1_000;

interface Given {
  readonly reject: string;
  readonly at: number;
  readonly content: string;
}
const GIVEN: Columns<Given> = { reject: 'text', at: 'bigint', content: 'text' };

/** How many of them are new. */
export async function addRejects(engine: Engine, project: string, rejects: readonly Reject[]): Promise<number> {
  const unique = [...new Map(rejects.map(fitReject).map((it) => [it.id, it])).values()];
  let fresh = 0;
  const hours = Map.groupBy(unique, ({ at }) => Math.floor(at / HOUR_MS) * HOUR_MS);
  for (const [hour, some] of [...hours].toSorted(([a], [b]) => a - b))
    fresh += await addOfHour(engine, project, hour, some);
  return fresh;
}

async function addOfHour(engine: Engine, project: string, hour: number, rejects: readonly Reject[]): Promise<number> {
  const room = Math.max(0, MOST_REJECTS - (await countOf(engine, project, hour)));
  const kept = await insert(engine, project, hour, rejects.slice(0, room));
  const fresh = kept + Math.max(0, rejects.length - room);
  if (fresh === 0) return 0;
  await engine.db
    .insertInto('sentry_monitor_event_reject_hours')
    .values({ project, hour_start: hour, rejects: fresh })
    .onConflict((conflict) =>
      conflict
        .columns(['project', 'hour_start'])
        .doUpdateSet({ rejects: sql<number>`sentry_monitor_event_reject_hours.rejects + excluded.rejects` }),
    )
    .execute();
  return fresh;
}

async function countOf({ db }: Engine, project: string, hour: number): Promise<number> {
  const row = await db
    .selectFrom('sentry_monitor_event_reject_hours')
    .select('rejects')
    .where('project', '=', project)
    .where('hour_start', '=', hour)
    .executeTakeFirst();
  return row?.rejects ?? 0;
}

async function insert(engine: Engine, project: string, hour: number, rejects: readonly Reject[]): Promise<number> {
  if (rejects.length === 0) return 0;
  const rows = rejects.map(({ id, at, ...rest }) => ({ reject: safeText(id), at, content: JSON.stringify(rest) }));
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

const Kept = z.object({ reason: z.string(), place: z.string(), text: z.string() });

/** The newest first, and how many there were with those that are only counted. */
export async function rejectsOf({ db }: Engine, project: string, most: number): Promise<KeptRejects> {
  const sums = await db
    .selectFrom('sentry_monitor_event_reject_hours')
    .select(({ fn }) => fn.sum<number | string | null>('rejects').as('total'))
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
  return { total: Number(sums?.total ?? 0), newest };
}
