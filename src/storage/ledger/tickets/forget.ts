import { type RawBuilder, sql } from 'kysely';
import { DAY_MS } from '../../../core/model/window.ts';
import { DONE_MS } from '../../../core/tickets/filing/next-step.ts';
import { clockOf, MOST_SKEW_MS } from '../../database/clock-of.ts';
import type { Engine } from '../../database/engine.ts';

/** So many rows go at a time: others have their turn in between. */
const ROWS = 500;

/**
 * Forgets in small steps what is too old of tickets: those that are done and were not touched for so long, rows of
 * issues without an open one, and texts of issues that are forgotten. What is under way stays, and so does all of an
 * open ticket: an issue has one ticket, however long ago it was made. False: nothing was touched, because the clocks
 * differ.
 */
export async function forgetTickets(engine: Engine, retentionDays: number, now: number): Promise<boolean> {
  if (!(await isUsed(engine))) return true;
  if (Math.abs((await clockOf(engine)) - now) > MOST_SKEW_MS) return false;
  // NOTE: one that was done lately is opened again, so it is known for longer than that.
  const before = now - Math.max(retentionDays * DAY_MS, DONE_MS + DAY_MS);
  await forgetRows(engine, before);
  await forgetKnown(engine, before);
  await forgetTexts(engine, before);
  return true;
}

/** A ledger without tickets is asked for nothing more. */
async function isUsed({ db }: Engine): Promise<boolean> {
  const { rows } = await sql`select 1 from ${TICKETS} union all select 1 from ${KNOWN}
    union all select 1 from ${TEXTS} limit 1`.execute(db);
  return rows.length > 0;
}

const KNOWN = sql.table('sentry_monitor_known_tickets');
const TICKETS = sql.table('sentry_monitor_tickets');
const TEXTS = sql.table('sentry_monitor_issue_texts');

/** Of an issue whose row is `own`, a ticket that is known to be so. NOTE: quotes within texts are escaped. */
function hasTicket(done: boolean): RawBuilder<boolean> {
  return sql<boolean>`exists (select 1 from sentry_monitor_ticket_links as link
    inner join sentry_monitor_known_tickets as known on known.ticket_id = link.ticket_id
    where link.issue = own.issue and known.ticket like ${`%"isDone":${done}%`})`;
}

/** One of which it is not known whether its ticket is done stays. */
async function forgetRows({ db }: Engine, before: number): Promise<void> {
  const old = sql`select issue, project from ${TICKETS} as own
    where kept_at < ${before} and open_since is null and lease_until = 0 and not ${hasTicket(false)}
      and (state is null or state like '%"ticket":null%' or ${hasTicket(true)}) limit ${sql.lit(ROWS)}`;
  await inSteps(async () => {
    const gone = sql`delete from ${TICKETS}
      where (issue, project) in (${old}) and kept_at < ${before} and lease_until = 0`;
    return (await gone.execute(db)).numAffectedRows;
  });
}

async function forgetKnown({ db }: Engine, before: number): Promise<void> {
  await inSteps(() =>
    db.transaction().execute(async (trx) => {
      const old = await trx
        .deleteFrom('sentry_monitor_known_tickets')
        .where(
          'ticket_id',
          'in',
          trx
            .selectFrom('sentry_monitor_known_tickets')
            .select('ticket_id')
            .where('updated_at', '<', before)
            .where('ticket', 'like', '%"isDone":true%')
            .limit(ROWS),
        )
        .returning('ticket_id')
        .execute();
      const ids = old.map(({ ticket_id: id }) => id);
      for (const table of ['ticket_openings', 'ticket_links'] as const)
        if (ids.length > 0) await trx.deleteFrom(`sentry_monitor_${table}`).where('ticket_id', 'in', ids).execute();
      return BigInt(ids.length);
    }),
  );
}

/** As long as there are events of an issue, tickets are found for it. */
async function forgetTexts({ db, placeIn }: Engine, before: number): Promise<void> {
  const slash = placeIn(sql.ref<string>('own.issue'), '/');
  const old = sql`select issue from ${TEXTS} as own where kept_at < ${before} and not exists
    (select 1 from sentry_monitor_event_issues as known where known.project = substr(own.issue, 1, ${slash} - 1)
      and known.issue = substr(own.issue, ${slash} + 1)) limit ${sql.lit(ROWS)}`;
  await inSteps(async () => (await sql`delete from ${TEXTS} where issue in (${old})`.execute(db)).numAffectedRows);
}

async function inSteps(step: () => Promise<bigint | undefined>): Promise<void> {
  while ((await step()) === BigInt(ROWS));
}
