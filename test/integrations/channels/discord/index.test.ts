import assert from 'node:assert/strict';
import type { Fitted } from '../../../../src/core/model/alerting/message.ts';
import { discord } from '../../../../src/integrations/channels/discord/index.ts';
import type { Deps } from '../../../../src/integrations/plugin.ts';
import { channelContract } from '../../../contract/channel.ts';
import { onOneLine } from '../../../support/alerting/looks.ts';
import { messageOf } from '../../../support/alerting/messages.ts';
import { alertOf } from '../../../support/alerting/tellings.ts';
import { depsOf } from '../../../support/build/deps.ts';
import { mock } from '../../../support/build/http-mock.ts';
import { scopeOf } from '../../../support/build/scope.ts';

await discord.load();

const TOKEN = 'dIsC0rd-t0ken_0123456789-abcdefghijklmnop';
const URL_ = `https://discord.com/api/v10/webhooks/1301234567890123456/${TOKEN}`;
const SAVED = { status: 200, body: { id: '1310000000000000001', type: 0 } };

function create(deps: Deps, url = URL_) {
  return discord.read({ 'channels.discord': url }).create(deps, 'ops').part;
}

interface Body {
  readonly content: string;
  readonly embeds: readonly { readonly description: string; readonly color?: number }[];
  readonly allowed_mentions: unknown;
}

function check(body: Fitted['body']): void {
  const { content, embeds, allowed_mentions: mentions } = body as unknown as Body;
  assert.ok(content.length <= 2000 && embeds.length <= 10);
  const sizes = embeds.map(({ description }) => description.length);
  assert.ok(sizes.every((size) => size > 0 && size <= 4096));
  assert.ok(sizes.reduce((sum, size) => sum + size, 0) <= 6000);
  assert.deepEqual(mentions, { parse: [] });
  // Outside of links that we make ourselves no sign that means something stands unescaped.
  const own = [content.replace(/^-# /m, ''), ...embeds.map(({ description }) => description)]
    .join('\n')
    .replace(/\[(?:[a-zA-Z0-9 ,:]|\\[-:])+\]\(<https?:[^<>]*>\)/g, '')
    .replace(/^\*\*|\*\*$/gm, '')
    .replace(/\\[^0-9A-Za-z\s]/g, '');
  assert.ok(!/[\\*_~|`>#[\]<@]/.test(own), own);
}

function titlesIn(body: Fitted['body']): readonly string[] {
  return (body as unknown as Body).embeds.map(({ description }) => {
    const [line = ''] = description.replace(/\\([^0-9A-Za-z\s])/g, '$1').split('\n');
    return /^\*\*Firing: (.*)\*\*$/.exec(line)?.[1] ?? /^Firing: (.*); 52 events where/.exec(line)![1]!;
  });
}

function callsIn(body: Fitted['body']): readonly string[] {
  return (body as unknown as Body).embeds.flatMap(({ description }) => {
    const lines = description.replace(/\\([^0-9A-Za-z\s])/g, '$1').split('\n');
    return lines.filter((line) => line.startsWith('at '));
  });
}

describe('the discord channel', () => {
  channelContract({
    create,
    name: 'ops',
    repeatSafe: false,
    secrets: [TOKEN],
    endpoint: {
      request: { url: URL_, query: [['wait', 'true']] },
      accepted: SAVED,
      ref: '1310000000000000001',
      limited: [
        [{ status: 429, body: { retry_after: 1.337, global: false }, headers: { 'retry-after': '2' } }, 1337],
        [{ status: 429, body: 'error code: 1015', headers: { 'retry-after': '120' } }, 120_000],
      ],
      saysNo: [['nothing, as where nobody waits for it', { status: 204 }]],
      badText: [
        { status: 400, body: { message: 'Invalid Form Body', code: 50035 } },
        { status: 400, body: { message: 'Request entity too large', code: 40005 } },
      ],
      permanent: [
        { status: 404, body: { message: 'Unknown Webhook', code: 10015 } },
        { status: 401, body: { message: 'Invalid Webhook Token', code: 50027 } },
        { status: 400, body: { message: 'Unknown Channel', code: 10003 } },
        { status: 403, body: 'no' },
        { status: 405, body: 'no' },
      ],
    },
    check,
    titlesIn,
    callsIn,
    looks: (title) => onOneLine(title),
  });

  it('says what is new on one line, and each alert below it', () => {
    const alerts = [
      alertOf({ severity: 'critical', runbook: 'https://wiki.example.com/a(b)' }),
      alertOf({ state: 'resolved', since: '2026-11-20T09:30:00.000Z', subject: { id: '7', title: '@everyone *x*' } }),
    ];
    const message = messageOf({ alerts, lines: ['held back: quiet until 07:00'] });
    const { body } = create(depsOf()).fit(message, 'rich');
    const { content, embeds } = body as unknown as Body;
    assert.deepEqual(content.split('\n'), [
      '2 alerts of crm\\-checkout: 1 critical, 1 firing, 1 resolved',
      'held back: quiet until 07:00',
      '-# host\\-1, 2026\\-11\\-20 10:07 UTC',
    ]);
    assert.deepEqual(embeds[0]!.description.split('\n'), [
      '**Firing: TypeError: x is undefined**',
      '52 events where 3.2 were expected \\(score 10.7, limit 4\\)',
      'since 2026\\-11\\-20 10:00 UTC; trending of crm\\-checkout; ends after three windows in a row without a surge',
      'sentry\\-monitor mute issue 6507376925 \\-\\-for 1h \\-\\-why "…"',
      '[Sentry](<https://sentry.example.com/issues/6507376925/>) ' +
        '[page](<https://monitor.example.com/filters/crm-checkout>) [runbook](<https://wiki.example.com/a%28b%29>)',
    ]);
    assert.match(embeds[1]!.description, /^\*\*Resolved: \\@everyone \\\*x\\\*\*\*\n/);
    assert.ok(embeds[0]!.color !== embeds[1]!.color);
  });

  it('keeps a thread that its address names', async () => {
    const channel = create(depsOf(), `${URL_}?thread_id=42`);
    mock(
      {
        method: 'POST',
        url: URL_,
        query: [
          ['thread_id', '42'],
          ['wait', 'true'],
        ],
      },
      SAVED,
    );
    const message = messageOf();
    assert.equal((await channel.send(channel.fit(message, 'rich'), message, scopeOf())).status, 'accepted');
  });

  it('says what to do when the webhook was deleted', async () => {
    mock(
      { method: 'POST', url: URL_, query: [['wait', 'true']] },
      { status: 404, body: { message: 'Unknown Webhook', code: 10015 } },
    );
    const [channel, message] = [create(depsOf()), messageOf()];
    const outcome = await channel.send(channel.fit(message, 'rich'), message, scopeOf());
    assert.ok(outcome.status === 'refused');
    assert.match(outcome.why, /^ops: answered 404.*the webhook was deleted; make another one/);
  });

  for (const url of ['https://discord.com/channels/1301234567890123456/2', URL_.slice(0, -30), 'acme'])
    it(`does not take ${url.slice(0, 50)}, and does not show it`, () =>
      assert.throws(
        () => discord.read({ 'channels.discord': url }),
        (error: Error) => /is no webhook of Discord|is not an http/.test(error.message) && !error.message.includes(url),
      ));
});
