import assert from 'node:assert/strict';
import { entitiesFault, mentionsIn } from '../../../../sandbox/telegram/entities.ts';
import { SettingsError } from '../../../../src/config/schema.ts';
import { telegram } from '../../../../src/integrations/channels/telegram/index.ts';
import type { Deps } from '../../../../src/integrations/plugin.ts';
import type { Fitted } from '../../../../src/core/model/alerting/message.ts';
import { channelContract } from '../../../contract/channel.ts';
import { type ChannelSubject, sendTo } from '../../../contract/channel-subject.ts';
import { onOneLine } from '../../../support/alerting/looks.ts';
import { messageOf } from '../../../support/alerting/messages.ts';
import { alertOf } from '../../../support/alerting/tellings.ts';
import { depsOf } from '../../../support/build/deps.ts';
import { mock } from '../../../support/build/http-mock.ts';
import { scopeOf } from '../../../support/build/scope.ts';

await telegram.load();

const TOKEN = '987654321:AAF-acme_acme0123456789acme-acme';
const URL_ = `https://api.telegram.org/bot${TOKEN}/sendMessage`;
const OWN = { 'channels.telegram': '-1001234567890', 'channels.telegram.key': TOKEN };
const TAKEN = { body: { ok: true, result: { message_id: 17, chat: { id: -1_001_234_567_890 } } } };

function says(status: number, description: string, parameters?: object) {
  return { status, body: { ok: false, error_code: status, description, ...(parameters && { parameters }) } };
}

function create(deps: Deps, env: Readonly<Record<string, string>> = OWN) {
  return telegram.read(env).create(deps, 'ops').part;
}

interface Body {
  readonly text: string;
  readonly entities?: readonly { readonly type: string; readonly offset: number; readonly length: number }[];
}

function titlesIn(body: Fitted['body']): readonly string[] {
  const { text, entities } = body as unknown as Body;
  const titles =
    entities === undefined
      ? text.split('\n').flatMap((line) => /^Firing: .*(?=: 52 events where)/.exec(line)?.[0] ?? [])
      : entities
          .filter(({ type }) => type === 'bold')
          .slice(1)
          .map(({ offset, length }) => text.slice(offset, offset + length));
  // What keeps a name from being a mention is nothing that people see.
  return titles.map((title) => title.replaceAll('\u2060', '').replace(/^Firing: /, ''));
}

/** Of one alert. */
function callsIn(body: Fitted['body']): readonly string[] {
  const { text, entities = [] } = body as unknown as Body;
  const code = entities.filter(({ type }) => type === 'code').slice(0, -1);
  return code.map(({ offset, length }) => text.slice(offset, offset + length).replaceAll('\u2060', ''));
}

const subject: ChannelSubject = {
  create,
  name: 'ops',
  repeatSafe: false,
  secrets: [TOKEN, 'AAF-acme_acme0123456789acme-acme'],
  endpoint: {
    request: { url: URL_ },
    accepted: TAKEN,
    ref: '-1001234567890/17/1',
    limited: [
      [says(429, 'Too Many Requests: retry after 35', { retry_after: 35 }), 35_000],
      [{ status: 429, headers: { 'retry-after': '9' }, body: 'slow down' }, 9_000],
    ],
    saysNo: [['ok: false', { status: 200, body: { ok: false, error_code: 400, description: 'Bad Request' } }]],
    badText: [
      says(400, "Bad Request: can't parse entities: Unsupported start tag"),
      says(400, 'Bad Request: message is too long'),
      says(400, 'Bad Request: message text is empty'),
    ],
    permanent: [
      says(401, 'Unauthorized'),
      says(404, 'Not Found'),
      says(403, 'Forbidden: bot was blocked by the user'),
      says(403, 'Forbidden: bot was kicked from the supergroup chat'),
      says(400, 'Bad Request: chat not found'),
      says(400, 'Bad Request: message thread not found'),
      says(421, 'Misdirected Request'),
    ],
  },
  check: (body) => {
    const { text, entities } = body as unknown as Body;
    assert.ok(text.length > 0 && text.length <= 4096 && text.isWellFormed(), `${text.length} UTF-16 units`);
    assert.equal(entitiesFault(entities, text), undefined);
    assert.deepEqual(mentionsIn(text, entities), []);
  },
  titlesIn,
  callsIn,
  looks: (title) => onOneLine(title),
};

