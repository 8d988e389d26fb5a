import assert from 'node:assert/strict';
import type { Message } from '../../../../../src/core/model/alerting/message.ts';
import type { SendOutcome } from '../../../../../src/core/ports/alerting/channel.ts';
import { fakeChannel, policyOf, relayBench } from '../../../../support/alerting/relay.ts';
import { alertOf, HOUR, MINUTE, TEN, tellingOf } from '../../../../support/alerting/tellings.ts';

const DOWN: SendOutcome = { status: 'retry', why: 'crm: answered 503' };

/** Passes every so often, with a vendor that answers so; minutes after the first at which it was asked. */
async function triesOf(answer: SendOutcome, { everyMs = 5 * MINUTE, forMs = 3 * HOUR } = {}) {
  const channel = fakeChannel();
  const bench = relayBench([channel]);
  const begun = bench.now;
  await bench.add(tellingOf(alertOf()));
  const at: number[] = [];
  channel.send = async () => {
    at.push((bench.now - begun) / MINUTE);
    return bench.now - begun < forMs ? answer : { status: 'accepted' };
  };
  for (; bench.now < begun + 26 * HOUR; bench.now += everyMs) await bench.pass();
  return { at, bench };
}

describe('a channel that does not take a message', () => {
  it('503 for three hours: tried at growing distances, taken once', async () => {
    const { at, bench } = await triesOf(DOWN);
    assert.deepEqual(at, [0, 5, 10, 15, 25, 45, 80, 140, 200]);
    assert.deepEqual(
      (await bench.messages()).map(({ fate, tries }) => [fate, tries]),
      [['sent', 9]],
    );
  });

  it('by the minute: after 1, 2, 4 … 60 minutes', async () => {
    const { at } = await triesOf(DOWN, { everyMs: MINUTE });
    assert.deepEqual(at, [0, 1, 3, 7, 15, 31, 63, 123, 183]);
  });

  it('is asked again when it wants to be, not before', async () => {
    const { at } = await triesOf({ ...DOWN, afterMs: 30_000 }, { everyMs: 10_000, forMs: MINUTE });
    assert.deepEqual(at, [0, 0.5, 1]);
  });

  it('is not hammered, however soon it wants to be asked', async () => {
    const { at } = await triesOf({ ...DOWN, afterMs: 1000 }, { everyMs: MINUTE });
    assert.ok(at.length <= 40, String(at));
  });

  it('is given up after a day, and somebody hears of that', async () => {
    const channel = fakeChannel({ send: async () => DOWN });
    const bench = relayBench([channel]);
    const begun = bench.now;
    await bench.add(tellingOf(alertOf()));
    const troubles: unknown[] = [];
    for (; bench.now < begun + 30 * HOUR; bench.now += 5 * MINUTE)
      for (const work of await bench.pass())
        troubles.push(...work.troubles.map((it) => ({ ...it, at: (bench.now - begun) / HOUR })));
    assert.deepEqual(troubles, [
      { channel: 'crm', fate: 'given up', messageId: 'm1', alerts: 1, why: 'crm: answered 503', at: 24 + 20 / 60 },
    ]);
    assert.deepEqual(
      (await bench.tellings()).map(({ fate }) => fate),
      ['given up'],
    );
  });

  it('is not given up while the clock is doubted', async () => {
    const channel = fakeChannel({ send: async () => DOWN });
    const bench = relayBench([channel]);
    await bench.add(tellingOf(alertOf()));
    await bench.pass();
    bench.now += 300 * HOUR;
    await bench.pass({ sure: ({ own }) => own - 300 * HOUR });
    assert.deepEqual(
      (await bench.messages()).map(({ fate }) => fate),
      ['pending'],
    );
  });

  it('is given up after a day also while what it was told of lasts, each time, and somebody hears of that', async () => {
    const channel = fakeChannel({ send: async () => DOWN });
    const bench = relayBench([channel]);
    const begun = bench.now;
    await bench.add(tellingOf(alertOf()));
    const hours: number[] = [];
    for (let pass = 0; pass < 60 * 12; pass++) {
      const repeat = alertOf({ since: '2026-11-20T10:00:00.000Z', at: TEN + pass * 5 * MINUTE });
      if (pass > 0 && pass % 48 === 0) await bench.add(tellingOf(repeat, { news: 'repeat' }));
      for (const { troubles } of await bench.pass())
        for (const { fate } of troubles) {
          assert.equal(fate, 'given up');
          hours.push(Math.floor((bench.now - begun) / HOUR));
        }
      bench.now += 5 * MINUTE;
    }
    // The repeat after 28 hours is told anew, for a day.
    assert.deepEqual(hours, [24, 52]);
    const fates = new Set((await bench.tellings()).slice(0, 7).map(({ fate }) => fate));
    assert.deepEqual([...fates], ['given up']);
  });

  it('a text that it cannot read goes once more, plain; then it is refused, and somebody hears of that', async () => {
    const bad = (why: string): SendOutcome => ({ status: 'refused', why, isText: true });
    const channel = fakeChannel();
    channel.answers.push(bad('crm: answered 400'), bad('crm: answered 400 again'));
    const bench = relayBench([channel]);
    await bench.add(tellingOf(alertOf()));
    const [work] = await bench.pass();
    assert.deepEqual(
      channel.got.map(({ form }) => form),
      ['rich', 'plain'],
    );
    assert.deepEqual(
      work!.troubles.map(({ fate, why }) => [fate, why]),
      [['refused', 'crm: answered 400 again']],
    );
    assert.equal(work!.status, 'failed');
    assert.deepEqual(await bench.pass(), []);
  });

  it('a plain text that is taken is told', async () => {
    const channel = fakeChannel();
    channel.answers.push({ status: 'refused', why: 'crm: answered 400', isText: true });
    const bench = relayBench([channel]);
    await bench.add(tellingOf(alertOf()));
    const [work] = await bench.pass();
    assert.deepEqual([work!.status, work!.detail], ['done', '1 sent']);
    assert.deepEqual(
      (await bench.messages()).map(({ fate, isPlain }) => [fate, isPlain]),
      [['sent', true]],
    );
  });

  it('refused for good is never tried again, and somebody hears of it at once', async () => {
    const channel = fakeChannel();
    channel.answers.push({ status: 'refused', why: 'crm: answered 401' });
    const bench = relayBench([channel]);
    await bench.add(tellingOf(alertOf()));
    const [work] = await bench.pass();
    assert.deepEqual(work!.troubles, [
      { channel: 'crm', fate: 'refused', messageId: 'm1', alerts: 1, why: 'crm: answered 401' },
    ]);
    bench.now += HOUR;
    assert.deepEqual(await bench.pass(), []);
    assert.equal(channel.got.length, 1);
  });

  it('two messages in a row are enough for one pass; what it wants nothing of is not tried', async () => {
    const three = ['a', 'b', 'c'].map((filter) => tellingOf(alertOf({ filter })));
    for (const [answer, posts] of [
      [DOWN, 2],
      [{ ...DOWN, afterMs: 600_000 }, 1],
    ] as const) {
      const channel = fakeChannel();
      channel.answers.push(answer, answer, answer);
      const bench = relayBench([channel]);
      await bench.add(...three);
      await bench.pass();
      assert.equal(channel.got.length, posts);
      bench.now += 5 * MINUTE;
      await bench.pass();
      assert.equal(channel.got.length, posts === 1 ? 1 : 5, 'it was asked to wait for ten minutes, or not');
    }
  });
});

