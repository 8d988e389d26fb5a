import { makeDigest } from '../../../src/core/digests/make.ts';
import { messageOf } from '../../../src/core/digests/message.ts';
import type { Digest } from '../../../src/core/model/alerting/digest.ts';
import type { Message } from '../../../src/core/model/alerting/message.ts';
import type { DigestStore } from '../../../src/core/ports/alerting/digest-store.ts';
import type { Database } from '../../../src/storage/database/database.ts';

/** What a large digest speaks of: a day of many filters, and the day before that it is compared with. */
export const LARGE = { filters: 200, windows: 576, issues: 8, issuesOfDay: 60, events: 36 } as const;
export const DIGEST_TIME = Date.UTC(2026, 10, 20, 8);

const FIVE = 300_000;
const START = DIGEST_TIME - LARGE.windows * FIVE;
const NAMES = Array.from({ length: LARGE.filters }, (_, n) => `filter-${n}`);

/** Two days of all filters, as runs leave them: each window has eight of sixty issues. */
export async function fillLarge(database: Database): Promise<void> {
  const { db } = await database.ready();
  for (const [n, filter] of NAMES.entries()) {
    await db.insertInto('sentry_monitor_issues').values(issuesOf(filter, n)).execute();
    const windows = Array.from({ length: LARGE.windows }, (_, at) => windowOf(filter, n, at));
    for (let from = 0; from < windows.length; from += 96) {
      const some = windows.slice(from, from + 96);
      await db
        .insertInto('sentry_monitor_reports')
        .values(some.map(({ report }) => report))
        .execute();
      await db
        .insertInto('sentry_monitor_issue_windows')
        .values(some.map(({ issues }) => issues))
        .execute();
    }
  }
}

function issuesOf(filter: string, n: number) {
  return Array.from({ length: LARGE.issuesOfDay }, (_, id) => ({
    filter,
    issue: String(n * 100 + id),
    first_seen: START - FIVE,
    seen_at: START,
    project: 'web',
    title: `TypeError: number ${id} is not a function`,
    level: 'error',
    url: `https://sentry.example.com/issues/${id}/`,
  }));
}

function windowOf(filter: string, n: number, at: number) {
  const start = START + at * FIVE;
  const rows = Array.from({ length: LARGE.issues }, (_, k) => {
    return [String(n * 100 + ((at + k * 7) % LARGE.issuesOfDay)), 0, k + 1, 1, 7, null, null];
  });
  const totals = [{ events: LARGE.events, issues: LARGE.issues, project: 'web', projectId: '11', users: 9 }];
  const report = {
    report_id: `${filter}@${start}`,
    revision: 0,
    filter,
    window_start: start,
    window_end: start + FIVE,
    recorded_at: start,
    org: 'acme',
    source: 'sentry',
    complete: 1,
    unattributed: 0,
    gaps: '[]',
    warnings: '[]',
    totals: JSON.stringify(totals),
  };
  const issues = JSON.stringify({ projects: ['web'], issues: rows });
  return { report, issues: { filter, window_start: start, revision: 0, issues } };
}

/** The digest of the newer day, as it is sent. */
export async function largeDigest(store: DigestStore): Promise<{ readonly digest: Digest; readonly message: Message }> {
  const plan = {
    name: 'all',
    at: { kind: 'cron', cron: '0 9 * * *', zone: 'Europe/Berlin' },
    filters: NAMES,
    tell: ['boss'],
    idle: [],
    chart: '24h',
    skipEmpty: false,
    where: '',
  } as const;
  const slot = { start: DIGEST_TIME - 288 * FIVE, end: DIGEST_TIME, late: false, now: DIGEST_TIME + 450_000 };
  const digest = await makeDigest(plan, slot, { store, filterOf: () => undefined, pageOf: () => null });
  const message = messageOf(digest, 'boss', { now: DIGEST_TIME, server: 'host-1', uuid: () => 'key' });
  return { digest, message };
}
