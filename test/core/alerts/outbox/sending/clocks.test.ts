import assert from 'node:assert/strict';
import { createSureTime } from '../../../../../src/core/alerts/outbox/sending/sure-time.ts';
import { fakeChannel, relayBench } from '../../../../support/alerting/relay.ts';
import { alertOf, HOUR, MINUTE, TEN, tellingOf } from '../../../../support/alerting/tellings.ts';

/** A channel with an alert, and passes by servers whose clocks are wrong by so much; the outbox’s is right. */
async function begun() {
  const channel = fakeChannel();
  const bench = relayBench([channel]);
  await bench.add(tellingOf(alertOf()));
  const outbox = { ...bench.outbox, now: async () => bench.now };
  const pass = async (minutes: number): Promise<number> => {
    const skew = minutes * MINUTE;
    await bench.pass({ outbox, now: () => bench.now + skew, sure: createSureTime(), ms: HOUR + skew });
    return channel.got.length;
  };
  return { channel, bench, pass };
}

describe('a relay whose clock is not the outbox’s', () => {
  it('writes the outbox’s instants, and tries again by them', async () => {
    const { channel, bench, pass } = await begun();
    channel.answers.push({ status: 'retry', why: 'crm: answered 503' });
    await pass(20);
    const [kept] = await bench.messages();
    assert.deepEqual([kept!.createdAt, kept!.postedAt, kept!.nextAt], [bench.now, bench.now, bench.now + MINUTE]);
    assert.equal(kept!.message.sentAt, '2026-11-20T10:07:00.000Z');
    assert.equal(await pass(20), 1);
    bench.now += MINUTE;
    assert.equal(await pass(-20), 2);
  });

  it('has all of its own time, and no more', async () => {
    const { bench, pass } = await begun();
    await pass(-50);
    assert.deepEqual(
      (await bench.messages()).map(({ fate }) => fate),
      ['sent'],
    );
  });

  it('ends no mute before both clocks say so', async () => {
    for (const [skew, told] of [
      [20, 0],
      [-20, 0],
    ] as const) {
      const { bench, pass } = await begun();
      const until = { kind: 'instant', at: bench.now + (skew > 0 ? 5 : -5) * MINUTE } as const;
      bench.mutes = [{ id: 'm', what: { kind: 'all' }, since: TEN, until, why: 'known' }];
      assert.equal(await pass(skew), told, `${skew}`);
      assert.equal(await pass(0), skew > 0 ? 0 : 1);
    }
  });

  it('gives nothing up that is a day old by one clock only', async () => {
    const { channel, bench, pass } = await begun();
    channel.send = async () => ({ status: 'retry', why: 'crm: answered 503' });
    await pass(0);
    const fateAfter = async (hours: number, skew: number): Promise<string> => {
      bench.now = TEN + 7 * MINUTE + hours * HOUR;
      await pass(skew);
      return (await bench.messages())[0]!.fate;
    };
    assert.deepEqual(
      [await fateAfter(20, 5 * 60), await fateAfter(25, -2 * 60), await fateAfter(27, 0)],
      ['pending', 'pending', 'given up'],
    );
  });
});
