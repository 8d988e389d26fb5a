import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isoOf } from '../../../src/core/model/window.ts';
import { putReports } from '../../../src/storage/ledger/history.ts';
import { addUpHours } from '../../../src/storage/ledger/views/hours.ts';
import { prune } from '../../../src/storage/ledger/prune.ts';
import { sqlReadModel } from '../../../src/storage/ledger/views/read-model.ts';
import { filterOf, reportOf } from '../../support/build/reports.ts';
import { runs } from '../../support/build/runs.ts';
import { KINDS, type LedgerBox } from '../../support/ledger/ledgers.ts';

const FIVE = 300_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const FIRST = Date.UTC(2026, 10, 20, 10);
const SPAN = [FIRST, FIRST + 3 * HOUR] as const;
const FILTERS = ['a', 'b', 'c'];

interface Put {
  readonly filter: string;
  /** Of three hours. */
  readonly window: number;
  readonly revision: number;
  readonly events: readonly number[];
  readonly complete: boolean;
}

const puts = fc.record({
  filter: fc.constantFrom(...FILTERS),
  window: fc.nat(35),
  revision: fc.nat(2),
  events: fc.array(fc.nat(9_000_000_000), { maxLength: 3 }),
  complete: fc.boolean(),
});
/** Reports that are recorded together, minutes that pass, or so many reports that are added up. */
const steps = fc.oneof(
  fc.record({ puts: fc.array(puts, { minLength: 1, maxLength: 6 }) }),
  fc.record({ minutes: fc.integer({ min: 1, max: 9 }) }),
  fc.record({ most: fc.integer({ min: 1, max: 5 }) }),
);

/** What each hour should say, by plain loops over the windows. */
function truth(all: readonly Put[]): Record<string, number[]> {
  const found: Record<string, number[]> = {};
  for (const filter of FILTERS)
    for (let hour = 0; hour < 3; hour++) {
      let [windows, complete, events, revision] = [0, 0, 0, 0];
      for (let window = 12 * hour; window < 12 * hour + 12; window++) {
        let latest: Put | null = null;
        for (const put of all)
          if (put.filter === filter && put.window === window && put.revision >= (latest?.revision ?? 0)) latest = put;
        if (latest === null) continue;
        windows++;
        if (latest.complete) complete++;
        for (const count of latest.events) events += count;
        if (latest.revision > revision) revision = latest.revision;
      }
      if (windows > 0) found[`${filter} ${hour}`] = [windows, complete, events, revision];
    }
  return found;
}

