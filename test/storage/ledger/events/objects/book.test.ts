import assert from 'node:assert/strict';
import type { ObjectBook } from '../../../../../src/core/ports/events/object-book.ts';
import { sqlObjects } from '../../../../../src/storage/ledger/events/objects/book.ts';
import { sql } from 'kysely';
import { clockOf } from '../../../../../src/storage/database/clock-of.ts';
import { moveCursor } from '../../../../../src/storage/ledger/events/cursors.ts';
import { forgetEvents } from '../../../../../src/storage/ledger/events/forget.ts';
import { KINDS, type LedgerBox } from '../../../../support/ledger/ledgers.ts';

for (const { kind, open } of KINDS)
  describe(`objects that intakes are to read, in ${kind}`, () => {
    let box: LedgerBox;
    let book: ObjectBook;
    let ids = 0;
    beforeEach(async () => {
      box = await open();
      book = sqlObjects(box.database, () => `token-${++ids}`);
    });
    afterEach(() => box.close());

    const claim = () => book.claim('shop', 60_000);

    it('are claimed by name, each by one, and not those of another intake', async () => {
      await book.want('shop', ['b', 'a', 'a']);
      await book.want('other', ['0']);
      const all = await Promise.all([claim(), claim(), claim()]);
      assert.deepEqual(all.map((it) => it?.name ?? null).toSorted(), ['a', 'b', null]);
      assert.deepEqual(await book.reach('shop'), { newest: null, waiting: 'a' });
    });

    it('know what was open at the end of the one before', async () => {
      await book.want('shop', ['a', 'b', 'c']);
      const first = (await claim())!;
      assert.deepEqual([first.name, first.tries, first.before], ['a', 1, null]);
      assert.ok(await book.settle('shop', first, { status: 'read', state: '{"open":1}' }));
      const second = (await claim())!;
      assert.deepEqual([second.name, second.before?.name, second.before?.state], ['b', 'a', '{"open":1}']);
      await book.told('shop', second.before!, null);
      const { newest } = await book.reach('shop');
      assert.deepEqual([newest?.name, newest?.state], ['a', null]);
    });

    it('that failed wait, and count their tries; posted again while they wait they stay as they are', async () => {
      await book.want('shop', ['a']);
      await book.settle('shop', (await claim())!, { status: 'wanted', againMs: 0, why: 'away' });
      const second = (await claim())!;
      assert.equal(second.tries, 2);
      await book.settle('shop', second, { status: 'wanted', againMs: 3_600_000, why: 'away' });
      await book.want('shop', ['a']);
      assert.equal(await claim(), null);
    });

    it('that were read or given up are read again when they are posted again', async () => {
      for (const end of [{ status: 'read', state: null } as const, { status: 'given up', why: 'broken' } as const]) {
        await book.want('shop', ['a']);
        const claimed = (await claim())!;
        assert.equal(claimed.tries, 1);
        await book.settle('shop', claimed, end);
        assert.equal(await claim(), null);
      }
    });

    it('are no longer anybody’s whose time is over', async () => {
      await book.want('shop', ['a']);
      const slow = (await book.claim('shop', 0))!;
      const quick = (await claim())!;
      assert.equal(await book.settle('shop', slow, { status: 'read', state: null }), false);
      assert.equal(await book.settle('shop', quick, { status: 'read', state: null }), true);
    });

    it('are all there by name, with what became of them', async () => {
      await book.want('shop', ['b', 'a', 'c']);
      await book.settle('shop', (await claim())!, { status: 'read', state: null });
      await book.settle('shop', (await claim())!, { status: 'given up', why: 'broken' });
      assert.deepEqual(await book.all('shop'), [
        { name: 'a', status: 'read' },
        { name: 'b', status: 'given up' },
        { name: 'c', status: 'wanted' },
      ]);
    });

    it('of a signed post are noted once, whichever servers it comes to, until it is forgotten', async () => {
      const [post, other] = [
        { id: '\u0000m-1', forMs: 7_200_000 },
        { id: 'm-2', forMs: 7_200_000 },
      ];
      const second = sqlObjects(box.another(), () => 'token');
      assert.equal(await book.knows('shop', post.id), false);
      const both = await Promise.all([book.want('shop', ['a'], post), second.want('shop', ['a'], post)]);
      assert.deepEqual(both.toSorted(), [false, true]);
      assert.equal(await second.knows('shop', post.id), true);
      await book.settle('shop', (await claim())!, { status: 'read', state: null });
      assert.equal(await second.want('shop', ['a'], post), false);
      assert.equal(await claim(), null);
      assert.deepEqual([await book.want('shop', [], other), await book.want('other', [], post)], [true, true]);
      const engine = await box.database.ready();
      await moveCursor(engine, 'shop', { name: '', position: null, watermark: null });
      const now = await clockOf(engine);
      await sql`update sentry_monitor_event_posts set until_at = ${now - 1} where post = 'm-2'`.execute(engine.db);
      await forgetEvents(engine, 14, now);
      assert.deepEqual([await book.knows('shop', 'm-2'), await book.knows('shop', post.id)], [false, true]);
    });
  });
