import assert from 'node:assert/strict';
import { telegram } from '../../../../src/integrations/channels/telegram/index.ts';
import { atItsDouble } from '../../../contract/channel-double.ts';
import { messageOf } from '../../../support/alerting/messages.ts';
import { alertOf } from '../../../support/alerting/tellings.ts';
import { depsOf } from '../../../support/build/deps.ts';
import { scopeOf } from '../../../support/build/scope.ts';

await telegram.load();

describe('the telegram channel at a strict Bot API', () => {
  const { send, inbox, sandbox } = atItsDouble({
    vendor: 'telegram',
    seconds: 42,
    create: (sandbox, deps) => at('-1001234567890', sandbox, deps),
  });

  function at(chat: string, { addresses, keys } = sandbox(), deps = depsOf()) {
    const own = { 'channels.telegram': chat, 'channels.telegram.key': keys.telegramToken };
    return telegram.read({ ...own, TELEGRAM_API_URL: addresses.telegramApi }).create(deps, 'ops').part;
  }

  it('answers the first message, and is a message of its own when that is gone', async () => {
    const first = await send(messageOf());
    assert.deepEqual(first, { status: 'accepted', ref: '-1001234567890/1/1' });
    await send(messageOf({ id: 'repeat', thread: first.ref }));
    sandbox().world.received.telegram.messages.shift();
    await send(messageOf({ id: 'again', thread: first.ref }));
    assert.deepEqual(
      inbox().messages.map(({ thread }) => thread),
      ['1', null],
    );
  });

  const over = (thread: string | undefined, alerts = [alertOf({ state: 'resolved' })]) =>
    messageOf({ id: 'over', thread: thread ?? null, alerts });
  const seen = () => inbox().messages.map(({ subject, isOver, thread }) => [subject, isOver ?? false, thread]);

  it('edits the first message when all of it is over, and answers it as well', async () => {
    const { ref } = (await send(messageOf())) as { readonly ref: string };
    assert.equal((await send(over(ref))).status, 'accepted');
    assert.deepEqual(seen(), [
      ['crm-checkout: resolved, TypeError: x is undefined', true, null],
      ['crm-checkout: resolved, TypeError: x is undefined', false, '1'],
    ]);
    assert.deepEqual(inbox().refused, []);
  });

  it('never hides what still lasts: of two alerts one is over, and the first message stays as it was', async () => {
    const two = [alertOf(), alertOf({ subject: { id: '2', title: 'RangeError' } })];
    const { ref } = (await send(messageOf({ alerts: two }))) as { readonly ref: string };
    await send(over(ref, [{ ...two[0]!, state: 'resolved' }]));
    await send(over('-1001234567890/1'));
    assert.deepEqual(
      seen().map(([, isOver, thread]) => [isOver, thread]),
      [
        [false, null],
        [false, '1'],
        [false, '1'],
      ],
    );
  });

  it('is a message of its own where the first one is gone', async () => {
    const { ref } = (await send(messageOf())) as { readonly ref: string };
    inbox().messages.shift();
    assert.equal((await send(over(ref))).status, 'accepted');
    assert.deepEqual(seen(), [['crm-checkout: resolved, TypeError: x is undefined', false, null]]);
  });

  it('follows a group that has moved at once, says so once, and goes there straight away from then on', async () => {
    const channel = at('-500');
    const lines: unknown[] = [];
    for (const id of ['one', 'two']) {
      const scope = scopeOf();
      const message = messageOf({ id, thread: '-500/1' });
      const outcome = await channel.send(channel.fit(message, 'rich'), message, scope);
      assert.equal(outcome.status, 'accepted');
      lines.push(...scope.log.lines.filter(({ level }) => level === 'warn').map(({ text, fields }) => [text, fields]));
    }
    assert.deepEqual(
      inbox().messages.map(({ to, thread }) => [to, thread]),
      [
        ['-1000000000500', null],
        ['-1000000000500', null],
      ],
    );
    assert.equal(inbox().refused.length, 1);
    assert.deepEqual(lines, [
      ['the chat has moved: write its new id into the file', { channel: 'ops', chat: '-1000000000500' }],
    ]);
  });

  for (const [chat, why] of [
    ['-404', 'chat not found; check its id, and add the bot to it'],
    ['-403', 'bot was kicked from the group chat; add the bot to the chat again'],
    ['403', 'bot was blocked by the user; that user has to start the bot again'],
  ] as const) {
    it(`${chat}: refused, with what to do`, async () => {
      const outcome = await send(messageOf(), 'rich', at(chat));
      assert.ok(outcome.status === 'refused' && outcome.isText !== true);
      assert.ok(outcome.why.endsWith(why), outcome.why);
    });
  }
});
