import assert from 'node:assert/strict';
import type { Filter } from '../../../../src/core/model/filter.ts';
import { isoOf, type Window } from '../../../../src/core/model/window.ts';
import type { Source } from '../../../../src/core/ports/source.ts';
import { createCollect } from '../../../../src/server/pages/data/collect.ts';
import { rememberRuns } from '../../../../src/server/pages/data/memory.ts';
import type { PageData, Slot } from '../../../../src/server/pages/data/model.ts';
import { RANGES, type RangeName } from '../../../../src/server/pages/view/view.ts';
import { sqlHistory } from '../../../../src/storage/ledger/history.ts';
import { sqlReadModel } from '../../../../src/storage/ledger/views/read-model.ts';
import { filterOf, reportOf, START } from '../../../support/build/reports.ts';
import { scopeOf } from '../../../support/build/scope.ts';
import { claimsDeps, type LedgerBox, sqliteBox } from '../../../support/ledger/ledgers.ts';

const FIVE = 300_000;
const HOUR = 12 * FIVE;
const FILTERS: readonly Filter[] = [filterOf({ name: 'a' }), filterOf({ name: 'b' })];

describe('what a page shows, from a ledger', () => {
  let box: LedgerBox;
  let asked: (readonly [string, Window, number | undefined])[];
  beforeEach(async () => {
    box = await sqliteBox();
    asked = [];
  });
  afterEach(() => box.close());

  /** Windows by their place after START, with so many events. */
  const count = (name: string, events: Readonly<Record<number, number>>, revision = 0): Promise<void> =>
    sqlHistory(box.database, claimsDeps).put(
      Object.entries(events).map(([place, it]) => {
        const start = START + Number(place) * FIVE;
        return reportOf({
          id: `${name}@${isoOf(start)}`,
          filter: filterOf({ name }),
          window: { start, end: start + FIVE },
          revision,
          totals: [{ project: 'web', projectId: '1', events: it, users: 1, issues: 1 }],
        });
      }),
    );
  const source: Partial<Source> = {
    series: async ({ name }, span, _scope, step = FIVE) => {
      asked.push([name, span, step]);
      return Array.from({ length: (span.end - span.start) / step }, (_, n) => ({
        start: span.start + n * step,
        events: 2000 + (span.start - START) / FIVE + (n * step) / FIVE,
        complete: true,
      }));
    },
    searchUrl: ({ name }, { start, end }) => `https://sentry.example.com/${name}/${(end - start) / FIVE}`,
  };
  const collectOf = (filters = FILTERS) => {
    const memory = rememberRuns({ now: box.clock.now, server: 'host-1', dryRun: false });
    return createCollect({
      now: box.clock.now,
      sleep: () => new Promise<void>(() => undefined),
      inForce: () => ({ filters, faults: [] }) as never,
      sinks: [],
      source: source as Source,
      memory,
      readModel: sqlReadModel(box.database),
      settleMs: 120_000,
      server: 'host-1',
      dryRun: false,
      openScope: () => ({ ...scopeOf(), close: () => undefined }),
    });
  };
  let collect: ReturnType<typeof collectOf>;
  beforeEach(() => (collect = collectOf()));
  /** As long after START as a run of that window is done. */
  const passTo = (place: number): void => box.clock.advance(START + place * FIVE + FIVE + 320_000 - box.clock.now());
  const look = async (
    range: RangeName,
    { at = null as number | null, filters = FILTERS, before = false } = {},
  ): Promise<PageData> => collect(filters, { range: RANGES[range], at, before });
  const shown = (slots: readonly (Slot | null)[]): string =>
    slots.map((it) => (it === null ? '-' : `${it.events}${it.complete ? '' : '+'}${it.from ?? ''}`)).join(' ');
  const all = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [n, 10 + n]));

  it("is the ledger's from its first window of a filter on, Sentry's series before, and nothing in a hole", async () => {
    await count('a', { 5: 50, 6: 60, 8: 80, 9: 90 });
    await count('b', { 9: 9 });
    passTo(9);
    const { filters, origin, marks, current } = await look('1h');
    const [a, b] = filters;
    assert.equal(shown(a!.windows.slice(-7)), '2003source 2004source 50 60 - 80 90');
    assert.equal(shown(b!.windows.slice(-2)).endsWith('source 9'), true, shown(b!.windows));
    assert.ok(b!.windows.slice(0, -1).every((it) => it!.from === 'source' && it!.counted === 0));
    assert.deepEqual(
      [origin.counts, origin.pending, current],
      ['ledger', 0, { start: START + 9 * FIVE, end: START + 10 * FIVE }],
    );
    assert.deepEqual(
      marks.map(({ start, end }) => [(start - START) / FIVE, (end - START) / FIVE]),
      [[7, 8]],
    );
    assert.equal(asked.length, 2);
    await look('1h');
    passTo(10);
    await look('1h');
    assert.equal(asked.length, 2, 'what is over is not asked for again');
  });

  it('is what no run counted where no window of a filter is known, up to the last run', async () => {
    await count('a', all);
    passTo(29);
    const { filters } = await look('1h');
    assert.deepEqual(filters[1]!.now, null);
    assert.equal(filters[1]!.windows.at(-1), null, 'that run did not count it');
    assert.equal(filters[1]!.windows.at(-2)!.from, 'source');
  });

  it('is asked of nobody where the ledger goes back further', async () => {
    await count('a', { ...all, [-400]: 1 });
    await count('b', { ...all, [-400]: 1 });
    passTo(29);
    await look('12h');
    await look('24h', { before: false });
    assert.deepEqual(asked, []);
  });

  it('has the period before when it is asked for', async () => {
    await count('a', { ...all, [-400]: 1 });
    passTo(29);
    const { filters, span } = await look('1h', { filters: [FILTERS[0]!], before: true });
    assert.deepEqual([(span.start - START) / FIVE, (span.end - START) / FIVE], [18, 30]);
    assert.equal(shown(filters[0]!.windows), Array.from({ length: 12 }, (_, n) => 28 + n).join(' '));
    assert.equal(shown(filters[0]!.before), Array.from({ length: 12 }, (_, n) => 16 + n).join(' '));
    assert.deepEqual(filters[0]!.usual, 32.5, 'of the twelve before the last');
    assert.equal(filters[0]!.searchUrl({ start: START, end: START + HOUR }), 'https://sentry.example.com/a/12');
    assert.deepEqual((await look('1h')).filters[0]!.before, []);
  });

  it('is of any instant: its last window, the hour before it, and nothing later', async () => {
    await count('a', { ...all, [-400]: 1 });
    passTo(29);
    const { filters, current, overdue, now } = await look('1h', { at: START + 20 * FIVE });
    assert.deepEqual(current, { start: START + 19 * FIVE, end: START + 20 * FIVE });
    assert.equal(shown(filters[0]!.windows.slice(-3)), '27 28 29');
    assert.deepEqual([filters[0]!.now?.events, filters[0]!.usual, overdue, now], [29, 22.5, 0, box.clock.now()]);
  });

  it('is by hours and six hours what the windows say, at once and later, counted again or not', async () => {
    await count('a', { ...all, [-4000]: 1 });
    await count('b', { ...all, [-4000]: 1 });
    passTo(29);
    const week = await look('7d');
    assert.equal(shown(week.filters[0]!.windows.slice(-4)), '- 186 330 219');
    assert.deepEqual(
      [week.step, week.filters[0]!.windows.length, week.filters[0]!.windows.at(-1)!.due],
      [HOUR, 168, 6],
    );
    await count('a', { 0: 110 }, 1);
    passTo(30);
    await count('a', { 30: 1 });
    const later = await look('7d');
    assert.equal(shown(later.filters[0]!.windows.slice(-3)), '286 330 220');
    assert.deepEqual(later.filters[0]!.windows.at(-3)!.revision, 1);
    const month = await look('30d', { before: true });
    assert.deepEqual([month.step, month.filters[0]!.windows.length], [6 * HOUR, 120]);
    // START is 10:00; its six hours begin at 06:00.
    assert.equal(shown(month.filters[0]!.windows.slice(-2)), '616+ 220');
  });
});
