import assert from 'node:assert/strict';
import { tryRules, type TriedMessage } from '../../../../src/core/alerts/trial/try-rules.ts';
import type { Rule } from '../../../../src/core/model/alerting/rule.ts';
import type { ChannelPolicy } from '../../../../src/core/ports/alerting/channel.ts';
import { memoryAlerts } from '../../../../src/storage/memory/alerts/index.ts';
import { filterOf } from '../../build/reports.ts';
import { scopeOf } from '../../build/scope.ts';
import { ruleOf } from '../engine/rules.ts';
import { DAY, HOUR, TEN } from '../tellings.ts';
import { eventsOf, eventsSource } from './events-source.ts';
import { channelsOf, DELAY, type Live, live } from './live.ts';

const RULES: readonly Rule[] = [
  ruleOf('events > 20', { hold: 1, clear: 2, tell: ['ops', 'boss'], repeatMs: HOUR }),
  ruleOf('events > 100 in 15m', { tell: ['boss'], severity: 'critical' }),
  ruleOf('trending', { clear: 1 }),
  ruleOf('new', { tell: ['ops', 'boss'], quiet: { from: 22 * 60, to: 7 * 60, zone: 'Europe/Berlin' } }),
  ruleOf('any', { repeatMs: 2 * HOUR, tell: ['boss'], severity: 'info' }),
  ruleOf('none for 15m', { tell: ['boss'], repeatMs: null, severity: 'info' }),
];

const POLICIES: readonly ChannelPolicy[] = [
  { name: 'ops', budget: { count: 2, perMs: HOUR }, quiet: null, severity: 'info' },
  { name: 'boss', budget: null, quiet: { from: 0, to: 6 * 60, zone: 'UTC' }, severity: 'warning' },
];

/** What a service tells over these days, and what a trial says of the same days. */
export async function liveAndTried(
  days: number,
  late: number,
  seed: number,
): Promise<{ live: Live; tried: readonly TriedMessage[] }> {
  const windows = (days * DAY) / 300_000;
  const source = eventsSource('crm', eventsOf(seed, TEN, windows, late));
  const lived = await live(source, { from: TEN, windows, rules: RULES, policies: POLICIES });
  const tried = await tryRules({
    filters: [filterOf({ name: 'crm', alerts: RULES })],
    history: lived.kept,
    channels: channelsOf(POLICIES, () => assert.fail('a trial sends nothing')),
    mutes: [],
    delayMs: DELAY,
    pageOf: () => null,
    memory: (now) => memoryAlerts(now, { windowsMs: 2 * DAY, daysMs: 90 * DAY, messagesMs: Infinity }),
    scope: scopeOf(),
  });
  return { live: lived, tried };
}
