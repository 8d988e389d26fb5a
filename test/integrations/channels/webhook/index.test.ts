import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import type { Fitted, Message } from '../../../../src/core/model/alerting/message.ts';
import { webhook } from '../../../../src/integrations/channels/webhook/index.ts';
import type { Deps } from '../../../../src/integrations/plugin.ts';
import { channelContract } from '../../../contract/channel.ts';
import { issueAlerts, messageOf } from '../../../support/alerting/messages.ts';
import { alertOf } from '../../../support/alerting/tellings.ts';
import { depsOf } from '../../../support/build/deps.ts';
import { mock } from '../../../support/build/http-mock.ts';
import { scopeOf } from '../../../support/build/scope.ts';

await webhook.load();

const KEY = 'whsec_c2VudHJ5LW1vbml0b3ItdGVzdC1zZWNyZXQtMDAwMSE=';
const OTHER = 'whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=';
const URL_ = 'https://hooks.example.com/in/tH1s-1s-n0t-f0r-all-0f-y0u';
const NO_TEXT = { status: 400, body: 'cannot read this' };

function create(deps: Deps, key = KEY, url = URL_) {
  return webhook.read({ 'channels.webhook': url, 'channels.webhook.key': key }).create(deps, 'hook').part;
}

interface Body {
  readonly calls?: Readonly<Record<string, readonly string[]>>;
  readonly alerts: readonly { readonly subject: { readonly title: string } }[];
}

/** As the test of a strict receiver would: JSON that comes back as it went, in at most 256 KiB. */
function check(body: Fitted['body']): void {
  const text = JSON.stringify(body);
  assert.ok(Buffer.byteLength(text) <= 262_144, `${Buffer.byteLength(text)} bytes`);
  assert.ok(Buffer.from(text).toString() === text, 'it is UTF-8');
  assert.deepEqual(JSON.parse(text), body);
}

/** One line, nothing that moves it about, at most 500 characters. */
function plainly(title: string): string {
  const line = title
    .replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, ' ')
    .replace(/[\u0000-\u001f\u007f-\u009f]/g, '\ufffd')
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');
  const points = [...line];
  return points.length > 500 ? `${points.slice(0, 499).join('')}…` : line;
}

describe('the webhook channel', () => {
  channelContract({
    create,
    name: 'hook',
    repeatSafe: true,
    secrets: [KEY, KEY.slice(6), 'tH1s-1s-n0t-f0r-all-0f-y0u'],
    endpoint: {
      request: { url: URL_ },
      accepted: { status: 204 },
      limited: [
        [{ status: 429, headers: { 'retry-after': '30' } }, 30_000],
        [{ status: 503, headers: { 'retry-after': '7' } }, 7_000],
        // By our own clock, where the receiver does not tell its own.
        [{ status: 429, headers: { 'retry-after': 'Fri, 20 Nov 2026 10:09:10 GMT' } }, 100_000],
        [
          {
            status: 429,
            headers: { date: 'Fri, 20 Nov 2026 10:07:30 GMT', 'retry-after': 'Fri, 20 Nov 2026 10:09:00 GMT' },
          },
          90_000,
        ],
      ],
      saysNo: [
        ['ok: false', { status: 200, body: { ok: false, error: 'channel_not_found' } }],
        ['success: false', { status: 200, body: { success: false } }],
        ['a word of refusal', { status: 200, body: 'no_service' }],
      ],
      badText: [NO_TEXT, { status: 422, body: { detail: 'a title is too long' } }, { status: 413 }],
      permanent: [401, 402, 403, 404, 405, 409, 410, 415].map((status) => ({ status, body: 'no' })),
    },
    check,
    titlesIn: (body) => (body as unknown as Body).alerts.map(({ subject }) => subject.title),
    callsIn: (body) => Object.values((body as unknown as Body).calls ?? {}).flat(),
    looks: (title, form) => (form === 'rich' ? title : plainly(title)),
  });

  for (const [name, status, body] of [
    ['nothing', 204, ''],
    ['a word', 200, 'ok'],
    ['JSON', 201, { id: 7 }],
    ['an error that is none', 200, { ok: true, error: null }],
    ['broken JSON', 202, '{"ok": fal'],
  ] as const) {
    it(`a 2xx with ${name} is taken`, async () => {
      mock({ method: 'POST', url: URL_ }, { status, body });
      const channel = create(depsOf());
      assert.deepEqual(await channel.send(channel.fit(messageOf(), 'rich'), messageOf(), scopeOf()), {
        status: 'accepted',
      });
    });
  }

  it('has exactly what is promised in its body, and what is to be said before alerts only where there is something', () => {
    const bodyOf = (over: Partial<Message>) => create(depsOf()).fit(messageOf(over), 'rich').body;
    const usual = { type: 'alerts', id: messageOf().id, sentAt: '2026-11-20T10:07:30.000Z', alerts: [alertOf()] };
    assert.deepEqual(bodyOf({}), usual);
    const lines = ['After release 1.4.2'];
    assert.deepEqual(bodyOf({ lines, collects: 'release' }), { ...usual, lines });
  });

  it('leaves room for alerts, however much is to be said before them', () => {
    const lines = Array.from({ length: 500 }, (_, index) => `held back: muted until 2026-11-20 11:00 UTC: ${index}`);
    const { body, leftOut } = create(depsOf()).fit(messageOf({ lines }), 'rich');
    const { lines: said } = body as unknown as { readonly lines: readonly string[] };
    const [more, first] = [said.at(-1)!, said[0]];
    assert.deepEqual([leftOut, first, more], [0, lines[0], `and ${501 - said.length} more`]);
    assert.ok(said.length > 50 && JSON.stringify(said).length < 8192, String(said.length));
  });

  it('names every alert that there is room for, not only ten', () => {
    const { body, leftOut } = create(depsOf()).fit(messageOf({ alerts: issueAlerts(200) }), 'rich');
    assert.deepEqual([(body as unknown as Body).alerts.length, leftOut], [200, 0]);
  });

  it('signs what it posts, anew at each try, with every key that it has', async () => {
    const deps = depsOf();
    const calls = mock({ method: 'POST', url: URL_ }, { status: 503 }, { status: 200 });
    const channel = create(deps, `${KEY},${OTHER}`);
    const message = messageOf();
    for (const _ of [1, 2]) {
      await channel.send(channel.fit(message, 'rich'), message, scopeOf());
      deps.clock.advance(61_000);
    }
    const at = Date.UTC(2026, 10, 20, 10, 7, 30) / 1000;
    for (const [index, { headers, text }] of calls.entries()) {
      const timestamp = String(at + index * 61);
      const of = (bytes: Buffer): string =>
        createHmac('sha256', bytes).update(`${message.id}.${timestamp}.${text}`).digest('base64');
      const [one, two] = [
        Buffer.from('sentry-monitor-test-secret-0001!'),
        Buffer.from(Array.from({ length: 32 }, (_, index) => index)),
      ];
      assert.deepEqual(
        [headers['webhook-id'], headers['webhook-timestamp'], headers['webhook-signature'], headers['content-type']],
        [message.id, timestamp, `v1,${of(one)} v1,${of(two)}`, 'application/json'],
      );
    }
    assert.equal(calls[0]!.text, calls[1]!.text);
  });
});
