import type { Alert } from '../../model/alerting/alert.ts';
import type { WindowFacts } from '../../model/alerting/facts.ts';
import { isState, type Mute } from '../../model/alerting/rule.ts';
import type { Filter } from '../../model/filter.ts';
import { HOUR_MS, isoOf, PERIOD_MS } from '../../model/window.ts';
import type { AlertStore } from '../../ports/alerting/alert-store.ts';
import type { Channel } from '../../ports/alerting/channel.ts';
import type { Outbox } from '../../ports/alerting/outbox.ts';
import type { Scope } from '../../ports/scope.ts';
import type { FreshWindow } from '../decide/ask.ts';
import { decideWindows } from '../decide/decide-windows.ts';
import { mutesInForce } from '../outbox/mutes-in-force.ts';
import { type RuleAtSending, ruleKey } from '../outbox/forming/around.ts';
import { createRelay, type InUse, type Relay } from '../outbox/relay.ts';

/** Windows as they were counted, and who would have been told of them. */
export interface Trial {
  readonly filters: readonly Filter[];
  /** Of these filters, in any order. What is not here was not counted. */
  readonly history: readonly WindowFacts[];
  /**
   * Windows that start before it (epoch ms) are what rules look back at: what lasts is decided there, what is told once
   * begins with it, as a new rule does. Absent: there are none.
   */
  readonly from?: number | undefined;
  /** They are measured by, and never called. */
  readonly channels: ReadonlyMap<string, InUse>;
  readonly mutes: readonly Mute[];
  /** So long after a window's end it is decided, and people are told, ms. */
  readonly delayMs: number;
  /** Address of the filter's page; null: there is none. */
  pageOf(filter: string): string | null;
  /** An empty memory with that clock, which must forget no message. */
  memory(now: () => number): { readonly alerts: AlertStore; readonly outbox: Outbox };
  readonly scope: Omit<Scope, 'deadline'>;
}

/** A message that would have been sent. */
export interface TriedMessage {
  /** End of the window after which it would have gone, ISO. */
  readonly at: string;
  readonly channel: string;
  /** All of them, whatever the channel would have left out. */
  readonly alerts: readonly Alert[];
}

/**
 * What these rules would have told whom, had each window been decided in its own run and every channel worked: by the
 * functions that a run decides and tells by. Messages are in the order in which they would have gone. Rejects when a
 * rule breaks.
 */
export async function tryRules(trial: Trial): Promise<readonly TriedMessage[]> {
  const starts = trial.history.map(({ window }) => window.start);
  if (starts.length === 0) return [];
  const last = starts.reduce((a, b) => Math.max(a, b));
  let now = starts.reduce((a, b) => Math.min(a, b));
  const { alerts, outbox } = trial.memory(() => now);
  const messages: TriedMessage[] = [];
  let at = now;
  const relay = relayOf(trial, { alerts, outbox, now: () => now }, (channel, some) =>
    messages.push({ at: isoOf(at), channel, alerts: some }),
  );
  const byWindow = Map.groupBy(freshIn(trial), ({ facts }) => facts.window.start);
  for (let start = now; start <= last; start += PERIOD_MS) {
    at = start + PERIOD_MS;
    now = at + trial.delayMs;
    const decided = await decideWindows(byWindow.get(start) ?? [], { alerts, now, loadedAt: 0, pageOf: trial.pageOf });
    const [broken] = decided.flatMap((it) => it.broken.map((fault) => ({ ...fault, filter: it.filter })));
    if (broken !== undefined) throw new Error(`${broken.filter}, ${broken.rule}: ${broken.error}`);
    await relay.work({ ...trial.scope, deadline: now + HOUR_MS });
  }
  return messages;
}

function freshIn({ filters, history, from = -Infinity }: Trial): readonly FreshWindow[] {
  const byName = new Map(filters.map((filter) => [filter.name, { filter, lasting: withoutOnce(filter) }]));
  return history.flatMap((facts) => {
    const found = byName.get(facts.filter);
    if (found === undefined) return [];
    return [{ filter: facts.window.start < from ? found.lasting : found.filter, facts }];
  });
}

function withoutOnce(filter: Filter): Filter {
  return { ...filter, alerts: filter.alerts?.filter(({ condition }) => isState(condition)) ?? [] };
}

interface Memory {
  readonly alerts: AlertStore;
  readonly outbox: Outbox;
  now(): number;
}

type Hear = (channel: string, alerts: readonly Alert[]) => void;

function relayOf({ filters, channels, mutes }: Trial, { alerts, outbox, now }: Memory, hear: Hear): Relay {
  const rules = new Map(
    filters.flatMap(({ name, source, alerts: all = [] }) =>
      all.map((rule): [string, RuleAtSending] => [ruleKey({ filter: name, rule: rule.name }), { ...rule, source }]),
    ),
  );
  const silent = new Map(
    [...channels].map(([name, { channel, policy }]) => [name, { policy, channel: silentOf(channel, hear) }]),
  );
  const names = filters.map(({ name }) => name);
  let messages = 0;
  return createRelay({
    outbox,
    leaseMs: Infinity,
    sleep: () => Promise.reject(new Error('a trial waits for nothing')),
    channels: () => silent,
    rules: () => rules,
    mutes: ({ now: instant }) => mutesInForce(mutes, names, alerts, instant),
    now,
    uuid: () => `trial-${++messages}`,
    owner: 'trial',
    server: 'trial',
    isGone: () => false,
    sure: ({ own }) => own,
  });
}

/** Takes everything, and calls nobody. */
function silentOf({ name, repeatSafe, isPerSubject, maxBytes }: Channel, hear: Hear): Channel {
  const fitted = new Map<string, readonly Alert[]>();
  return {
    name,
    repeatSafe,
    isPerSubject,
    maxBytes,
    fit(message) {
      fitted.set(message.id, message.alerts);
      return { body: '', leftOut: 0 };
    },
    async send(_fitted, { id }) {
      hear(name, fitted.get(id) ?? []);
      fitted.delete(id);
      return { status: 'accepted' };
    },
  };
}
