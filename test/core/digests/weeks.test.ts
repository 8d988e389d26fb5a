import assert from 'node:assert/strict';
import { workDigests } from '../../../src/core/digests/work.ts';
import type { Digest } from '../../../src/core/model/alerting/digest.ts';
import type { DigestPlan } from '../../../src/core/model/alerting/digest-plan.ts';
import { cronRun } from '../../../src/platform/cron.ts';
import { sqlDigests } from '../../../src/storage/ledger/digests/index.ts';
import { putReports } from '../../../src/storage/ledger/history.ts';
import { sqlOutbox } from '../../../src/storage/ledger/outbox/index.ts';
import { reportIn } from '../../support/alerting/stage.ts';
import { scopeOf } from '../../support/build/scope.ts';
import { type LedgerBox, sqliteBox } from '../../support/ledger/ledgers.ts';

const [FIVE, HOUR, DAY] = [300_000, 3_600_000, 86_400_000];
const ZONE = 'Europe/Berlin';

/** What a window of the week had: every 37th was not counted, every 50th has a gap, every 20th had no event. */
function eventsOf(n: number): number | null {
  if (n % 37 === 5) return null;
  return n % 20 === 3 ? 0 : ((n * 7_919) % 101) + 1;
}
const hasGap = (n: number): boolean => n % 50 === 11;

interface Sums {
  all: number;
  notCounted: number;
  incomplete: number;
  withEvents: number;
  events: number;
}

/** By a plain loop over some windows of the week. */
function sumsOf(first: number, end: number): Sums {
  const sums = { all: 0, notCounted: 0, incomplete: 0, withEvents: 0, events: 0 };
  for (let n = first; n < end; n++) {
    const events = eventsOf(n);
    sums.all++;
    if (events === null) sums.notCounted++;
    else {
      sums.events += events;
      sums.withEvents += events > 0 ? 1 : 0;
      sums.incomplete += hasGap(n) ? 1 : 0;
    }
  }
  return sums;
}

function saidBy({ filters: [filter] }: Digest): Sums {
  const { events, windows } = filter!;
  const { all, notCounted, incomplete, withEvents } = windows;
  return { all, notCounted, incomplete, withEvents, events };
}

const planOf = (name: string, cron: string, over: Partial<DigestPlan> = {}): DigestPlan => ({
  name,
  at: { kind: 'cron', cron, zone: ZONE },
  filters: ['crm'],
  tell: ['boss'],
  idle: [],
  chart: null,
  skipEmpty: false,
  where: 'crm.yaml:3',
  ...over,
});
const PLANS = [
  planOf('weekly', '0 9 * * 1', { chart: '7d' }),
  planOf('daily', '0 9 * * *'),
  planOf('night', '30 2 * * *'),
];

/** By hand: ends of the digest at half past two, UTC, and their windows; that hour comes twice, or not at all. */
const TWICE = [
  ['2026-10-20T00:30', 288],
  ['2026-10-21T00:30', 288],
  ['2026-10-22T00:30', 288],
  ['2026-10-23T00:30', 288],
  ['2026-10-24T00:30', 288],
  ['2026-10-25T00:30', 288],
  ['2026-10-26T01:30', 300],
] as const;
const SKIPPED = [
  ['2027-03-23T01:30', 288],
  ['2027-03-24T01:30', 288],
  ['2027-03-25T01:30', 288],
  ['2027-03-26T01:30', 288],
  ['2027-03-27T01:30', 288],
  ['2027-03-28T01:00', 282],
  ['2027-03-29T00:30', 282],
] as const;