for (const { kind, open } of KINDS) {
  describe(`counts by hour in ${kind}`, () => {
    let box: LedgerBox;
    beforeEach(async () => (box = await open()));
    afterEach(() => box.close());

    const put = async (all: readonly Put[]): Promise<void> => {
      const byKey = new Map(all.map((it) => [`${it.filter} ${it.window} ${it.revision}`, it]));
      await putReports(
        await box.database.ready(),
        [...byKey.values()].map(({ filter, window, revision, events, complete }) => {
          const start = FIRST + window * FIVE;
          return reportOf({
            id: `${filter}@${isoOf(start)}`,
            filter: filterOf({ name: filter }),
            window: { start, end: start + FIVE },
            revision,
            complete,
            totals: events.map((count, n) => ({
              project: `p-${n}`,
              projectId: String(n),
              events: count,
              users: 1,
              issues: 1,
            })),
          });
        }),
      );
    };
    /** All that was recorded, and added up, is made older: a real clock cannot be moved. */
    const age = async (ms: number): Promise<void> => {
      const { db } = await box.database.ready();
      for (const table of ['sentry_monitor_reports', 'sentry_monitor_hours', 'sentry_monitor_progress'] as const)
        await db
          .updateTable(table)
          .set(({ eb }) => ({ recorded_at: eb('recorded_at', '-', ms) }))
          .execute();
    };
    const addUp = async (most: number): Promise<number> => {
      for (let times = 1; ; times++) if (!(await addUpHours(await box.database.ready(), most))) return times;
    };
    const read = async (since?: number): Promise<Record<string, number[]>> => {
      const { hours, from } = await sqlReadModel(box.database).hours(FILTERS, ...SPAN, since);
      assert.equal(from, null);
      return Object.fromEntries(
        [...hours].flatMap(([name, all]) =>
          all.map(({ start, windows, complete, events, revision }) => [
            `${name} ${(start - FIRST) / HOUR}`,
            [windows, complete, events, revision],
          ]),
        ),
      );
    };
    const kept = async (): Promise<Record<string, number[]>> => {
      const { db } = await box.database.ready();
      const rows = await db.selectFrom('sentry_monitor_hours').selectAll().execute();
      return Object.fromEntries(
        rows.map((row) => [
          `${row.filter} ${(row.hour_start - FIRST) / HOUR}`,
          [row.windows, row.complete, row.events, row.revision],
        ]),
      );
    };
    const clear = async (): Promise<void> => {
      const { db } = await box.database.ready();
      await db.deleteFrom('sentry_monitor_reports').execute();
      await db.deleteFrom('sentry_monitor_hours').execute();
      await db.updateTable('sentry_monitor_progress').set({ recorded_at: 0 }).execute();
    };

    it('are what plain loops over the windows say, whatever is counted, counted again and added up in whatever order', () =>
      fc.assert(
        fc.asyncProperty(fc.array(steps, { maxLength: 25 }), async (all) => {
          await clear();
          const done: Put[] = [];
          for (const step of all) {
            if ('puts' in step) {
              await put(step.puts);
              done.push(...step.puts);
            } else if ('minutes' in step) await age(step.minutes * 60_000);
            else await addUpHours(await box.database.ready(), step.most);
          }
          assert.deepEqual(await read(), truth(done));
          await addUp(3);
          assert.deepEqual(await kept(), truth(done), 'all is added up');
          assert.deepEqual(await read(), truth(done));
        }),
        { numRuns: runs(200) },
      ));

    it('are added up a few at a time where there is a past, and each hour is right at once', async () => {
      const past = Array.from({ length: 36 }, (_, window) => ({
        ...{ filter: 'a', window, revision: 0, events: [window], complete: true },
      }));
      for (const it of past) {
        await put([it]);
        await age(FIVE);
      }
      const times = await addUp(4);
      assert.ok(times > 5, `${times} times`);
      assert.deepEqual(await kept(), truth(past));
    });

    it('have what became visible after something that was recorded later', async () => {
      const [first, late] = [0, 1].map((window) => ({
        ...{ filter: 'a', window, revision: 0, events: [5], complete: true },
      }));
      await put([first!]);
      await addUp(100);
      await put([late!]);
      const { db } = await box.database.ready();
      await db
        .updateTable('sentry_monitor_reports')
        .set(({ eb }) => ({ recorded_at: eb('recorded_at', '-', 100_000) }))
        .where('window_start', '=', FIRST + FIVE)
        .execute();
      assert.deepEqual(await read(), { 'a 0': [2, 2, 10, 0] });
      await addUp(100);
      assert.deepEqual(await kept(), { 'a 0': [2, 2, 10, 0] });
    });

    it('have what was recorded since the clock was set back', async () => {
      await put([{ filter: 'a', window: 0, revision: 0, events: [5], complete: true }]);
      const { db } = await box.database.ready();
      await db
        .updateTable('sentry_monitor_progress')
        .set(({ eb }) => ({ recorded_at: eb('recorded_at', '+', 99 * DAY + Date.now()) }))
        .execute();
      await addUp(100);
      assert.deepEqual(await kept(), { 'a 0': [1, 1, 5, 0] });
    });

    it('are told again only where something was recorded since', async () => {
      await put([{ filter: 'a', window: 0, revision: 0, events: [5], complete: true }]);
      await age(HOUR);
      const { until } = await sqlReadModel(box.database).hours(FILTERS, ...SPAN);
      await put([{ filter: 'b', window: 13, revision: 1, events: [7], complete: false }]);
      assert.deepEqual(await read(until + 1), { 'b 1': [1, 0, 7, 1] });
    });

    it('are forgotten after RETENTION_DAYS, with the reports', async () => {
      await put([{ filter: 'a', window: 0, revision: 0, events: [5], complete: true }]);
      await addUp(100);
      await age(30 * DAY - HOUR);
      await prune(box.database, 30);
      assert.deepEqual(await kept(), { 'a 0': [1, 1, 5, 0] });
      await age(2 * HOUR);
      await prune(box.database, 30);
      assert.deepEqual(await kept(), {});
    });
  });
}
