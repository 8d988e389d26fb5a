import assert from 'node:assert/strict';
import type { Outbox } from '../../../../../src/core/ports/alerting/outbox.ts';
import { type FakeChannel, fakeChannel, relayBench, type RelayBench } from '../../../../support/alerting/relay.ts';
import { HOUR, MINUTE } from '../../../../support/alerting/tellings.ts';
import { digestMessage } from '../../../../support/digests/digests.ts';

const ID = 'digest/crm-morning@2026-11-20T08:00:00.000Z/crm';

async function posted(channel: FakeChannel, over: Parameters<typeof digestMessage>[0] = {}): Promise<RelayBench> {
  const bench = relayBench([channel]);
  await bench.outbox.post('crm', digestMessage({ id: ID, ...over }), bench.now);
  return bench;
}

/** What it got: `text` or `picture` of each. */
function parts({ got }: FakeChannel): readonly string[] {
  return got.map(({ body }) => body.part ?? 'text');
}

async function fates(bench: RelayBench): Promise<Readonly<Record<string, string>>> {
  return Object.fromEntries((await bench.messages()).map(({ message, fate }) => [message.part ?? 'text', fate]));
}

describe('the picture of a message', () => {
  it('goes after the text, in the same pass, below it, and once', async () => {
    const channel = fakeChannel({ picture: 'after' });
    channel.answers.push({ status: 'accepted', ref: 'r1' });
    const bench = await posted(channel);
    await bench.pass();
    await bench.pass();
    assert.deepEqual(parts(channel), ['text', 'picture']);
    assert.deepEqual(channel.got[1]!.message, { ...channel.got[1]!.body, id: `${ID}/picture`, thread: 'r1' });
    assert.deepEqual(channel.got[1]!.body.lines, ['Chart of the digest crm-morning']);
    assert.deepEqual(await fates(bench), { text: 'sent', picture: 'sent' });
  });

  it('that is not taken is tried again alone: the text is not', async () => {
    const channel = fakeChannel({ picture: 'after' });
    channel.answers.push({ status: 'accepted' }, { status: 'retry', why: 'crm: answered 503' });
    const bench = await posted(channel);
    await bench.pass();
    assert.deepEqual(await fates(bench), { text: 'sent', picture: 'pending' });
    bench.now += MINUTE;
    await bench.pass();
    assert.deepEqual(parts(channel), ['text', 'picture', 'picture']);
    assert.deepEqual(await fates(bench), { text: 'sent', picture: 'sent' });
  });

  it('that is refused for good, or for a day not taken, leaves the text sent and is a trouble', async () => {
    for (const [answer, fate] of [
      [{ status: 'refused', why: 'crm: answered 403' }, 'refused'],
      [{ status: 'retry', why: 'crm: answered 503' }, 'given up'],
    ] as const) {
      const channel = fakeChannel({ picture: 'after' });
      channel.answers.push({ status: 'accepted' });
      const bench = await posted(channel);
      const troubles: unknown[] = [];
      for (let hour = 0; hour < 30; hour++, bench.now += HOUR) {
        if (hour === 0) channel.answers.push(...Array.from({ length: 60 }, () => answer));
        for (const work of await bench.pass()) troubles.push(...work.troubles.map((it) => [it.fate, it.messageId]));
      }
      assert.deepEqual(await fates(bench), { text: 'sent', picture: fate });
      assert.deepEqual(troubles, [[fate, `${ID}/picture`]]);
      assert.equal(parts(channel).filter((it) => it === 'text').length, 1);
    }
  });

  it('is stored before the text counts as sent: a server that dies between the two leaves both, and there is one', async () => {
    for (const dies of ['before the picture is stored', 'after it']) {
      const channel = fakeChannel({ picture: 'after', repeatSafe: false });
      const bench = await posted(channel);
      const broken: Outbox = {
        ...bench.outbox,
        post: async (...given) => {
          if (dies === 'after it') await bench.outbox.post(...given);
          throw new Error('killed');
        },
      };
      await bench.pass({ outbox: broken });
      assert.deepEqual(parts(channel), ['text'], dies);
      bench.now += 5 * MINUTE;
      await bench.pass();
      bench.now += 5 * MINUTE;
      await bench.pass();
      // Nobody knows whether the text was taken, so it goes once more, and says so.
      assert.deepEqual(parts(channel).toSorted(), ['picture', 'text', 'text'], dies);
      assert.deepEqual(await fates(bench), { text: 'sent', picture: 'sent' }, dies);
    }
  });

  it('is none of a message without a chart, at a channel that takes it along, or of a text that nobody took', async () => {
    const without = fakeChannel({ picture: 'after' });
    await (await posted(without, { digest: undefined })).pass();
    const along = fakeChannel();
    await (await posted(along)).pass();
    const refused = fakeChannel({ picture: 'after' });
    refused.answers.push({ status: 'refused', why: 'crm: answered 403' });
    const bench = await posted(refused);
    await bench.pass();
    assert.deepEqual([without, along, refused].map(parts), [['text'], ['text'], ['text']]);
    assert.deepEqual(await fates(bench), { text: 'refused' });
  });

  it('is not begun when the time is over, and then goes in the next pass', async () => {
    const channel = fakeChannel({ picture: 'after' });
    const bench = await posted(channel);
    channel.answers.push(async () => {
      bench.now += HOUR;
      return { status: 'accepted' };
    });
    await bench.pass({ ms: HOUR });
    assert.deepEqual(parts(channel), ['text']);
    await bench.pass();
    assert.deepEqual(parts(channel), ['text', 'picture']);
  });
});