describe('a message that a channel never takes', () => {
  it('takes no other along, and what is new is told', async () => {
    const channel = fakeChannel();
    const told: string[] = [];
    channel.send = async ({ body }) => {
      const { message } = body as never as { message: Message };
      const filters = message.alerts.map(({ filter }) => filter);
      if (filters.includes('poison')) return DOWN;
      told.push(...filters);
      return { status: 'accepted' };
    };
    const bench = relayBench([[channel, policyOf({ budget: { count: 4, perMs: HOUR } })]]);
    await bench.add(tellingOf(alertOf({ filter: 'poison' })));
    await bench.pass();
    for (let pass = 1; pass <= 30; pass++) {
      bench.now += 5 * MINUTE;
      await bench.add(...['a', 'b', 'c', 'd'].map((it) => tellingOf(alertOf({ filter: `${it}${pass}` }))));
      await bench.pass();
    }
    for (let pass = 0; pass < 300; pass++) {
      bench.now += 5 * MINUTE;
      await bench.pass();
    }
    assert.equal(told.length, 120);
    const fates = Map.groupBy(await bench.tellings(), ({ fate }) => fate);
    assert.deepEqual(
      [...fates].map(([fate, all]) => [fate, all.length]),
      [
        ['given up', 1],
        ['sent', 120],
      ],
    );
  });

  it('has a day for what comes last, when it says something new', async () => {
    const channel = fakeChannel({ send: async () => DOWN });
    const bench = relayBench([channel]);
    const begun = bench.now;
    await bench.add(tellingOf(alertOf()));
    for (; bench.now < begun + 40 * HOUR; bench.now += 5 * MINUTE) {
      if (bench.now === begun + 23 * HOUR)
        await bench.add(tellingOf(alertOf({ state: 'resolved', since: '2026-11-20T10:00:00.000Z', at: bench.now })));
      await bench.pass();
    }
    assert.deepEqual(
      (await bench.messages()).map(({ fate }) => fate),
      ['grouped', 'pending'],
    );
  });
});
