import assert from 'node:assert/strict';
import { LedgerTrouble } from '../../../../src/core/model/errors.ts';
import type { SendOutcome } from '../../../../src/core/ports/alerting/channel.ts';
import { messageOf } from '../../../support/alerting/messages.ts';
import { type FakeChannel, fakeChannel, relayBench } from '../../../support/alerting/relay.ts';
import { alertOf, MINUTE, TEN, tellingOf } from '../../../support/alerting/tellings.ts';

describe('the relay', () => {
  it('brings what waits to its channel, once', async () => {
    const channel = fakeChannel();
    const bench = relayBench([channel]);
    await bench.add(tellingOf(alertOf()));
    assert.deepEqual(
      (await bench.pass()).map(({ name, status, detail, left }) => [name, status, detail, left]),
      [['crm', 'done', '1 sent', 0]],
    );
    assert.deepEqual(await bench.pass(), []);
    assert.deepEqual(
      channel.got.map(({ body }) => body.alerts.map(({ id }) => id)),
      [['crm-checkout/trending/6507376925@2026-11-20T10:00:00.000Z']],
    );
  });

  it('stores a message before it is posted, and says that it is posting', async () => {
    const channel = fakeChannel();
    const bench = relayBench([channel]);
    const seen: unknown[] = [];
    channel.answers.push(async () => {
      const [kept] = await bench.messages();
      seen.push(kept!.isPosting, kept!.owner, kept!.tries, kept!.postedAt);
      return { status: 'accepted', ref: 'r1' };
    });
    await bench.add(tellingOf(alertOf()));
    await bench.pass();
    assert.deepEqual(seen, [true, 'host-1', 1, TEN + 7 * MINUTE]);
    const [kept] = await bench.messages();
    assert.deepEqual([kept!.isPosting, kept!.fate, kept!.ref], [false, 'sent', 'r1']);
    assert.deepEqual(
      (await bench.tellings()).map(({ fate }) => fate),
      ['sent'],
    );
  });

  it('fired at 10:00, channel down until 10:40, resolved at 10:20: one late message with both times', async () => {
    const channel = fakeChannel();
    const bench = relayBench([channel]);
    const down = (): void => void channel.answers.push({ status: 'retry', why: 'crm: answered 503' });
    await bench.add(tellingOf(alertOf()));
    for (let minute = 7; minute < 40; minute += 5) {
      bench.now = TEN + minute * MINUTE;
      channel.answers.splice(0);
      down();
      if (minute === 22)
        await bench.add(
          tellingOf(alertOf({ state: 'resolved', since: '2026-11-20T10:00:00.000Z', at: TEN + 15 * MINUTE })),
        );
      await bench.pass();
    }
    const before = channel.got.length;
    channel.answers.splice(0);
    for (let minute = 42; minute < 70; minute += 5) {
      bench.now = TEN + minute * MINUTE;
      await bench.pass();
    }
    const told = channel.got.slice(before).map(({ body }) => body);
    assert.equal(told.length, 1);
    assert.deepEqual(
      told[0]!.alerts.map(({ state, late, since, window }) => ({ state, late, since, end: window.end })),
      [{ state: 'resolved', late: true, since: '2026-11-20T10:00:00.000Z', end: '2026-11-20T10:20:00.000Z' }],
    );
    assert.equal(told[0]!.collects, 'late');
  });
});

