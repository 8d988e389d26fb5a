import assert from 'node:assert/strict';
import { DAY_MS, HOUR_MS } from '../../../../src/core/model/window.ts';
import { sqlEvents } from '../../../../src/storage/ledger/events/index.ts';
import { WINDOW } from '../../../support/build/reports.ts';
import { eventOf } from '../../../support/events/events.ts';
import { KINDS, type LedgerBox } from '../../../support/ledger/ledgers.ts';

const AT = WINDOW.start;
const REJECT = { id: 'm-1', at: AT, reason: 'no JSON', place: 'message m-1', text: 'x'.repeat(2_000) };

for (const { kind, open } of KINDS)
  describe(`issues and readers of intakes in ${kind}`, () => {
    let box: LedgerBox;
    let store: ReturnType<typeof sqlEvents>;

    beforeEach(async () => {
      box = await open();
      store = sqlEvents(box.database);
    });

    afterEach(() => box.close());

    it('are told as their newest event tells them, in whatever order events come in', async () => {
      await store.add({ project: 'web', events: [eventOf('b', { at: AT + 2, title: 'second', level: 'fatal' })] });
      await store.add({ project: 'web', events: [eventOf('a', { at: AT, title: 'first' })] });
      await store.add({ project: 'web', events: [eventOf('ab', { at: AT + 1, title: 'between' })] });
      const issue = (await store.issues(['web'], ['6507376925', '404'], [])).get('6507376925')!;
      assert.deepEqual(
        [issue.title, issue.level, issue.first, issue.last, issue.project],
        ['second', 'fatal', AT, AT + 2, 'web'],
      );
      const samples = await store.samples('web', '6507376925');
      assert.deepEqual(
        samples.map(({ which, eventId, at }) => [which, eventId, at]),
        [
          ['first', 'a', AT],
          ['newest', 'b', AT + 2],
        ],
      );
    });

    it('were first seen in each environment at another time, by any server', async () => {
      const another = sqlEvents(box.another());
      await store.add({
        project: 'web',
        events: [
          eventOf('a', { at: AT, environment: 'staging' }),
          eventOf('b', { at: AT + HOUR_MS, environment: 'production' }),
        ],
      });
      await another.add({ project: 'web', events: [eventOf('c', { at: AT + 60_000, environment: 'production' })] });
      await store.add({ project: 'web', events: [eventOf('d', { at: AT + 70_000, environment: 'production' })] });
      const first = async (...environments: string[]): Promise<number | undefined> =>
        (await store.issues(['web'], ['6507376925'], environments)).get('6507376925')?.first;
      assert.deepEqual(
        [await first(), await first('production'), await first('staging', 'production'), await first('test')],
        [AT, AT + 60_000, AT, undefined],
      );
    });

    it('that are too long ago are no news of the process that was told of them', async () => {
      await store.add({ project: 'web', events: [eventOf('a', { at: AT })] });
      await store.add({ project: 'web', events: [eventOf('b', { at: AT - DAY_MS })] });
      await store.add({ project: 'web', events: [eventOf('c', { at: AT - HOUR_MS })] });
      assert.equal((await store.issues(['web'], ['6507376925'], [])).get('6507376925')!.first, AT - DAY_MS);
    });

    it('have samples with frames, as they were told', async () => {
      const sample = {
        text: 'Traceback (most recent call last):\n…',
        frames: [{ module: 'cart.js', function: 'total', line: 17, column: null }],
        context: ['GET /cart'],
      };
      await store.add({
        project: 'web',
        events: [eventOf('a', { sample, release: 'shop@1', user: 'id:1', tags: { os: 'x' } })],
      });
      const [first, newest] = await store.samples('web', '6507376925');
      assert.deepEqual({ ...first, which: 'newest' }, newest);
      assert.deepEqual(
        [first!.sample, first!.release, first!.user, first!.tags],
        [sample, 'shop@1', 'id:1', { os: 'x' }],
      );
    });

    it('a cursor moves with its batch, and its watermark never goes back', async () => {
      const move = (position: string | null, watermark: number | null) =>
        store.add({ project: 'web', events: [], cursor: { name: '', position, watermark } });
      await move('1', null);
      await move('2', 500);
      await move('3', 400);
      await move('4', null);
      await store.add({ project: 'web', events: [], cursor: { name: 'host-1', position: null, watermark: 1 } });
      assert.deepEqual(
        (await store.cursors(['web', 'api'])).map(({ project, name, position, watermark }) => [
          project,
          name,
          position,
          watermark,
        ]),
        [
          ['web', '', '4', 500],
          ['web', 'host-1', null, 1],
        ],
      );
    });

    it('a batch that fails leaves nothing behind, its cursor neither', async () => {
      const cursor = { name: '', position: '1', watermark: Number.NaN };
      await assert.rejects(
        store.add({ project: 'web', events: [eventOf('a')], cursor: { ...cursor, watermark: {} as never } }),
      );
      assert.deepEqual([await store.held(['web'], WINDOW), await store.cursors(['web'])], [0, []]);
      assert.equal((await store.add({ project: 'web', events: [eventOf('a')] })).stored, 1);
    });

    it('a record that cannot be read is a reject once, with its beginning', async () => {
      const add = (...ids: string[]) =>
        store.add({ project: 'web', events: [], rejects: ids.map((id) => ({ ...REJECT, id })) });
      assert.deepEqual([(await add('m-1', 'm-1', 'm-2')).rejects, (await add('m-1', 'm-3')).rejects], [2, 1]);
      const { db } = await box.database.ready();
      const kept = await db.selectFrom('sentry_monitor_event_rejects').select(['reject', 'content']).execute();
      assert.deepEqual(kept.map(({ reject }) => reject).toSorted(), ['m-1', 'm-2', 'm-3']);
      assert.equal((JSON.parse(kept[0]!.content) as { text: string }).text.length, 1_000);
    });

    it('of an hour a thousand rejects are kept, and all are counted', async () => {
      const rejects = Array.from({ length: 1_200 }, (_, n) => ({ ...REJECT, id: `m-${n}` }));
      assert.equal((await store.add({ project: 'web', events: [], rejects: rejects.slice(0, 900) })).rejects, 900);
      assert.equal((await store.add({ project: 'web', events: [], rejects: rejects.slice(900) })).rejects, 300);
      const { db } = await box.database.ready();
      const kept = await db.selectFrom('sentry_monitor_event_rejects').select('reject').execute();
      const [hour] = await db.selectFrom('sentry_monitor_event_reject_hours').selectAll().execute();
      assert.deepEqual([kept.length, hour!.rejects, hour!.hour_start], [1_000, 1_200, AT - (AT % HOUR_MS)]);
    });
  });
