import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { Fitted } from '../../../../src/core/model/alerting/message.ts';
import { pagerduty } from '../../../../src/integrations/channels/pagerduty/index.ts';
import type { Deps } from '../../../../src/integrations/plugin.ts';
import { channelContract } from '../../../contract/channel.ts';
import { onOneLine } from '../../../support/alerting/looks.ts';
import { issueAlerts, messageOf } from '../../../support/alerting/messages.ts';
import { type AlertInput, alertOf, MINUTE, TEN } from '../../../support/alerting/tellings.ts';
import { depsOf } from '../../../support/build/deps.ts';
import { mock } from '../../../support/build/http-mock.ts';
import { scopeOf } from '../../../support/build/scope.ts';

await pagerduty.load();

const KEY = 'p1a2g3e4r5k6e7y8p1a2g3e4r5k6e7y8';
const URL_ = 'https://events.pagerduty.com/v2/enqueue';
const TAKEN = { status: 'success', message: 'Event processed', dedup_key: 'theirs' };

function create(deps: Deps, env: Readonly<Record<string, string>> = {}) {
  return pagerduty.read({ 'channels.pagerduty': KEY, ...env }).create(deps, 'night').part;
}

interface Event {
  readonly event_action: string;
  readonly dedup_key: string;
  readonly payload?: {
    readonly summary: string;
    readonly severity: string;
    readonly custom_details: Readonly<Record<string, unknown>>;
  };
}

const fit = (alerts: readonly AlertInput[], over = {}): Event =>
  create(depsOf()).fit(messageOf({ alerts: alerts.map(alertOf), ...over }), 'rich').body as unknown as Event;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

function check(body: Fitted['body']): void {
  const { event_action: action, dedup_key: key, payload } = body as unknown as Event;
  assert.ok(Buffer.byteLength(JSON.stringify({ routing_key: KEY, ...(body as object) })) <= 512_000);
  assert.ok(['trigger', 'resolve'].includes(action) && key.length > 0 && key.length <= 255);
  assert.ok(payload !== undefined && payload.summary.length > 0 && payload.summary.length <= 1024);
  assert.ok(['critical', 'error', 'warning', 'info'].includes(payload.severity));
}

/** One alert is told part by part, several a line each. */
function titlesIn(body: Fitted['body']): readonly string[] {
  const { what, alerts = [] } = (body as unknown as Event).payload!.custom_details as {
    readonly what?: string;
    readonly alerts?: readonly string[];
  };
  if (what !== undefined) return [what.slice('Firing: '.length)];
  return alerts.map((line) => /^Firing: (.*); 52 events where/.exec(line)![1]!);
}

