import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { makeDigest } from '../../../src/core/digests/make.ts';
import { messageOf } from '../../../src/core/digests/message.ts';
import { sqlDigests } from '../../../src/storage/ledger/digests/index.ts';
import { type LedgerBox, sqliteBox } from '../../support/ledger/ledgers.ts';

const [FILTERS, WINDOWS, ISSUES] = [200, 576, 8];
const FIVE = 300_000;
const END = Date.UTC(2026, 10, 20, 8);
const START = END - WINDOWS * FIVE;
const NAMES = Array.from({ length: FILTERS }, (_, n) => `filter-${n}`);

/** Two days of all filters, as a run leaves them. Every hundredth window has events of an issue that was not there. */
function fill(path: string): void {
  const db = new DatabaseSync(path);
  db.exec('begin');
  const report = db.prepare(`insert into sentry_monitor_reports
    (report_id, revision, filter, window_start, window_end, recorded_at, org, source, complete, unattributed, gaps, warnings, totals)
    values (?, 0, ?, ?, ?, ?, 'acme', 'sentry', 1, 0, '[]', '[]', ?)`);
  const window = db.prepare(
    'insert into sentry_monitor_issue_windows (filter, window_start, revision, issues) values (?, ?, 0, ?)',
  );
  const issue =
    db.prepare(`insert into sentry_monitor_issues (filter, issue, first_seen, seen_at, project, title, level, url)
    values (?, ?, ?, ?, 'web', ?, 'error', ?)`);
  for (const [n, name] of NAMES.entries()) {
    for (let id = 0; id < 60; id++)
      issue.run(
        name,
        String(n * 100 + id),
        START - FIVE,
        START,
        `TypeError: number ${id} is not a function`,
        `https://sentry.example.com/issues/${id}/`,
      );
    for (let at = 0; at < WINDOWS; at++) {
      const start = START + at * FIVE;
      const issues = Array.from({ length: ISSUES }, (_, k) => [
        String(n * 100 + ((at + k * 7) % 60)),
        0,
        k + 1,
        1,
        7,
        null,
        null,
      ]);
      const totals = [{ events: 36, issues: ISSUES, project: 'web', projectId: '11', users: 9 }];
      report.run(`${name}@${start}`, name, start, start + FIVE, start, JSON.stringify(totals));
      window.run(name, start, JSON.stringify({ projects: ['web'], issues }));
    }
  }
  db.exec('commit');
  db.close();
}

describe('a digest of 200 filters over 24 hours', () => {
  let box: LedgerBox;
  before(async function () {
    this.timeout(600_000);
    box = await sqliteBox();
    await box.database.ready();
    fill(box.url.slice('sqlite:'.length));
  });
  after(() => box.close());

  it('takes less than 2 s and 60 MB more memory', async function () {
    this.timeout(600_000);
    const store = sqlDigests(box.database);
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
    const deps = { store, filterOf: () => undefined, pageOf: () => null };
    const slot = { start: END - 288 * FIVE, end: END, late: false, now: END + 450_000 };
    const before = process.memoryUsage().rss;
    let most = 0;
    const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 20);
    // Of all threads: on a machine that others use as well, time on the wall says little.
    const [began, cpu] = [performance.now(), process.cpuUsage()];
    const digest = await makeDigest(plan, slot, deps);
    const { lines } = messageOf(digest, 'boss', { now: END, server: 'host-1', uuid: () => 'key' });
    const used = process.cpuUsage(cpu);
    const [wall, seconds] = [(performance.now() - began) / 1000, (used.user + used.system) / 1e6];
    clearInterval(watch);
    const mb = (Math.max(most, process.memoryUsage().rss) - before) / 1_000_000;
    assert.deepEqual(
      digest.filters.map(({ events, issues, before: { events: then } }) => [events, issues, then]),
      NAMES.map(() => [288 * 36, 60, 288 * 36]),
    );
    assert.equal(
      digest.chart!.bars.reduce((sum, { events }) => sum + events!, 0),
      FILTERS * 288 * 36,
    );
    process.stdout.write(
      `      ${seconds.toFixed(2)} s of CPU, ${wall.toFixed(2)} s on the wall, ${mb.toFixed(0)} MB more, ${lines.length} lines\n`,
    );
    assert.ok(seconds < 2, `${seconds} s`);
    assert.ok(mb < 60, `${mb} MB`);
  });
});
