import assert from 'node:assert/strict';
import { fakeChannel, relayBench } from '../../../support/alerting/relay.ts';
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