describe('the relay, on several channels', () => {
  it('one that hangs, breaks or is another server’s holds up no other', async () => {
    const [hangs, breaks, held, fine] = ['hangs', 'breaks', 'held', 'fine'].map((name) => fakeChannel({ name })) as [
      FakeChannel,
      FakeChannel,
      FakeChannel,
      FakeChannel,
    ];
    const bench = relayBench([hangs, breaks, held, fine]);
    const isTold = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<SendOutcome>();
    hangs.answers.push(() => answer.promise);
    fine.answers.push(async () => {
      isTold.resolve();
      return { status: 'accepted' };
    });
    await bench.outbox.lease('held', 60_000);
    for (const channel of ['hangs', 'breaks', 'held', 'fine']) await bench.add(tellingOf(alertOf(), { channel }));
    const open = (channel: string) =>
      channel === 'breaks' ? Promise.reject(new LedgerTrouble('the ledger is away')) : bench.outbox.open(channel);
    const pass = bench.pass({ outbox: { ...bench.outbox, open } });
    await isTold.promise;
    answer.resolve({ status: 'retry', why: 'hangs: no answer' });
    assert.deepEqual(
      (await pass).map(({ name, status, detail }) => [name, status, detail]),
      [
        ['breaks', 'failed', 'the ledger is away'],
        ['fine', 'done', '1 sent'],
        ['hangs', 'failed', '1 to try again within a minute: hangs: no answer'],
        ['held', 'held', 'another server has it'],
      ],
    );
  });

  it('ends in time: what did not fit is pending, and counted', async () => {
    const channel = fakeChannel();
    const bench = relayBench([channel]);
    channel.send = async () => {
      bench.now += 20_000;
      return { status: 'accepted' };
    };
    await bench.add(...['a', 'b', 'c'].map((filter) => tellingOf(alertOf({ filter }))));
    const [work] = await bench.pass({ ms: 40_000 });
    assert.deepEqual([work!.status, work!.left, work!.detail], ['done', 1, '2 sent, 1 left for the next run']);
    assert.deepEqual((await bench.messages()).map(({ fate }) => fate).toSorted(), ['pending', 'sent', 'sent']);
    assert.deepEqual(
      (await bench.pass()).map(({ detail }) => detail),
      ['1 sent'],
    );
  });

  it('what is for a channel that no file has is given up after a day', async () => {
    const bench = relayBench([]);
    await bench.add(tellingOf(alertOf(), { channel: 'gone' }));
    assert.deepEqual(
      (await bench.pass()).map(({ name, status, detail, troubles }) => [name, status, detail, troubles]),
      [['gone', 'failed', 'no file of this server has a channel gone', []]],
    );
    bench.now = TEN + 7 * MINUTE + 24 * 60 * MINUTE;
    const [work] = await bench.pass();
    assert.deepEqual(
      work!.troubles.map(({ fate, alerts }) => [fate, alerts]),
      [['given up', 1]],
    );
    assert.deepEqual(await bench.pass(), []);
  });

  it('posts nothing more once another server has taken the channel over', async () => {
    const channel = fakeChannel();
    const bench = relayBench([channel]);
    await bench.add(tellingOf(alertOf()), tellingOf(alertOf({ filter: 'crm-api' })));
    channel.answers.push(async () => {
      bench.now += 100_000;
      await bench.outbox.lease('crm', 90_000);
      return { status: 'accepted' };
    });
    const [work] = await bench.pass();
    assert.deepEqual([work!.status, work!.detail, channel.got.length], ['held', 'another server has taken it over', 1]);
  });

  it('what is said of what came of them goes at once, and nothing else is done again', async () => {
    const [crm, ops, admin] = ['crm', 'ops', 'admin'].map((name) => fakeChannel({ name })) as [
      FakeChannel,
      FakeChannel,
      FakeChannel,
    ];
    crm.answers.push({ status: 'refused', why: 'crm: answered 410' });
    ops.answers.push({ status: 'retry', why: 'ops: answered 503', afterMs: 0 });
    const bench = relayBench([crm, ops, admin]);
    await bench.add(tellingOf(alertOf()), tellingOf(alertOf(), { channel: 'ops' }));
    const heard: string[][] = [];
    const done = await bench.pass({
      async heard(some) {
        heard.push(some.map(({ name }) => name));
        if (heard.length > 1) return [];
        const said = messageOf({ id: 'own-1', type: 'message', alerts: [], lines: ['crm refused'] });
        await bench.outbox.post('admin', said, bench.now);
        return ['admin'];
      },
    });
    assert.deepEqual(heard, [['crm', 'ops'], ['admin']]);
    assert.deepEqual(
      done.map(({ name }) => name),
      ['crm', 'ops', 'admin'],
    );
    assert.deepEqual([admin.got.length, ops.got.length], [1, 1]);
  });

  it('something of ours goes like the rest', async () => {
    const channel = fakeChannel();
    const bench = relayBench([channel]);
    await bench.outbox.post(
      'crm',
      messageOf({ id: 'own-1', type: 'message', alerts: [], lines: ['muted'] }),
      bench.now,
    );
    await bench.pass();
    assert.deepEqual(
      channel.got.map(({ body }) => [body.id, body.lines]),
      [['own-1', ['muted']]],
    );
  });

  it('a message that a channel cannot write is refused, and the next one goes', async () => {
    const channel = fakeChannel();
    const { fit } = channel;
    const broken: FakeChannel = {
      ...channel,
      fit: (message, form) => {
        if (message.alerts[0]!.filter === 'a') throw new Error('a bug');
        return fit(message, form);
      },
    };
    const bench = relayBench([broken]);
    await bench.add(tellingOf(alertOf({ filter: 'a' })), tellingOf(alertOf({ filter: 'b' })));
    const [work] = await bench.pass();
    assert.deepEqual(
      work!.troubles.map(({ fate, why }) => [fate, why]),
      [['refused', 'crm: internal error: the message cannot be written']],
    );
    assert.deepEqual(
      channel.got.map(({ body }) => body.alerts[0]!.filter),
      ['b'],
    );
  });
});
