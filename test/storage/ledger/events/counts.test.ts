import assert from 'node:assert/strict';
import { DAY_MS, HOUR_MS, PERIOD_MS } from '../../../../src/core/model/window.ts';
import { foldCounts } from '../../../../src/storage/ledger/events/fold.ts';
import { sqlEvents } from '../../../../src/storage/ledger/events/index.ts';
import { WINDOW } from '../../../support/build/reports.ts';
import { eventOf } from '../../../support/events/events.ts';
import { KINDS, type LedgerBox, postgresBox } from '../../../support/ledger/ledgers.ts';

const ALL = { projects: ['web'], environments: [], levels: [] };
const DAY = Math.floor(WINDOW.start / DAY_MS) * DAY_MS;
const DAYS = { start: DAY - DAY_MS, end: DAY + DAY_MS };

for (const { kind, open } of KINDS)
  describe(`counts of events in ${kind}`, () => {
    let box: LedgerBox;
    let store: ReturnType<typeof sqlEvents>;

    beforeEach(async () => {
      box = await open();
      store = sqlEvents(box.database);
    });

    afterEach(() => box.close());

    const add = (...events: readonly ReturnType<typeof eventOf>[]) => store.add({ project: 'web', events });
    const fold = async (before = WINDOW.end): Promise<void> => foldCounts(await box.database.ready(), 'web', before);
    const rows = async () => {
      const { db } = await box.database.ready();
      const all = await db.selectFrom('sentry_monitor_event_counts').select(['step_ms', 'part', 'events']).execute();
      return all.map(({ step_ms: step, part, events }) => [step, part === '', events]).toSorted();
    };
    /** What the store says, whether or not anything is one already. */
    const said = async (): Promise<unknown> => ({
      held: await store.held(['web'], WINDOW),
      counts: [...(await store.counts(ALL, ['1', '2'], WINDOW))].toSorted(),
      fatal: [...(await store.counts({ ...ALL, levels: ['fatal'] }, ['1', '2'], WINDOW))].toSorted(),
      series: await store.series(ALL, DAYS, DAY_MS),
      days: (await store.days(ALL, null, DAYS)).toSorted((a, b) => a.issueId.localeCompare(b.issueId)),
      staging: await store.days({ ...ALL, environments: ['staging'] }, ['1'], DAYS),
    });

    it('are the same before their rows become one, after it, and with what comes late', async () => {
      const [one, two] = [{ issueId: '1', environment: 'staging' }, { issueId: '2' }];
      await add(eventOf('a', one), eventOf('b', two), eventOf('c', { ...two, level: 'fatal' }));
      await add(eventOf('d', one), eventOf('e', { ...two, at: WINDOW.start - DAY_MS }));
      const before = await said();
      assert.deepEqual(before, {
        held: 4,
        counts: [
          ['1', 2],
          ['2', 2],
        ],
        fatal: [['2', 1]],
        series: [
          { start: DAY - DAY_MS, events: 1 },
          { start: DAY, events: 4 },
        ],
        days: [
          { issueId: '1', day: DAY, events: 2 },
          { issueId: '2', day: DAY - DAY_MS, events: 1 },
          { issueId: '2', day: DAY, events: 2 },
        ],
        staging: [{ issueId: '1', day: DAY, events: 2 }],
      });
      await fold();
      assert.deepEqual(await said(), before);
      await fold();
      assert.deepEqual(await said(), before, 'what is in a day is not added again');
      await add(eventOf('f', one), eventOf('a', one));
      const late = (await said()) as { readonly held: number; readonly days: readonly unknown[] };
      assert.deepEqual([late.held, late.days[0]], [5, { issueId: '1', day: DAY, events: 3 }]);
      await fold();
      assert.deepEqual(await said(), late);
    });

    it('of one batch are a row by environment and level, and of a window one in the end', async () => {
      const many = Array.from({ length: 300 }, (_, n) => eventOf(`e${n}`, { issueId: String(n), level: 'error' }));
      await add(...many);
      await add(...many.map((event) => ({ ...event, id: `f${event.id}` })));
      const apart = [
        [PERIOD_MS, false, 300],
        [PERIOD_MS, false, 300],
      ];
      assert.deepEqual(await rows(), apart);
      await fold(WINDOW.start);
      assert.deepEqual(await rows(), apart, 'a window that is not over yet');
      await fold();
      assert.deepEqual(await rows(), [
        [PERIOD_MS, true, 600],
        [DAY_MS, true, 600],
      ]);
      const counts = await store.counts(
        ALL,
        many.map(({ issueId }) => issueId),
        WINDOW,
      );
      assert.deepEqual(new Set(counts.values()), new Set([2]));
    });

    it('of issues whose ids are odd are theirs alone', async () => {
      const ids = ['__proto__', '1', '01', 'a"b', ',', '\u0000', '\\', ''];
      await add(...ids.map((issueId, n) => eventOf(`e${n}`, { issueId })));
      await fold();
      const counts = await store.counts(ALL, ids, WINDOW);
      assert.deepEqual(
        ids.map((id) => counts.get(id)),
        ids.map(() => 1),
      );
    });

    it('that somebody else wrote are not guessed at', async () => {
      await add(eventOf('a'));
      const { db } = await box.database.ready();
      await db.updateTable('sentry_monitor_event_counts').set({ issues: '1,"a"' }).execute();
      await assert.rejects(store.counts(ALL, ['1'], WINDOW), /counts of events that this program did not write/);
    });
  });

describe('counts that several servers make one at the same time in PostgreSQL', () => {
  it('are in their day once, whoever adds meanwhile', async () => {
    const box = await postgresBox();
    const writers = [0, 1, 2].map(() => box.another());
    const batch = (name: string) =>
      Array.from({ length: 20 }, (_, n) =>
        eventOf(`${name}-${n}`, { issueId: String(n % 4), at: WINDOW.start - (n % 3) * PERIOD_MS }),
      );
    await Promise.all(
      writers.map(async (database, server) => {
        for (let turn = 0; turn < 6; turn++) {
          await sqlEvents(database).add({ project: 'web', events: batch(`${server}-${turn}`) });
          await foldCounts(await database.ready(), 'web', WINDOW.end);
        }
      }),
    );
    const store = sqlEvents(box.database);
    assert.equal(await store.held(['web'], { start: WINDOW.start - HOUR_MS, end: WINDOW.end }), 360);
    const days = await store.days(ALL, null, { start: DAY - DAY_MS, end: DAY + DAY_MS });
    assert.equal(
      days.reduce((sum, { events }) => sum + events, 0),
      360,
    );
    const { db } = await box.database.ready();
    const parts = await db.selectFrom('sentry_monitor_event_counts').select('part').where('part', '!=', '').execute();
    await foldCounts(await box.database.ready(), 'web', WINDOW.end);
    assert.ok(parts.length <= 18);
    await box.close();
  });
});
