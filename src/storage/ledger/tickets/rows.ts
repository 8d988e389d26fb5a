import { sql } from 'kysely';
import * as z from 'zod/mini';
import type { TakenTicket, TicketAt, TicketState } from '../../../core/ports/tickets/ticket-store.ts';
import type { Engine } from '../../database/engine.ts';
import { safeText, textIn } from '../alerts/safe-text.ts';
import { parse, textOf } from '../codec.ts';

const Ref = z.object({ id: z.string(), key: z.string(), url: z.string() });
const StateText = z.object({
  ticket: z.nullable(Ref),
  previous: z.nullable(Ref),
  isRelated: z.boolean(),
  work: z.nullable(
    z.object({
      kind: z.enum(['create', 'comment']),
      mark: z.string(),
      since: z.number(),
      isUncertain: z.boolean(),
      until: z.nullable(z.number()),
      total: z.number(),
    }),
  ),
  writtenAt: z.nullable(z.number()),
  toldUntil: z.nullable(z.number()),
  toldTotal: z.number(),
  reopenedFor: z.nullable(z.number()),
  seenAt: z.nullable(z.number()),
  error: z.nullable(z.string()),
});

/** One statement: whoever is second waits for the first, and finds that it has the row. */
export async function take(
  engine: Engine,
  { issue, project }: TicketAt,
  { token, leaseMs }: { readonly token: string; readonly leaseMs: number },
): Promise<TakenTicket | null> {
  const { db, clock } = engine;
  const row = await db
    .insertInto('sentry_monitor_tickets')
    .values({
      issue: safeText(issue),
      project: safeText(project),
      token,
      lease_until: until(engine, leaseMs),
      kept_at: clock(),
    })
    .onConflict((conflict) =>
      conflict
        .columns(['issue', 'project'])
        .doUpdateSet(({ ref }) => ({ token: ref('excluded.token'), lease_until: ref('excluded.lease_until') }))
        .where('sentry_monitor_tickets.lease_until', '<=', clock()),
    )
    .returning('state')
    .executeTakeFirst();
  if (row === undefined) return null;
  return { token, state: row.state === null ? null : parse(StateText, row.state, "an issue's ticket") };
}

/** False: it was taken over. NOTE: a lease that ran out is still ours while nobody took the row. */
export async function keep(
  engine: Engine,
  { issue, project }: TicketAt,
  { token, leaseMs, state }: { readonly token: string; readonly leaseMs: number; readonly state: TicketState },
): Promise<boolean> {
  const rows = await engine.db
    .updateTable('sentry_monitor_tickets')
    .set({
      state: textOf(state),
      open_since: state.work?.since ?? null,
      lease_until: leaseMs === 0 ? sql.lit(0) : until(engine, leaseMs),
      kept_at: engine.clock(),
    })
    .where('issue', '=', safeText(issue))
    .where('project', '=', safeText(project))
    .where('token', '=', token)
    .where('lease_until', '>', 0)
    .returning('issue')
    .execute();
  return rows.length > 0;
}

export async function unsettled({ db }: Engine, limit: number): Promise<readonly TicketAt[]> {
  const rows = await db
    .selectFrom('sentry_monitor_tickets')
    .select(['issue', 'project'])
    .where('open_since', 'is not', null)
    .orderBy('open_since')
    .orderBy('issue')
    .limit(limit)
    .execute();
  return rows.map(({ issue, project }) => ({ issue: textIn(issue), project: textIn(project) }));
}

function until({ clock }: Engine, leaseMs: number) {
  return sql<number>`${clock()} + cast(${Math.round(leaseMs)} as bigint)`;
}