describe('the telegram channel', () => {
  channelContract({ ...subject });

  async function sent(env: Readonly<Record<string, string>>, message = messageOf()): Promise<Record<string, unknown>> {
    const calls = mock({ method: 'POST', url: URL_ }, TAKEN);
    const channel = create(depsOf(), env);
    await channel.send(channel.fit(message, 'rich'), message, scopeOf());
    return calls[0]!.body as Record<string, unknown>;
  }

  it('says what to do', async () => {
    assert.deepEqual((await sendTo(subject, [says(400, 'Bad Request: chat not found')])).outcome, {
      status: 'refused',
      why: 'ops: answered 400: Bad Request: chat not found; check its id, and add the bot to it',
    });
  });

  it('shows what is bold, what leads where, and no previews', async () => {
    const message = messageOf({}, { severity: 'critical', subject: { title: 'ask @anna' }, endsWhen: null });
    const { text, entities, ...rest } = (await sent(OWN, message)) as { text: string; entities: readonly object[] };
    assert.deepEqual(text.split('\n'), [
      'critical, crm-checkout: firing, ask @\u2060anna',
      '',
      '🔴 Firing: ask @\u2060anna',
      '52 events where 3.2 were expected (score 10.7, limit 4)',
      'since 2026-11-20 10:00 UTC; critical; trending of crm-checkout',
      'Sentry · page',
      '',
      'host-1, 2026-11-20 10:07 UTC',
      'to mute it: sentry-monitor mute issue 6507376925 --for 1h --why "…"',
    ]);
    assert.deepEqual(
      entities.map((it) => {
        const { type, offset, length, url } = it as { type: string; offset: number; length: number; url?: string };
        return [type, text.slice(offset, offset + length), ...(url === undefined ? [] : [url])];
      }),
      [
        ['bold', 'critical, crm-checkout: firing, ask @\u2060anna'],
        ['bold', 'Firing: ask @\u2060anna'],
        ['text_link', 'Sentry', 'https://sentry.example.com/issues/6507376925/'],
        ['text_link', 'page', 'https://monitor.example.com/filters/crm-checkout'],
        ['italic', 'host-1, 2026-11-20 10:07 UTC'],
        ['code', 'sentry-monitor mute issue 6507376925 --for 1h --why "…"'],
      ],
    );
    assert.deepEqual(rest, { chat_id: -1_001_234_567_890, link_preview_options: { is_disabled: true } });
  });

  it('names a topic, a public chat, and the message that it answers', async () => {
    const body = await sent({ ...OWN, 'channels.telegram.thread': '7' });
    assert.equal(body['message_thread_id'], 7);
    assert.equal((await sent({ ...OWN, 'channels.telegram': '@acme_alerts' }))['chat_id'], '@acme_alerts');
    const answer = messageOf({ thread: '-1001234567890/16', alerts: [alertOf({ state: 'resolved' })] });
    const reply = { message_id: 16, allow_sending_without_reply: true };
    assert.deepEqual((await sent(OWN, answer))['reply_parameters'], reply);
    assert.equal((await sent(OWN, { ...answer, thread: '-500/16' }))['reply_parameters'], undefined);
  });

  const over = messageOf({ thread: '-1001234567890/16/1', alerts: [alertOf({ state: 'resolved' })] });
  const edits = { method: 'POST', url: URL_.replace('sendMessage', 'editMessageText') } as const;
  const sendOver = (env: Readonly<Record<string, string>> = OWN) => {
    const channel = create(depsOf(), env);
    return channel.send(channel.fit(over, 'rich'), over, scopeOf());
  };

  it('posts nothing while the edit may yet come', async () => {
    for (const answer of [{ status: 502, body: 'bad gateway' }, says(429, 'Too Many Requests', { retry_after: 7 })]) {
      mock(edits, answer);
      assert.equal((await sendOver()).status, 'retry');
    }
  });

  it('answers although it cannot be edited, with the topic that an edit has no word for', async () => {
    for (const description of ["message can't be edited", 'message is not modified']) {
      const [edited] = [mock(edits, says(400, `Bad Request: ${description}`))];
      mock({ method: 'POST', url: URL_ }, TAKEN);
      assert.equal((await sendOver({ ...OWN, 'channels.telegram.thread': '7' })).status, 'accepted');
      const { chat_id: chat, message_id: id, message_thread_id: topic } = edited[0]!.body as Record<string, unknown>;
      assert.deepEqual([chat, id, topic], [-1_001_234_567_890, 16, undefined]);
    }
  });

  for (const chat of ['acme', '@x', '12.5', '-0', '0x10', 'https://t.me/acme'])
    it(`does not take ${chat} for a chat`, () =>
      assert.throws(() => telegram.read({ ...OWN, 'channels.telegram': chat }), SettingsError));

  it('does not take what is no token of a bot: it becomes a part of an address', () => {
    for (const key of [
      'xoxb-0123456789-abcdefghijklmnop',
      '987654321:../../x-0123456789-0123456789',
      '987654321:short',
    ])
      assert.throws(
        () => telegram.read({ ...OWN, 'channels.telegram.key': key }),
        (error: Error) => !error.message.includes(key),
      );
  });
});
