import { type RawBuilder, sql } from 'kysely';
import { faultOf } from '../../core/model/errors.ts';
import { DAY_MS, HOUR_MS } from '../../core/model/window.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { History } from '../../core/ports/history.ts';
import { COUNTER } from '../../core/ports/recounts.ts';
import type { Log } from '../../core/ports/scope.ts';
import { MOST_SKEW_MS } from '../database/clock-of.ts';
import type { Database } from '../database/database.ts';
import type { Engine } from '../database/engine.ts';

/** Issue rows and tags of reports, and items that nobody took any more, ms. */
const ROWS_KEPT_MS = 48 * HOUR_MS;

/** Work that nobody has done for so long is forgotten, ms: a digest may be a month apart. */
const JOBS_KEPT_MS = 90 * DAY_MS;

/** How long things are kept, days. */
export interface Keeping {
  readonly retentionDays: number;
  /** Messages for people, and what became of them. */
  readonly messageDays: number;
  /** Events of intakes. */
  readonly eventDays: number;
}

/** A history that forgets what is too old, after a run, once an hour; nothing while the clock is doubted. */
export function pruning(
  history: History,
  database: Database,
  { retentionDays, messageDays, eventDays }: Keeping,
  { now, log }: Pick<Clock, 'now'> & { readonly log: Log },
): History {
  let next = 0;
  const isDoubted = doubting();
  return {
    ...history,
    async ended(run) {
      await history.ended(run);
      const at = now();
      const isUnsure = isDoubted(at, run.clockSkewMs ?? null);
      if (at < next) return;
      next = at + HOUR_MS;
      if (isUnsure)
        return log.warn({ clockSkewMs: run.clockSkewMs }, 'ledger: nothing is pruned: the clock is doubted');
      await prune(database, retentionDays);
      // Nobody waits for it: a large file takes its time.
      void forgetOfRules(database, messageDays, { now, log })
        .then(() => forgetOfIntakes(database, eventDays, { now, log }))
        .then(() => forgetOfTickets(database, retentionDays, { now, log }))
        .then(() => giveBack(database, log));
    },
  };
}

/**
 * Whether the clock may be wrong: the source has another time, or time leapt by over an hour since the last run and no
 * source said anything. Where runs are hours apart the second leap in a row is none.
 */
function doubting(): (at: number, skewMs: number | null) => boolean {
  let last = Infinity;
  let hasLeapt = false;
  return (at, skewMs) => {
    const leaps = at - last > HOUR_MS;
    const isNew = leaps && !hasLeapt;
    last = at;
    hasLeapt = leaps;
    return skewMs === null ? isNew : Math.abs(skewMs) > MOST_SKEW_MS;
  };
}

async function forgetOfRules(
  database: Database,
  messageDays: number,
  { now, log }: Pick<Clock, 'now'> & { readonly log: Log },
): Promise<void> {
  try {
    const { forgetAlerts } = await import('./alerts/forget.ts');
    if (await forgetAlerts(await database.ready(), messageDays, now())) return;
    log.warn({}, "ledger: alerts and messages are not pruned: the database's clock and this server's differ");
  } catch (error) {
    // What the end cut off the next process does.
    if (!database.isClosed()) log.warn({ error: faultOf(error).message }, 'ledger: alerts and messages are not pruned');
  }
}

async function forgetOfIntakes(
  database: Database,
  eventDays: number,
  { now, log }: Pick<Clock, 'now'> & { readonly log: Log },
): Promise<void> {
  try {
    const { forgetEvents } = await import('./events/forget.ts');
    if (await forgetEvents(await database.ready(), eventDays, now())) return;
    log.warn({}, "ledger: events are not pruned: the database's clock and this server's differ");
  } catch (error) {
    if (!database.isClosed()) log.warn({ error: faultOf(error).message }, 'ledger: events are not pruned');
  }
}

async function forgetOfTickets(
  database: Database,
  retentionDays: number,
  { now, log }: Pick<Clock, 'now'> & { readonly log: Log },
): Promise<void> {
  try {
    const { forgetTickets } = await import('./tickets/forget.ts');
    if (await forgetTickets(await database.ready(), retentionDays, now())) return;
    log.warn({}, "ledger: tickets are not pruned: the database's clock and this server's differ");
  } catch (error) {
    if (!database.isClosed()) log.warn({ error: faultOf(error).message }, 'ledger: tickets are not pruned');
  }
}

async function giveBack(database: Database, log: Log): Promise<void> {
  try {
    await (await database.ready()).giveBack?.();
  } catch (error) {
    if (!database.isClosed()) log.warn({ error: faultOf(error).message }, 'ledger: room is not given back');
  }
}

export async function prune(database: Database, retentionDays: number): Promise<void> {
  const { db, clock } = await database.ready();
  const before = (ms: number): RawBuilder<number> => sql<number>`${clock()} - cast(${ms} as bigint)`;
  await db
    .deleteFrom('sentry_monitor_claims')
    .where('created_at', '<', before(retentionDays * DAY_MS))
    .execute();
  await db
    .deleteFrom('sentry_monitor_reports')
    .where('recorded_at', '<', before(retentionDays * DAY_MS))
    .execute();
  await db
    .deleteFrom('sentry_monitor_hours')
    .where('recorded_at', '<', before(retentionDays * DAY_MS))
    .execute();
  await db
    .deleteFrom('sentry_monitor_runs')
    .where('started_at', '<', before(retentionDays * DAY_MS))
    .execute();
  await forgetJobs(db, before(JOBS_KEPT_MS));
  await db.deleteFrom('sentry_monitor_recounts').where('recorded_at', '<', before(ROWS_KEPT_MS)).execute();
  await db
    .deleteFrom('sentry_monitor_claims')
    .where('sink', '=', COUNTER)
    .where('created_at', '<', before(ROWS_KEPT_MS))
    .execute();
  await db
    .updateTable('sentry_monitor_claims')
    .set({ items: null })
    .where('created_at', '<', before(ROWS_KEPT_MS))
    .where('items', 'is not', null)
    .execute();
  await db
    .updateTable('sentry_monitor_reports')
    .set({ issues: null, splits: null })
    .where('recorded_at', '<', before(ROWS_KEPT_MS))
    .where('issues', 'is not', null)
    .execute();
}

async function forgetJobs(db: Engine['db'], old: RawBuilder<number>): Promise<void> {
  await db
    .deleteFrom('sentry_monitor_jobs')
    .where(sql<boolean>`coalesce(good_at, 0) < ${old} and coalesce(failed_at, 0) < ${old}`)
    .execute();
}
