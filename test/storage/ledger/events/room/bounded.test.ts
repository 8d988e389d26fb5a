import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { EventsFull } from '../../../../../src/core/model/errors.ts';
import { DAY_MS, HOUR_MS } from '../../../../../src/core/model/window.ts';
import { foldCounts } from '../../../../../src/storage/ledger/events/fold.ts';
import { sqlEvents } from '../../../../../src/storage/ledger/events/index.ts';
import { boundEvents } from '../../../../../src/storage/ledger/events/room/bounded.ts';
import { measureEvents } from '../../../../../src/storage/ledger/events/room/measure.ts';
import type { Engine } from '../../../../../src/storage/database/engine.ts';
import { createLogBook } from '../../../../support/build/scope.ts';
import { eventOf } from '../../../../support/events/events.ts';
import { KINDS, type LedgerBox } from '../../../../support/ledger/ledgers.ts';
import { createClock } from '../../../../support/time/clock.ts';

const AT = Date.parse('2026-11-20T10:00:00Z');
const TABLES = ['events', 'event_counts', 'event_issues', 'event_firsts', 'event_traits'];

/** What the database itself says that tables take with their indexes, bytes. */
async function takenBy({ db, locksRows }: Engine): Promise<number> {
  let sum = 0;
  for (const name of TABLES.map((it) => `sentry_monitor_${it}`)) {
    const size = locksRows
      ? sql<{ bytes: number }>`select pg_total_relation_size(${name}) as bytes`
      : sql<{ bytes: number }>`select sum(pgsize) as bytes from dbstat
          where name in (select name from sqlite_master where tbl_name = ${name})`;
    sum += Number((await size.execute(db)).rows[0]!.bytes);
  }
  return sum;
}

for (const { kind, open } of KINDS)
  describe(`events that may take so much, in ${kind}`, () => {
    let box: LedgerBox;
    beforeEach(async () => (box = await open()));
    afterEach(() => box.close());

    const some = (count: number, prefix = 'e', text = 'x'.repeat(300)) =>
      Array.from({ length: count }, (_, n) => {
        const at = AT + Math.floor((n * DAY_MS) / count);
        return eventOf(`${prefix}${n}`, {
          at,
          issueId: `${n % 40}`,
          user: `id:${n % 97}`,
          text,
          tags: { os: 'Linux' },
        });
      });

    it('are weighed as the database weighs them, within a third', async () => {
      const [store, engine] = [sqlEvents(box.database), await box.database.ready()];
      assert.equal(await measureEvents(engine), 0);
      for (let batch = 0; batch < 3; batch++) await store.add({ project: 'web', events: some(500, `b${batch}-`) });
      await foldCounts(engine, 'web', AT + 2 * DAY_MS);
      const [measured, taken] = [await measureEvents(engine), await takenBy(engine)];
      assert.ok(measured > taken * 0.67 && measured < taken * 1.33, `${measured} for ${taken}`);
    });

    it('are full at it, store nothing and move no cursor; once enough is gone they take more', async () => {
      const [clock, log] = [createClock(), createLogBook()];
      const engine = await box.database.ready();
      const free = sqlEvents(box.database);
      await free.add({ project: 'web', events: some(200) });
      const bytes = await measureEvents(engine);
      const store = sqlEvents(box.database, boundEvents(box.database, bytes, { now: clock.now, log }));
      const cursor = { name: '', position: '7', watermark: AT };
      const add = () => store.add({ project: 'web', events: some(1, 'late'), cursor });
      await assert.rejects(add(), EventsFull);
      assert.deepEqual([await store.cursors(['web']), await store.locate(['web'], 'late0')], [[], null]);
      const room = (await store.room())!;
      assert.deepEqual([room.bytes, room.mostBytes], [bytes, bytes]);
      assert.match(String(room.full), /^Intakes pause: the ledger holds /);
      const forget = (least: string) =>
        sql`delete from sentry_monitor_events where event < ${least}`
          .execute(engine.db)
          .then(() => clock.advance(60_001));
      await forget('e101');
      assert.notEqual((await store.room())!.full, null, 'a few events less are no room');
      await assert.rejects(add(), EventsFull);
      await forget('e15');
      assert.deepEqual(await add(), { stored: 1, repeats: 0, rejects: 0 });
      assert.equal((await store.cursors(['web']))[0]!.position, '7');
      assert.deepEqual(log.texts(), [
        'intakes pause: the ledger holds as many events as it may',
        'intakes go on: there is room for events again',
      ]);
    });

    it('are weighed once a minute, and by one of those who ask at once', async () => {
      const clock = createClock();
      let asked = 0;
      const database = { ...box.database, ready: () => (asked++, box.database.ready()) };
      const { look } = boundEvents(database, 1e9, { now: clock.now, log: createLogBook() });
      await Promise.all([look(), look(), look()]);
      clock.advance(59_999);
      await look();
      assert.equal(asked, 1);
      clock.advance(HOUR_MS);
      await look();
      assert.equal(asked, 2);
    });
  });