describe('the digests of a week in which the clock is changed, out of the ledger', () => {
  let box: LedgerBox;
  before(async () => (box = await sqliteBox()));
  after(() => box.close());

  /** All that is posted from one Monday at nine to the next. */
  async function digestsOf(start: number, end: number): Promise<ReadonlyMap<string, readonly Digest[]>> {
    const reports = Array.from({ length: (end - start) / FIVE }, (_, n) => n).flatMap((n) => {
      const events = eventsOf(n);
      if (events === null) return [];
      const gaps = hasGap(n) ? [{ part: 'totals', reason: 'pages_shifted' } as const] : [];
      const totals = [{ project: 'crm-web', projectId: '11', events, users: 1, issues: 0 }];
      return [reportIn('crm', start + n * FIVE, { totals, gaps, complete: gaps.length === 0 })];
    });
    await putReports(await box.database.ready(), reports);
    const store = sqlDigests(box.database);
    const outbox = sqlOutbox(box.database, { uuid: () => 'lease' });
    let now = start;
    const pass = (): Promise<unknown> =>
      workDigests(
        {
          store,
          outbox,
          files: () => ({ digests: PLANS, isWhole: true }),
          shared: async () => ({ now, loadedAt: start }),
          now: () => 0,
          nextRun: ({ cron }: { cron: string }) => cronRun(cron, ZONE),
          channels: () => new Map(),
          mutes: async () => [],
          filterOf: () => undefined,
          pageOf: () => null,
          ...{ reachMs: 23 * HOUR, memoryMs: 30 * DAY, leaseMs: 30_000, server: 'host-1', uuid: () => 'key' },
          absent: async () => undefined,
        } as never,
        scopeOf(),
      );
    await pass();
    const daily = cronRun('0 9 * * *', ZONE);
    for (let slot = daily(start); slot !== null && slot <= end; slot = daily(slot))
      // What is missing is waited for, an hour at most.
      for (const at of [slot + FIVE, slot + HOUR + 2 * FIVE]) {
        now = at;
        await pass();
      }
    const posted = await outbox.listed({ limit: 1_000 });
    const digests = posted.map(({ message }) => message.digest!).filter(({ slot }) => Date.parse(slot.end) > start);
    return Map.groupBy(digests, ({ name }) => name);
  }

  for (const { what, from, to, windows, nights } of [
    {
      what: 'an hour is shown twice: 169 hours',
      ...{ from: '2026-10-19T07:00Z', to: '2026-10-26T08:00Z', windows: 2_028, nights: TWICE },
    },
    {
      what: 'an hour is left out: 167 hours',
      ...{ from: '2027-03-22T08:00Z', to: '2027-03-29T07:00Z', windows: 2_004, nights: SKIPPED },
    },
  ])
    it(`have together what the windows have, each once, where ${what}`, async () => {
      const [start, end] = [Date.parse(from), Date.parse(to)];
      const digests = await digestsOf(start, end);
      assert.equal(sumsOf(0, (end - start) / FIVE).all, windows);
      for (const [name, count] of [
        ['weekly', 1],
        ['daily', 7],
      ] as const) {
        const its = digests.get(name)!.toSorted((a, b) => (a.slot.start < b.slot.start ? -1 : 1));
        assert.equal(its.length, count, name);
        let at = start;
        const sums = { all: 0, notCounted: 0, incomplete: 0, withEvents: 0, events: 0 };
        for (const digest of its) {
          const [first, last] = [Date.parse(digest.slot.start), Date.parse(digest.slot.end)];
          assert.equal(first, at, `${name}: a hole or an overlap`);
          assert.deepEqual(saidBy(digest), sumsOf((first - start) / FIVE, (last - start) / FIVE), digest.slot.end);
          for (const key of Object.keys(sums) as (keyof Sums)[]) sums[key] += saidBy(digest)[key];
          at = last;
        }
        assert.deepEqual(sums, sumsOf(0, windows), name);
        assert.equal(at, end);
      }
      const its = digests.get('night')!.toSorted((a, b) => (a.slot.start < b.slot.start ? -1 : 1));
      const seen = its.map(({ slot: { end: at }, filters }) => [at.slice(0, 16), filters[0]!.windows.all]);
      assert.deepEqual(seen, nights);
      for (const [index, { slot }] of its.slice(1).entries()) assert.equal(slot.start, its[index]!.slot.end);
      const { bars } = digests.get('weekly')![0]!.chart!;
      const firstOf = (at: string): number => (Date.parse(at) - start) / FIVE;
      assert.deepEqual([bars.length, firstOf(bars[0]!.start)], [168, windows - 2_016], 'hours of the chart');
      for (const bar of bars) {
        const first = firstOf(bar.start);
        if (first >= 0) assert.equal(bar.events, sumsOf(first, first + 12).events, bar.start);
      }
    });
});
