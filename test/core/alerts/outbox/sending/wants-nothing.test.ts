import assert from 'node:assert/strict';
import type { Message } from '../../../../../src/core/model/alerting/message.ts';
import type { SendOutcome } from '../../../../../src/core/ports/alerting/channel.ts';
import { fakeChannel, relayBench } from '../../../../support/alerting/relay.ts';
import { alertOf, HOUR, MINUTE, TEN, tellingOf } from '../../../../support/alerting/tellings.ts';

const DOWN: SendOutcome = { status: 'retry', why: 'crm: answered 503' };

describe('a channel that wants nothing for a while', () => {
  it('gets nothing new either, and then all of it', async () => {
    const channel = fakeChannel();
    const bench = relayBench([channel]);
    const begun = bench.now;
    const at: number[] = [];
    channel.send = async () => {
      at.push((bench.now - begun) / MINUTE);
      return at.length === 1 ? { ...DOWN, afterMs: 45 * MINUTE } : { status: 'accepted' };
    };
    for (let pass = 0; pass < 12; pass++) {
      await bench.add(tellingOf(alertOf({ filter: `f${pass}`, at: TEN + pass * 5 * MINUTE })));
      await bench.pass();
      bench.now += 5 * MINUTE;
    }
    assert.deepEqual(at, [0, 45, 45, 50, 55]);
    assert.deepEqual(
      (await bench.tellings()).map(({ fate }) => fate),
      Array.from({ length: 12 }, () => 'sent'),
    );
  });

  it('for one message, again and again, gets the others', async () => {
    const channel = fakeChannel();
    const told = new Map<string, number>();
    const bench = relayBench([channel]);
    channel.send = async ({ body }) => {
      const { message } = body as never as { message: Message };
      if (message.alerts.some(({ filter }) => filter === 'poison')) return { ...DOWN, afterMs: 30_000 };
      for (const { filter } of message.alerts) told.set(filter, bench.now);
      return { status: 'accepted' };
    };
    await bench.add(tellingOf(alertOf({ filter: 'poison' })));
    for (let pass = 0; pass < 60; pass++) {
      await bench.add(tellingOf(alertOf({ filter: `f${pass}`, at: TEN + pass * 5 * MINUTE })));
      await bench.pass();
      bench.now += 5 * MINUTE;
    }
    assert.equal(told.size, 60);
    for (let pass = 6; pass < 60; pass++) {
      const waited = told.get(`f${pass}`)! - (TEN + (7 + pass * 5) * MINUTE);
      assert.ok(waited <= 5 * MINUTE, `f${pass} waited for ${waited / MINUTE} minutes`);
    }
  });

  it('until a message is given up gets the others when it is back', async () => {
    const channel = fakeChannel();
    const bench = relayBench([channel]);
    const begun = bench.now;
    channel.send = async () =>
      bench.now - begun < 27 * HOUR ? { ...DOWN, afterMs: 10 * MINUTE } : { status: 'accepted' };
    for (let pass = 0; pass < 96 * 12; pass++) {
      const isNews = pass === 0 || (pass >= 240 && pass < 320 && pass % 7 === 0);
      if (isNews) await bench.add(tellingOf(alertOf({ filter: `f${pass}`, at: TEN + pass * 5 * MINUTE })));
      await bench.pass();
      bench.now += 5 * MINUTE;
    }
    const fates = (await bench.tellings()).map(({ fate }) => fate);
    assert.deepEqual(fates, ['given up', ...fates.slice(1).map(() => 'sent')]);
    assert.equal(fates.length, 12);
  });
});
