import assert from 'node:assert/strict';
import type { Message } from '../../../../src/core/model/alerting/message.ts';
import type { SendOutcome } from '../../../../src/core/ports/alerting/channel.ts';
import { slack } from '../../../../src/integrations/channels/slack/index.ts';
import { slackWebhook } from '../../../../src/integrations/channels/slack-webhook/index.ts';
import { atItsDouble } from '../../../contract/channel-double.ts';
import { issueAlerts, messageOf } from '../../../support/alerting/messages.ts';
import { alertOf } from '../../../support/alerting/tellings.ts';

await slack.load();
await slackWebhook.load();

describe('the slack-webhook channel at a strict Slack', () => {
  atItsDouble({
    vendor: 'slack',
    seconds: 42,
    create: ({ addresses }, deps) =>
      slackWebhook.read({ 'channels.slack-webhook': addresses.slackWebhook }).create(deps, 'shop').part,
  });
});

describe('the slack channel at a strict Slack', () => {
  const { send, inbox, sandbox } = atItsDouble({
    vendor: 'slack',
    seconds: 42,
    create: ({ addresses, keys }, deps) =>
      slack
        .read({
          'channels.slack': '#crm',
          'channels.slack.key': keys.slackToken,
          SLACK_API_URL: `${addresses.slackApi}/`,
        })
        .create(deps, 'crm').part,
  });

  const over = (thread: string, alerts = [alertOf({ state: 'resolved' })]): Message =>
    messageOf({ id: 'over', thread, alerts });
  const told = (): readonly (readonly [string, string | null, boolean])[] =>
    inbox().messages.map(({ text, thread, isOver }) => [
      /Firing|Resolved/.exec(text)?.[0] ?? text,
      thread,
      isOver === true,
    ]);

  async function ref(message: Message): Promise<string> {
    const outcome = await send(message);
    assert.ok(outcome.status === 'accepted' && outcome.ref !== undefined);
    return outcome.ref;
  }

  it('tells later news below the first message, with the same reference', async () => {
    const first = await ref(messageOf());
    assert.match(first, /^C0[0-9A-Z]{6}\/\d+\.\d{6}\/1$/);
    const repeat = messageOf({ id: 'repeat', thread: first });
    assert.deepEqual(await send(repeat), { status: 'accepted', ref: first });
    const { id } = inbox().messages[0]!;
    assert.deepEqual(told(), [
      ['Firing', null, false],
      ['Firing', id, false],
    ]);
  });

  it('edits the first message when all of it is over, and answers it as well', async () => {
    const first = await ref(messageOf());
    assert.deepEqual(await send(over(first)), { status: 'accepted', ref: first });
    const { id } = inbox().messages[0]!;
    assert.deepEqual(told(), [
      ['Resolved', null, true],
      ['Resolved', id, false],
    ]);
  });

  it('never hides what still lasts: of two alerts one is over, and the first message stays as it was', async () => {
    const two = issueAlerts(2);
    const first = await ref(messageOf({ alerts: two }));
    await send(over(first, [{ ...two[0]!, state: 'resolved' }]));
    assert.deepEqual(
      told().map(([word, , isOver]) => [word, isOver]),
      [
        ['Firing', false],
        ['Resolved', false],
      ],
    );
    await send(
      over(
        first,
        two.map((alert) => ({ ...alert, state: 'resolved' })),
      ),
    );
    assert.equal(inbox().messages[0]!.isOver, true);
  });

  it('never edits for what got worse', async () => {
    const first = await ref(messageOf());
    await send(messageOf({ id: 'worse', thread: first, alerts: [alertOf({ severity: 'critical' })] }));
    assert.equal(inbox().messages[0]!.isOver, undefined);
  });

  it('is told anew, once, where a person deleted the first message', async () => {
    for (const message of [messageOf({ id: 'repeat' }), over('')]) {
      const thread = await ref(messageOf());
      sandbox().world.forget();
      const outcome = await send({ ...message, thread });
      assert.ok(outcome.status === 'accepted' && outcome.ref !== thread);
      assert.deepEqual(
        told().map(([, below, isOver]) => [below, isOver]),
        [[null, false]],
      );
    }
  });

  it('answers although it can no longer be edited', async () => {
    const first = await ref(messageOf());
    sandbox().world.faults.add({
      vendor: 'slack',
      kind: 'status',
      status: 200,
      body: '{"ok":false,"error":"edit_window_closed"}',
    });
    assert.equal((await send(over(first))).status, 'accepted');
    assert.deepEqual(
      told().map(([word, , isOver]) => [word, isOver]),
      [
        ['Firing', false],
        ['Resolved', false],
      ],
    );
  });

  it('posts nothing while the edit may yet come: it is edited and answered later, each once', async () => {
    const first = await ref(messageOf());
    for (const fault of [
      { kind: 'cut' },
      { kind: 'stored-no-answer' },
      { kind: 'status', status: 503 },
      { kind: '429-rate', seconds: 9 },
    ] as const) {
      sandbox().world.faults.add({ vendor: 'slack', ...fault });
      const outcome: SendOutcome = await send(over(first));
      assert.equal(outcome.status, 'retry', fault.kind);
      assert.equal(inbox().messages.length, 1);
    }
    assert.equal((await send(over(first))).status, 'accepted');
    assert.equal(inbox().messages.length, 2);
  });

  it('does not know what became of an answer that broke off', async () => {
    const first = await ref(messageOf());
    sandbox().world.faults.add({ vendor: 'slack', kind: 'stored-no-answer', skip: 1 });
    assert.equal((await send(over(first))).status, 'uncertain');
  });
});
