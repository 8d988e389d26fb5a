import assert from 'node:assert/strict';
import type { Message } from '../../../../src/core/model/alerting/message.ts';
import type {
  DigestMove,
  DigestPlace,
  DigestStore,
  KnownDigest,
} from '../../../../src/core/ports/alerting/digest-store.ts';
import { sqlDigests } from '../../../../src/storage/ledger/digests/index.ts';
import { sqlOutbox } from '../../../../src/storage/ledger/outbox/index.ts';
import { messageIn } from '../../../support/alerting/stage.ts';
import { emptyAlerts } from '../../../support/alerting/tables.ts';
import { KINDS, type LedgerBox } from '../../../support/ledger/ledgers.ts';

const FIVE = 300_000;
const MINUTE = 60_000;
/** 2026-11-20T10:00Z */
const AT = 1_795_168_800_000;
const ROW: KnownDigest = {
  ...{ digest: 'news', channel: 'boss', schedule: 'every 900000', loadedAt: 100, toldTo: AT, upSince: AT },
  place: null,
};

for (const { kind, open } of KINDS)
  describe(`digests of what was stored in ${kind}`, () => {
    let box: LedgerBox;
    let store: DigestStore;
    before(async () => {
      box = await open();
      store = sqlDigests(box.database);
    });
    beforeEach(() => emptyAlerts(box.database));
    after(() => box.close());

    const ofDigest = (id: string): Message => messageIn(id, { type: 'digest', alerts: [] });
    const place = (at: number, message: string | null, told = at): DigestPlace => {
      return { told: { web: told }, at, sent: message === null ? null : { message, told: { web: told + 9 }, at } };
    };
    const move = (end: number, given: Partial<DigestMove> = {}): DigestMove => {
      return { end, place: place(end, null), message: null, instead: null, now: end, ...given };
    };
    const placeSeen = async () => (await store.look(AT, 90 * MINUTE))[0]!.place;

    it('begin once, and go on once a slot', async () => {
      await store.put([ROW]);
      assert.equal(await store.begin(ROW, place(AT, null, 7)), true);
      assert.equal(await store.begin(ROW, place(AT, null, 8)), false);
      assert.deepEqual(await placeSeen(), place(AT, null, 7));
      const message = ofDigest('d1');
      const [one, two] = [move(AT + FIVE, { message, place: place(AT, 'd1') }), move(AT + FIVE)];
      assert.deepEqual(await Promise.all([store.moved(ROW, one), store.moved(ROW, two)]), [true, false]);
      assert.deepEqual(await placeSeen(), place(AT, 'd1'));
      const [{ toldTo }] = (await store.look(AT, 90 * MINUTE)) as [KnownDigest];
      assert.equal(toldTo, AT + FIVE);
    });

    it('one message stands for the one before, of which nobody posts anything more', async () => {
      await store.put([ROW]);
      const outbox = sqlOutbox(box.database, { uuid: () => 'token' });
      await store.moved(ROW, move(AT + FIVE, { message: ofDigest('d1') }));
      await store.moved(ROW, move(AT + 2 * FIVE, { message: ofDigest('d2') }));
      const [first] = await outbox.listed({ id: 'd1', limit: 1 });
      await store.moved(ROW, move(AT + 3 * FIVE, { message: ofDigest('d3'), instead: first! }));
      await store.moved(ROW, move(AT + 3 * FIVE, { message: ofDigest('d4'), instead: first! }));
      const all = (await outbox.listed({ channel: 'boss', limit: 9 })).map(
        ({ message, fate }) => `${message.id} ${fate}`,
      );
      assert.deepEqual(all.toSorted(), ['d1 grouped', 'd2 pending', 'd3 pending']);
      assert.deepEqual(
        (await outbox.open('boss')).messages.map(({ message }) => message.id),
        ['d2', 'd3'],
      );
    });
  });
