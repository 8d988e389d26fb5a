import assert from 'node:assert/strict';
import { type Sandbox, startSandbox } from '../../../sandbox/index.ts';
import { createClock } from '../../support/time/clock.ts';

describe('Slack in the sandbox', () => {
  let sandbox: Sandbox;
  const clock = createClock();

  before(async () => void (sandbox = await startSandbox({ now: () => clock.now() })));
  beforeEach(() => sandbox.world.forget());
  after(() => sandbox.close());

  async function call(
    method: string,
    body: object,
    headers: Record<string, string> = {},
  ): Promise<Record<string, unknown>> {
    const response = await fetch(`${sandbox.addresses.slackApi}/${method}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${sandbox.keys.slackToken}`,
        'content-type': 'application/json; charset=utf-8',
        ...headers,
      },
      body: JSON.stringify(body),
    });
    assert.equal(response.status, 200);
    return (await response.json()) as Record<string, unknown>;
  }
  const post = (body: object, headers?: Record<string, string>) =>
    call('chat.postMessage', { channel: '#crm', ...body }, headers);

  const section = (text: string, type = 'mrkdwn') => [{ type: 'section', text: { type, text } }];
  for (const [what, body, word] of [
    ['no text', {}, 'no_text'],
    ['a text with only blanks', { text: '  ' }, 'no_text'],
    ['a text of 40,001 letters', { text: 'x'.repeat(40_001) }, 'msg_too_long'],
    ['somebody who is rung', { text: 'see <!here>' }, 'invalid_arguments'],
    ['half an escape', { text: 'a & b' }, 'invalid_arguments'],
    ['an escape that people would see', { text: '&quot;x&quot;' }, 'invalid_arguments'],
    ['half a character', { text: 'x\ud83d' }, 'invalid_arguments'],
    ['a key that is not known', { text: 'x', parse: 'full' }, 'invalid_arguments'],
    ['a ts that is a number', { text: 'x', thread_ts: 1_503_435_956.000247 }, 'invalid_arguments'],
    ['blocks that are no list', { text: 'x', blocks: {} }, 'invalid_blocks_format'],
    ['51 blocks', { text: 'x', blocks: Array.from({ length: 51 }, () => ({ type: 'divider' })) }, 'invalid_blocks'],
    [
      'a header of 151 letters',
      { text: 'x', blocks: [{ type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151) } }] },
      'invalid_blocks',
    ],
    [
      'a header with markup',
      { text: 'x', blocks: [{ type: 'header', text: { type: 'mrkdwn', text: 'x' } }] },
      'invalid_blocks',
    ],
    ['a section of 3,001 letters', { text: 'x', blocks: section('x'.repeat(3001)) }, 'invalid_blocks'],
    ['an empty section', { text: 'x', blocks: section('') }, 'invalid_blocks'],
    ['markup that is not escaped', { text: 'x', blocks: section('Map<String>') }, 'invalid_blocks'],
    ['a block that is not known', { text: 'x', blocks: [{ type: 'marquee' }] }, 'invalid_blocks'],
    [
      '13,201 letters in blocks',
      { text: 'x', blocks: Array.from({ length: 5 }, () => section('x'.repeat(2641), 'plain_text')).flat() },
      'msg_blocks_too_long',
    ],
    ['no such channel', { channel: '#nowhere', text: 'x' }, 'channel_not_found'],
    ['an archived one', { channel: '#archived', text: 'x' }, 'is_archived'],
    ['one that the app is not in', { channel: '#private', text: 'x' }, 'not_in_channel'],
    ['a name without its sign', { channel: 'crm', text: 'x' }, 'channel_not_found'],
    ['no such parent', { text: 'x', thread_ts: '1503435956.000247' }, 'thread_not_found'],
  ] as const) {
    it(`refuses ${what}: ${word}`, async () => {
      assert.deepEqual(await post(body), { ok: false, error: word });
      assert.deepEqual(
        [sandbox.world.received.slack.messages.length, sandbox.world.received.slack.refused.length],
        [0, 1],
      );
    });
  }

  it('refuses another token, none, and what is no JSON', async () => {
    assert.equal((await post({ text: 'x' }, { authorization: 'Bearer xoxb-another' }))['error'], 'invalid_auth');
    assert.equal((await post({ text: 'x' }, { 'content-type': 'text/plain' }))['error'], 'invalid_post_type');
    assert.equal((await call('chat.delete', {}))['error'], 'unknown_method');
  });

  it('edits by the id of the channel, answers below what is no answer itself, and shows what people read', async () => {
    const { channel, ts } = await post({ text: 'a &amp; b', blocks: section('*x* &lt;y&gt;') });
    assert.ok(typeof channel === 'string' && typeof ts === 'string');
    const reply = await post({ channel, text: 'more', thread_ts: ts });
    assert.equal((await post({ channel, text: 'x', thread_ts: reply['ts'] }))['error'], 'cannot_reply_to_message');
    assert.equal((await call('chat.update', { channel: '#crm', ts, text: 'x' }))['error'], 'channel_not_found');
    assert.equal((await call('chat.update', { channel, ts: '1.000001', text: 'x' }))['error'], 'message_not_found');
    assert.equal((await call('chat.update', { channel, ts, text: 'x'.repeat(4001) }))['error'], 'msg_too_long');
    assert.equal((await call('chat.update', { channel, ts, text: 'over' }))['ok'], true);
    assert.deepEqual(
      sandbox.world.received.slack.messages.map(({ to, id, thread, subject, text, isOver }) => [
        to,
        id,
        thread,
        subject,
        text,
        isOver,
      ]),
      [
        ['#crm', ts, null, 'over', 'over', true],
        ['#crm', reply['ts'], ts, 'more', 'more', undefined],
      ],
    );
  });

  it('takes what a webhook is posted to, and says in a word what is wrong', async () => {
    const hook = async (path: string, body: string): Promise<readonly [number, string]> => {
      const response = await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
      return [response.status, await response.text()];
    };
    const { slackWebhook } = sandbox.addresses;
    assert.deepEqual(await hook(slackWebhook, '{"text":"x &lt; y"}'), [200, 'ok']);
    assert.deepEqual(await hook(slackWebhook, '{"text":"x < y"}'), [400, 'invalid_payload']);
    assert.deepEqual(await hook(slackWebhook, '{"text":"x","channel":"#crm"}'), [400, 'invalid_payload']);
    assert.deepEqual(await hook(slackWebhook, 'text'), [400, 'invalid_payload']);
    assert.deepEqual(await hook(slackWebhook, '{}'), [400, 'no_text']);
    assert.deepEqual(await hook(`${slackWebhook}x`, '{"text":"x"}'), [404, 'no_service']);
    assert.deepEqual(
      sandbox.world.received.slack.messages.map(({ text }) => text),
      ['x < y'],
    );
  });
});
