import { sql } from 'kysely';
import { chunks } from '../../../core/model/chunks.ts';
import { RUN_OUTCOMES } from '../../../core/model/verdict.ts';
import { PERIOD_MS, type Window } from '../../../core/model/window.ts';
import type { CountsRead, ReadModel, RunView, WindowCount } from '../../../core/ports/read-model.ts';
import type { Database } from '../../database/database.ts';
import type { Engine } from '../../database/engine.ts';
import { claimOf } from '../claim-rows.ts';
import { jsonIn } from '../codec.ts';
import { readHours } from './hours.ts';
import { countedIn, firsts, late, recorded } from './past.ts';
import { keptReceipts } from './kept-receipts.ts';
import { keptReports } from './kept-reports.ts';

/** So many values are given to one statement: SQLite takes 32,766, PostgreSQL 65,535. */
const VALUES_A_STATEMENT = 5_000;

/** The tables as people look at them. Reads only, and only by keys that the tables have. */
export function sqlReadModel(database: Database): ReadModel {
  const [reports, trending, receipts] = [keptReports(false), keptReports(true), keptReceipts()];
  return {
    runs: async (since, limit, until) => runs(await database.ready(), { start: since, end: until ?? Infinity }, limit),
    counts: async (filters, from, to, since) =>
      filters.length === 0
        ? { counts: new Map(), until: 0 }
        : counts(await database.ready(), filters, { start: from, end: to }, since),
    hours: async (filters, from, to, since = 0) =>
      readHours(await database.ready(), filters, { start: from, end: to }, since),
    recorded: async (since) => recorded(await database.ready(), since),
    firsts: async (filters) => firsts(await database.ready(), filters),
    countedIn: async (filters, spans) => (spans.length === 0 ? [] : countedIn(await database.ready(), filters, spans)),
    late: async (filter, span) => late(await database.ready(), filter, span),
    reports: async (ids, issues = 'all') => {
      const read = issues === 'all' ? reports : trending;
      return inParts(ids, async (some) => read(await database.ready(), some));
    },
    receipts: async (keys) => inParts(keys.map(claimOf), async (some) => receipts(await database.ready(), some)),
  };
}

async function inParts<T, R>(
  things: readonly T[],
  read: (some: readonly T[]) => Promise<readonly R[]>,
): Promise<readonly R[]> {
  const found: R[] = [];
  for (const some of chunks(things, VALUES_A_STATEMENT)) found.push(...(await read(some)));
  return found;
}

async function runs({ db }: Engine, { start, end }: Window, limit: number): Promise<readonly RunView[]> {
  const numbered = db
    .selectFrom('sentry_monitor_runs')
    .selectAll()
    .where('started_at', '>=', start)
    .$if(end < Infinity, (query) => query.where('started_at', '<', end))
    .select(sql<number>`row_number() over (partition by server order by started_at desc)`.as('place'))
    .as('numbered');
  const rows = await db
    .selectFrom(numbered)
    .selectAll()
    .where('place', '<=', limit)
    .orderBy('started_at', 'desc')
    .execute();
  return rows.map((row) => ({
    runId: row.run_id,
    server: row.server,
    window: { start: row.window_start, end: row.window_start + PERIOD_MS },
    startedAt: row.started_at,
    endedAt: row.ended_at,
    outcome: RUN_OUTCOMES.find((it) => it === row.outcome) ?? null,
    reports: row.reports,
    sourceRequests: row.source_requests,
  }));
}

/**
 * NOTE: what was recorded lately is found by the index of that, and then all filters are read: SQLite would take the
 * other index.
 */
async function counts({ db }: Engine, filters: readonly string[], within: Window, since = 0): Promise<CountsRead> {
  const rows = await db
    .selectFrom('sentry_monitor_reports')
    .select(['filter', 'window_start', 'revision', 'complete', 'totals', 'recorded_at'])
    .where('window_start', '>=', within.start)
    .where('window_start', '<', within.end)
    .$if(since === 0, (query) => query.where('filter', 'in', filters))
    .$if(since > 0, (query) => query.where('recorded_at', '>=', since))
    .execute();
  const found = new Map(filters.map((name) => [name, new Map<number, WindowCount>()]));
  let until = since;
  for (const { filter, window_start: start, revision, complete, totals, recorded_at: at } of rows) {
    until = Math.max(until, at);
    const windows = found.get(filter);
    if (windows === undefined || (windows.get(start)?.revision ?? -1) > revision) continue;
    windows.set(start, { start, events: eventsIn(totals), complete: complete === 1, revision });
  }
  const known = [...found].filter(([, windows]) => windows.size > 0);
  return {
    counts: new Map(known.map(([name, windows]) => [name, [...windows.values()].sort((a, b) => a.start - b.start)])),
    until,
  };
}

/** A total as `textOf` writes it, between two of which nothing but their comma stands. */
const TOTAL =
  /(?:^\[|,)\{"events":(\d+),"issues":(?:\d+|null),"project":"[^"\\]*","projectId":"[^"\\]*","users":\d+\}/y;

/**
 * NOTE: by hand: a hundred thousand rows a page, and a schema would take longer than the database. Only what does not
 * look as this program writes it is parsed.
 */
function eventsIn(text: string): number {
  let [sum, at] = [0, 0];
  for (TOTAL.lastIndex = 0; ; at = TOTAL.lastIndex) {
    const total = TOTAL.exec(text);
    if (total === null) break;
    sum += Number(total[1]);
  }
  return text.startsWith('[') && at > 0 && text.slice(at) === ']' ? sum : parsedEvents(text);
}

function parsedEvents(text: string): number {
  const totals = jsonIn(text);
  const events = Array.isArray(totals)
    ? totals.map((total: { events?: unknown } | null) => total?.events)
    : [undefined];
  return events.reduce<number>((sum, it) => {
    if (typeof it !== 'number') throw new Error('the ledger holds totals that this program did not write');
    return sum + it;
  }, 0);
}
