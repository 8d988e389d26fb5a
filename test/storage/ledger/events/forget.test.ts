import assert from 'node:assert/strict';
import { DAY_MS } from '../../../../src/core/model/window.ts';
import { forgetEvents } from '../../../../src/storage/ledger/events/forget.ts';
import { sqlEvents } from '../../../../src/storage/ledger/events/index.ts';
import { eventOf } from '../../../support/events/events.ts';
import { KINDS, type LedgerBox, postgresBox } from '../../../support/ledger/ledgers.ts';

const CURSOR = { name: '', position: null, watermark: null };

for (const { kind, open } of KINDS)
  describe(`what is forgotten of intakes in ${kind}`, () => {
    let box: LedgerBox;
    beforeEach(async () => (box = await open()));
    afterEach(() => box.close());

    it('are old events that were stored long ago, counts of 90 days, and issues without them', async () => {
      const store = sqlEvents(box.database);
      const now = await box.now();
      const events = [
        eventOf('old', { at: now - 15 * DAY_MS, issueId: '1' }),
        eventOf('late', { at: now - 15 * DAY_MS, issueId: '1' }),
        eventOf('gone', { at: now - 92 * DAY_MS, issueId: '2' }),
        eventOf('new', { at: now - DAY_MS, issueId: '3' }),
      ];
      await store.add({ project: 'web', events, cursor: CURSOR });
      const engine = await box.database.ready();
      await engine.db
        .updateTable('sentry_monitor_events')
        .set({ stored_at: now - 15 * DAY_MS })
        .where('event', '!=', 'late')
        .execute();
      assert.equal(await forgetEvents(engine, 14, now), true);
      const left = await engine.db.selectFrom('sentry_monitor_events').select('event').orderBy('event').execute();
      assert.deepEqual(
        left.map(({ event }) => event),
        ['late', 'new'],
      );
      const span = { start: now - 100 * DAY_MS, end: now };
      const counts = await store.counts({ projects: ['web'], environments: [], levels: [] }, ['1', '2', '3'], span);
      assert.deepEqual([...counts].toSorted(), [
        ['1', 2],
        ['3', 1],
      ]);
      const firsts = await engine.db
        .selectFrom('sentry_monitor_event_firsts')
        .select(['issue', 'sample'])
        .orderBy('issue')
        .execute();
      assert.deepEqual(
        firsts.map(({ issue, sample }) => [issue, sample === '']),
        [
          ['1', false],
          ['2', true],
          ['3', false],
        ],
      );
      assert.equal((await store.issues(['web'], ['2'], [])).size, 0);
      assert.equal(await forgetEvents(engine, 14, now + DAY_MS), false, 'clocks that differ');
    });
  });

describe('three servers that write to one project in PostgreSQL', () => {
  it('wait for each other in no circle, and count each event once', async () => {
    const box = await postgresBox();
    const all = Array.from({ length: 200 }, (_, n) => eventOf(`e${n}`, { issueId: String(n % 40) }));
    const writers = [0, 1, 2].map(() => sqlEvents(box.another()));
    const results = await Promise.all(
      writers.flatMap((writer, n) =>
        [0, 1, 2].map((turn) =>
          writer.add({ project: 'web', events: (n + turn) % 2 === 0 ? all : all.toReversed(), cursor: CURSOR }),
        ),
      ),
    );
    assert.equal(
      results.reduce((sum, { stored }) => sum + stored, 0),
      200,
    );
    const span = { start: 0, end: all[0]!.at + DAY_MS };
    assert.equal(await writers[0]!.held(['web'], span), 200);
    await box.close();
  });
});
