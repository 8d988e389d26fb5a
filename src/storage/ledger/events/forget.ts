import { type RawBuilder, sql } from 'kysely';
import { DAY_MS, HOUR_MS } from '../../../core/model/window.ts';
import { clockOf, MOST_SKEW_MS } from '../../database/clock-of.ts';
import type { Engine } from '../../database/engine.ts';
import type { Tables } from '../../database/tables.ts';
import { inSteps, removeInSteps } from '../upkeep/in-steps.ts';
import { foldCounts } from './fold.ts';

/** Counts, and what is known of an issue after its newest event, days. */
const COUNTS_DAYS = 90;
/** Events of a window come in for so long mostly: then what they come to becomes one. */
const FOLDED_MS = HOUR_MS;

/**
 * Forgets events and what they came to, in small steps. An event goes so many days after it was stored, and not before
 * it is as old: until then it is known when it is read again. When an issue happened first is never forgotten. False:
 * nothing was touched, because the clocks differ.
 */
export async function forgetEvents(engine: Engine, eventDays: number, now: number): Promise<boolean> {
  const projects = await projectsIn(engine);
  if (projects.length === 0) return true;
  if (Math.abs((await clockOf(engine)) - now) > MOST_SKEW_MS) return false;
  await removeInSteps(engine, 'sentry_monitor_event_posts', ['project', 'post'], sql`until_at < ${now}`);
  const [events, counts] = [now - eventDays * DAY_MS, now - COUNTS_DAYS * DAY_MS];
  for (const project of projects) {
    await foldCounts(engine, project, now - FOLDED_MS);
    await forgetOld(engine, project, events);
    for (const [table, key, old] of untilIssues(counts)) await removeInSteps(engine, table, key, of(project, old));
    await emptyFirsts(engine, project);
    for (const [table, key, old] of afterIssues(events, counts))
      await removeInSteps(engine, table, key, of(project, old));
  }
  return true;
}

const COUNTS_KEY = ['project', 'step_ms', 'start', 'environment', 'level', 'part'];

/** A table, the key of its rows, and which of them are old. */
type Old = readonly [table: keyof Tables, key: readonly string[], rows: RawBuilder<unknown>];

function of(project: string, old: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`project = ${project} and ${old}`;
}

function untilIssues(counts: number): readonly Old[] {
  const day = sql.lit(DAY_MS);
  return [
    ['sentry_monitor_event_counts', COUNTS_KEY, sql`start < ${counts - DAY_MS} and step_ms = ${day}`],
    ['sentry_monitor_event_counts', COUNTS_KEY, sql`start < ${counts} and step_ms < ${day}`],
    ['sentry_monitor_event_issues', ['project', 'issue'], sql`last_at < ${counts}`],
  ];
}

function afterIssues(events: number, counts: number): readonly Old[] {
  return [
    ['sentry_monitor_event_traits', ['project', 'issue'], FORGOTTEN],
    ['sentry_monitor_event_rejects', ['project', 'reject'], sql`hour_start < ${events}`],
    ['sentry_monitor_event_objects', ['project', 'object'], sql`moved_at < ${events}`],
    ['sentry_monitor_event_timings', ['project', 'start', 'name', 'part'], sql`start < ${counts}`],
    ['sentry_monitor_event_reject_hours', ['project', 'hour_start'], sql`hour_start < ${counts}`],
  ];
}

/** Its issue is. */
const FORGOTTEN = sql`not exists (select 1 from sentry_monitor_event_issues as known
  where known.project = sentry_monitor_event_traits.project and known.issue = sentry_monitor_event_traits.issue)`;

/** Those of which anything was ever read. */
async function projectsIn({ db }: Engine): Promise<readonly string[]> {
  const rows = await db.selectFrom('sentry_monitor_event_cursors').select('project').distinct().execute();
  return rows.map(({ project }) => project);
}

/** Hour by hour of the events' own time: those that were stored late are passed once. */
async function forgetOld(engine: Engine, project: string, before: number): Promise<void> {
  for (let from = Number.MIN_SAFE_INTEGER; ;) {
    const next = await engine.db
      .selectFrom('sentry_monitor_events')
      .select(({ fn }) => fn.min<number | null>('at').as('at'))
      .where('project', '=', project)
      .where('at', '>=', from)
      .where('at', '<', before)
      .executeTakeFirst();
    if (next?.at == null) return;
    from = Math.min(next.at + HOUR_MS, before);
    await removeInSteps(
      engine,
      'sentry_monitor_events',
      ['project', 'event'],
      sql`project = ${project} and at >= ${next.at} and at < ${from} and stored_at < ${before}`,
    );
  }
}

/** Of issues that are forgotten only the time stays. */
async function emptyFirsts(engine: Engine, project: string): Promise<void> {
  await inSteps(
    engine,
    (most) => sql`update sentry_monitor_event_firsts set sample = '' where (project, issue, environment) in
      (select project, issue, environment from sentry_monitor_event_firsts as own
        where project = ${project} and sample <> '' and not exists (select 1 from sentry_monitor_event_issues as known
          where known.project = own.project and known.issue = own.issue) limit ${most})`,
  );
}