describe('the pagerduty channel', () => {
  channelContract({
    create,
    name: 'night',
    repeatSafe: true,
    isPerSubject: true,
    secrets: [KEY],
    endpoint: {
      request: { url: URL_ },
      accepted: { status: 202, body: TAKEN },
      ref: sha256('crm-checkout/trending/6507376925'),
      limited: [
        [{ status: 429, body: 'rate limited' }, 180_000],
        [{ status: 429, headers: { 'retry-after': '40' } }, 40_000],
        [{ status: 429, headers: { 'retry-after': 'Fri, 20 Nov 2026 10:09:10 GMT' } }, 100_000],
      ],
      saysNo: [['another status in the body', { status: 202, body: { status: 'invalid event', message: 'no' } }]],
      badText: [
        { status: 400, body: { status: 'Unrecognized object', message: 'unrecognized', errors: ['JSON parse error'] } },
        { status: 413 },
      ],
      permanent: [401, 402, 403, 404, 410].map((status) => ({ status, body: 'no' })),
    },
    check,
    titlesIn,
    looks: (title) => onOneLine(title),
  });

  it('puts the key of the service beside the event, and nowhere else', async () => {
    const [deps, message] = [depsOf(), messageOf()];
    const channel = create(deps, { PAGERDUTY_URL: 'https://events.eu.pagerduty.com/' });
    const calls = mock(
      { method: 'POST', url: 'https://events.eu.pagerduty.com/v2/enqueue' },
      { status: 202, body: TAKEN },
    );
    const fitted = channel.fit(message, 'rich');
    assert.ok(!JSON.stringify(fitted).includes(KEY));
    await channel.send(fitted, message, scopeOf());
    assert.deepEqual(calls[0]!.body, { routing_key: KEY, ...(fitted.body as object) });
    assert.ok(!JSON.stringify(calls[0]!.headers).includes(KEY));
  });

  it('shows no part of its key, wherever an answer quotes it', async () => {
    const [channel, message] = [create(depsOf()), messageOf()];
    for (let before = 150; before < 320; before += 10) {
      mock({ method: 'POST', url: URL_ }, { status: 202, body: { status: `${'x'.repeat(before)} ${KEY}` } });
      const outcome = await channel.send(channel.fit(message, 'rich'), message, scopeOf());
      assert.ok(outcome.status === 'refused' && !outcome.why.includes(KEY.slice(0, 6)), outcome.status);
    }
  });

  it('tells what is needed to judge it from bed', () => {
    assert.deepEqual(fit([{ severity: 'critical', runbook: 'https://wiki.example.com/crm' }]), {
      event_action: 'trigger',
      dedup_key: sha256('crm-checkout/trending/6507376925'),
      payload: {
        summary:
          'critical, crm-checkout: firing, TypeError: x is undefined: ' +
          '52 events where 3.2 were expected (score 10.7, limit 4)',
        source: 'crm-checkout',
        severity: 'critical',
        timestamp: '2026-11-20T10:05:00.000Z',
        custom_details: {
          what: 'Firing: TypeError: x is undefined',
          why: '52 events where 3.2 were expected (score 10.7, limit 4)',
          when: 'since 2026-11-20 10:00 UTC',
          rule: 'trending of crm-checkout',
          ends: 'ends after three windows in a row without a surge',
          mute: 'sentry-monitor mute issue 6507376925 --for 1h --why "…"',
          from: 'host-1, 2026-11-20 10:07 UTC',
        },
        component: 'crm-web',
        group: 'crm-checkout',
        class: 'trending',
      },
      links: [
        { href: 'https://sentry.example.com/issues/6507376925/', text: 'Sentry' },
        { href: 'https://monitor.example.com/filters/crm-checkout', text: 'page' },
        { href: 'https://wiki.example.com/crm', text: 'runbook' },
      ],
      client: 'sentry-monitor',
      client_url: 'https://monitor.example.com/filters/crm-checkout',
    });
  });

  it('says nothing but its key of what is over', () =>
    assert.deepEqual(fit([{ state: 'resolved', since: '2026-11-20T09:30:00.000Z' }]), {
      event_action: 'resolve',
      dedup_key: sha256('crm-checkout/trending/6507376925'),
    }));

  it('has the same key for all episodes of a subject, and another for another rule, subject or filter', () => {
    const keys = [{}, { since: '2026-11-20T08:00:00.000Z' }, { severity: 'info' }] as const;
    assert.equal(new Set(keys.map((alert) => fit([alert]).dedup_key)).size, 1);
    const others = [{}, { filter: 'crm-mail' }, { rule: 'new' }, { subject: { id: '7' } }];
    assert.equal(new Set(others.map((alert) => fit([alert]).dedup_key)).size, 4);
  });

  it('keeps the key of an episode whose rule has another number since', () => {
    const { id } = alertOf({ rule: 'events > 100' });
    assert.equal(fit([{ id, rule: 'events > 200' }]).dedup_key, fit([{ rule: 'events > 100' }]).dedup_key);
  });

  it('of several windows of one subject it is as the last one says', () => {
    const [over, again] = [alertOf({ state: 'resolved' }), alertOf({ at: TEN + 20 * MINUTE })];
    assert.equal(fit([over, again]).event_action, 'trigger');
    assert.equal(fit([again, over]).event_action, 'trigger');
    assert.equal(fit([alertOf(), alertOf({ state: 'resolved', at: TEN + 20 * MINUTE })]).event_action, 'resolve');
  });

  it('has an incident of its own for what is unsteady', () => {
    const at = '2026-11-20T10:00:00.000Z';
    const id = `crm-checkout/trending/6507376925@${at}`;
    const [unsteady, steady] = (['unsteady', 'steady'] as const).map((what) =>
      fit([{ id: `${id}/${what}`, state: 'told', endsWhen: null }]),
    ) as [Event, Event];
    assert.deepEqual([unsteady.event_action, steady.event_action], ['trigger', 'resolve']);
    assert.equal(unsteady.dedup_key, steady.dedup_key);
    assert.notEqual(unsteady.dedup_key, fit([{}]).dedup_key);
  });

  it('is one incident with their number for what the budget brings together: of a rule, a filter, or all', () => {
    const budget = { collects: 'budget' };
    const of = (...alerts: readonly AlertInput[]): Event => fit(alerts, budget);
    const rule = of({ subject: { id: '1' } }, { subject: { id: '2' } });
    assert.deepEqual(
      [rule.event_action, rule.payload!.summary],
      ['trigger', 'Too many for single messages: 2 alerts of crm-checkout: 2 firing'],
    );
    assert.equal(rule.dedup_key, of({ subject: { id: '8' } }, { subject: { id: '9' } }).dedup_key);
    const filter = of({ subject: { id: '1' } }, { subject: { id: '2' }, rule: 'new' });
    const all = of({ subject: { id: '1' } }, { subject: { id: '2' }, filter: 'crm-mail' });
    assert.equal(new Set([rule, filter, all, fit([{}])].map((event) => event.dedup_key)).size, 4);
    const many = create(depsOf()).fit(messageOf({ alerts: issueAlerts(30) }), 'rich');
    assert.equal(many.leftOut, 20);
    assert.ok(JSON.stringify(many.body).includes('and 20 more'));
  });

  it('is as bad as the worst of its alerts', () => {
    const of = (...severities: readonly ('critical' | 'warning' | 'info')[]): string =>
      fit(severities.map((severity, index) => ({ severity, subject: { id: String(index) } }))).payload!.severity;
    assert.deepEqual([of('info'), of('warning'), of('info', 'critical', 'warning')], ['info', 'warning', 'critical']);
  });

  it('says of a message of our own what it says, as an incident of that message alone', () => {
    const message = { type: 'message', alerts: [], lines: ['not watching since 02:10'] } as const;
    const [one, other] = [fit([], message), fit([], { ...message, id: 'another' })];
    assert.deepEqual([one.payload!.summary, one.payload!.severity], ['not watching since 02:10', 'warning']);
    assert.notEqual(one.dedup_key, other.dedup_key);
  });

  for (const [key, says] of [
    ['p1a2g3e4', /is no integration key|fewer than/],
    [`${KEY}x`, /copy that of an integration of the kind Events API v2: 32 letters and digits/],
  ] as const) {
    it(`does not take ${key.length} characters for a key, and does not show them`, () =>
      assert.throws(
        () => pagerduty.read({ 'channels.pagerduty': key }),
        (error: Error) => says.test(error.message) && !error.message.includes(key),
      ));
  }
});
