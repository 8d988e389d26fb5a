import { decideWindows } from '../../../../src/core/alerts/decide/decide-windows.ts';
import { ruleKey } from '../../../../src/core/alerts/outbox/forming/around.ts';
import { createRelay, type InUse } from '../../../../src/core/alerts/outbox/relay.ts';
import type { Alert } from '../../../../src/core/model/alerting/alert.ts';
import type { WindowFacts } from '../../../../src/core/model/alerting/facts.ts';
import type { Message } from '../../../../src/core/model/alerting/message.ts';
import type { Rule } from '../../../../src/core/model/alerting/rule.ts';
import type { ChannelPolicy } from '../../../../src/core/ports/alerting/channel.ts';
import { filterOf } from '../../build/reports.ts';
import { scopeOf } from '../../build/scope.ts';
import { fakeChannel, LEASES } from '../relay.ts';
import { HOUR, MINUTE } from '../tellings.ts';
import type { EventsSource } from './events-source.ts';
import { inMemory, type Place, reportFor } from './play.ts';

const PERIOD = 5 * MINUTE;
/** A run comes so long after a window's end. */
export const DELAY = 150_000;

export interface Live {
  readonly messages: readonly { readonly at: string; readonly channel: string; readonly alerts: readonly Alert[] }[];
  /** Windows as they were counted last. */
  readonly kept: readonly WindowFacts[];
  readonly place: Place;
}

/** A run every five minutes: the window that ended, and those that got events late. */
export async function live(
  source: EventsSource,
  { from, windows, rules, policies }: LiveParts,
  place: Place = inMemory(),
): Promise<Live> {
  const filter = filterOf({ name: 'crm', alerts: rules });
  const messages: Live['messages'][number][] = [];
  const kept = new Map<number, WindowFacts>();
  let now = from;
  const relay = createRelay({
    ...LEASES,
    outbox: place.outbox,
    channels: () => channelsOf(policies, (channel, alerts) => messages.push({ at: iso(now - DELAY), channel, alerts })),
    rules: () => new Map(rules.map((rule) => [ruleKey({ filter: 'crm', rule: rule.name }), rule])),
    mutes: async () => [],
    now: () => now,
    uuid: () => `live-${now}-${messages.length}-${Math.random()}`,
    owner: 'host-1 service',
    server: 'host-1',
    isGone: () => false,
    sure: ({ own }) => own,
  });
  for (let window = 0; window < windows; window++) {
    const start = from + window * PERIOD;
    const before = now;
    now = start + PERIOD + DELAY;
    place.moveTo(now);
    const starts = [...new Set([...source.late(before, now).filter((it) => kept.has(it)), start])];
    const facts = starts.map((it) => source.window(it, now));
    for (const it of facts) kept.set(it.window.start, it);
    await place.keep(facts.map(reportFor));
    const fresh = facts.map((it) => ({ filter, facts: it }));
    await decideWindows(fresh, { alerts: place.alerts, now, loadedAt: 1, pageOf: () => null });
    await relay.work(scopeOf({ deadline: now + HOUR }));
  }
  return { messages, place, kept: [...kept.values()] };
}

export interface LiveParts {
  readonly from: number;
  readonly windows: number;
  readonly rules: readonly Rule[];
  readonly policies: readonly ChannelPolicy[];
}

/** Each takes everything. */
export function channelsOf(
  policies: readonly ChannelPolicy[],
  hear: (channel: string, alerts: readonly Alert[]) => void,
): ReadonlyMap<string, InUse> {
  return new Map(
    policies.map((policy) => {
      const channel = fakeChannel({ name: policy.name });
      channel.send = async ({ body }) => {
        hear(policy.name, (body as never as { message: Message }).message.alerts);
        return { status: 'accepted' };
      };
      return [policy.name, { channel, policy }] as const;
    }),
  );
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
