import { sql } from 'kysely';
import type { Report } from '../../src/core/model/report.ts';
import { createDatabase } from '../../src/storage/database/database.ts';
import type { Engine } from '../../src/storage/database/engine.ts';
import { claimOf } from '../../src/storage/ledger/claim-rows.ts';
import { textOf } from '../../src/storage/ledger/codec.ts';
import { sqlHistory } from '../../src/storage/ledger/history.ts';
import { addUpHours } from '../../src/storage/ledger/views/hours.ts';
import { filterOf, issueOf, reportOf } from '../support/build/reports.ts';
import { addAlerts } from './page-alerts.ts';
import { createLogBook } from '../support/build/scope.ts';

export const FILTERS = 500;
export const WINDOWS = 288;
export const DAYS = 30;
const FIVE = 300_000;
const HOUR = 12 * FIVE;
/** A run is over so long after its window, ms. */
const RECORDED = 180_000;

export const teamOf = (n: number): string => `team-${n % 50}`;
export const NAMES = Array.from({ length: FILTERS }, (_, n) => `${teamOf(n)}-filter-${n}`);
/** Whose own page is looked at. */
export const LOOKED_AT = NAMES[3]!;
const SINKS = ['newrelic', 'anodot'];

/** One filter in 25 has an issue that trends; now and then a window is incomplete, or not counted. */
function reportFor(n: number, end: number, back: number): Report {
  const start = end - FIVE;
  const issues = Array.from({ length: back < 2 ? 25 : 3 }, (_, rank) => {
    const trending = n % 25 === 0 && rank < 3;
    const state = trending ? 'surging' : 'ongoing';
    return issueOf({
      issueId: String(n * 100 + rank),
      rank: rank + 1,
      trending,
      state,
      score: 9 - rank,
      expected: 2.5,
    });
  });
  return reportOf({
    id: `${NAMES[n]!}@${new Date(start).toISOString()}`,
    filter: filterOf({ name: NAMES[n]!, team: teamOf(n) }),
    window: { start, end },
    issues,
    complete: (n + back) % 97 !== 0,
    totals: ['web', 'api'].map((project, k) => ({
      project: `${project}-${n}`,
      projectId: String(n * 10 + k),
      events: Math.floor(Math.abs(Math.sin(n + back / 9)) * (n % 7 === 0 ? 9000 : 90)),
      users: 3,
      issues: 25,
    })),
  });
}

/** A ledger with a day of windows, what older hours come to, and alerts. `ends`: of the windows, the newest first. */
export async function openFilled(url: string, ends: readonly number[]): Promise<PageLedger> {
  const clock = { now: 0 };
  const database = createDatabase(url, { now: () => clock.now, leaseMs: 30_000, log: createLogBook() });
  const history = sqlHistory(database, { server: 'host-1' });
  const engine = await database.ready();
  const add = async (end: number, back: number): Promise<void> => {
    clock.now = end + RECORDED;
    const all = NAMES.flatMap((_, n) => ((n + back) % 71 === 0 ? [] : [reportFor(n, end, back)]));
    await history.put(all);
    // Pages of all filters tell of the last window's deliveries, a filter's page of a day's.
    await deliver(engine, back < 2 ? all : all.filter(({ filter }) => filter.name === LOOKED_AT), end);
    const runId = `run-${end}`;
    await history.began({ runId, window: { start: end - FIVE, end }, reports: FILTERS });
    await history.ended({ runId, outcome: 'ok', sourceRequests: 600, sinkRequests: 10 });
  };
  for (const [back, end] of [...ends.entries()].reverse()) await add(end, back);
  const before = await bytesOf(engine);
  const rows = await addHours(engine, Math.floor((ends.at(-1)! - FIVE) / HOUR) * HOUR);
  const bytesAnHour = ((await bytesOf(engine)) - before) / rows;
  while (await addUpHours(engine, 4_000));
  await addAlerts(database, NAMES, ends[0]!);
  return { bytesAnHour, add: (end) => add(end, 0), close: () => database.close() };
}

export interface PageLedger {
  /** What a row of a filter and hour takes in the file, its index with it. */
  readonly bytesAnHour: number;
  /** One more window of all filters. */
  add(end: number): Promise<void>;
  close(): Promise<void>;
}

async function deliver({ db }: Engine, reports: readonly Report[], end: number): Promise<void> {
  const refs = ['9b2ba0b0-0001-b000-0000-019ab4'];
  const receipt = textOf({ accepted: 30, refused: [], uncertain: 0, failed: 0, refs });
  const common = { revision: 0, created_at: end, token: 'x', server: 'host-1', lease_until: 0, done: 1, receipt };
  const claims = reports.flatMap(({ id }) =>
    SINKS.map((sink) => ({
      ...{ claim: claimOf({ reportId: id, revision: 0, sink }), report_id: id, sink },
      ...{ ...common, delivered: null, items: null },
    })),
  );
  for (let at = 0; at < claims.length; at += 200)
    await db
      .insertInto('sentry_monitor_claims')
      .values(claims.slice(at, at + 200))
      .execute();
}

/** Of the file, without pages that nothing uses. */
async function bytesOf({ db }: Engine): Promise<number> {
  const { rows } = await sql<{ bytes: number }>`
    select (page_count - freelist_count) * page_size as bytes
    from pragma_page_count, pragma_freelist_count, pragma_page_size`.execute(db);
  return rows[0]!.bytes;
}

/**
 * Whole hours of the days before, and one window at their beginning, so that the ledger goes back as far. How many rows
 * of hours.
 */
async function addHours({ db, given }: Engine, before: number): Promise<number> {
  const first = before - DAYS * 24 * HOUR;
  const names = given<{ name: string; place: number }>(
    { name: 'text', place: 'integer' },
    NAMES.map((name, place) => ({ name, place })),
  );
  await sql`
    with recursive hours(at) as (select ${first} union all select at + ${HOUR} from hours where at + ${HOUR} < ${before})
    insert into sentry_monitor_hours select name, at, 12, 12 - (place + at / ${HOUR}) % 37 / 36,
      (place * 7919 + at / ${HOUR} * 104729) % 5000, 0, at + ${HOUR} from ${names} as given, hours`.execute(db);
  await sql`
    insert into sentry_monitor_reports select name || '@' || ${new Date(first).toISOString()}, 0, name, ${first},
      ${first + FIVE}, ${before}, 'acme', 'sentry', 1, 0, null, '[]', '[]', '[]', null, null, null, null, null
    from ${names} as given`.execute(db);
  await db.updateTable('sentry_monitor_progress').set({ recorded_at: before }).execute();
  return (FILTERS * (before - first)) / HOUR;
}
