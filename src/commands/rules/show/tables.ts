import type { TriedMessage } from '../../../core/alerts/trial/try-rules.ts';
import type { Filter } from '../../../core/model/filter.ts';
import { DAY_MS } from '../../../core/model/window.ts';
import { many } from '../../../platform/numbers.ts';
import type { Block, Column } from '../../summary/blocks.ts';
import { spanText } from '../../preview/show.ts';
import type { Tried } from './tried.ts';

const BASES = { ledger: 'by the ledger', sentry: "by Sentry's series" };

export function headOf({ span, messages, history: { basis } }: Tried): string {
  return `${spanText(span)}: ${many(messages.length, 'message')}, ${BASES[basis]}`;
}

/** Messages of each channel that is told by a rule, and its worst day. */
export function channelsTable({ span, filters, messages }: Tried): Block {
  const days = (span.end - span.start) / DAY_MS;
  const rows = channelsOf(filters, messages).map((channel) => {
    const own = messages.filter((it) => it.channel === channel);
    const [day, most] = worstDay(own);
    const alerts = own.reduce((sum, it) => sum + it.alerts.length, 0);
    return [channel, String(own.length), perDay(own.length / days), String(most), day, String(alerts)];
  });
  return { columns: columnsOf('channel', ['messages', 'a day', 'most', 'on', 'alerts']), rows };
}

/** Each rule with what it tells, the noisiest first. A rule is named by its filter and its sentence. */
export function rulesTable({ filters, messages }: Tried): Block {
  const counts = alertsByRule(messages);
  const names = [...new Set([...ruleNames(filters), ...counts.keys()])];
  const rows = names
    .map((name) => ({ name, alerts: counts.get(name)?.alerts ?? 0, messages: counts.get(name)?.messages ?? 0 }))
    .toSorted((a, b) => b.messages - a.messages || b.alerts - a.alerts)
    .map((it) => [it.name, String(it.messages), String(it.alerts)]);
  return { columns: columnsOf('rule', ['in messages', 'alerts']), rows };
}

export function columnsOf(first: string, others: readonly string[]): readonly Column[] {
  return [{ head: first, least: 14 }, ...others.map((head) => ({ head, least: 8, isNumber: true }))];
}

export function ruleNames(filters: readonly Filter[]): readonly string[] {
  return filters.flatMap(({ name, alerts = [] }) => alerts.map(({ sentence }) => `${name}: ${sentence}`));
}

export function channelsOf(filters: readonly Filter[], messages: readonly TriedMessage[]): readonly string[] {
  const told = filters.flatMap(({ alerts = [] }) =>
    alerts.flatMap(({ tell, escalate }) => [...tell, ...(escalate?.tell ?? [])]),
  );
  return [...new Set([...told, ...messages.map(({ channel }) => channel)])];
}

/** Messages that speak of a rule, and alerts of it in them. */
export function alertsByRule(
  messages: readonly TriedMessage[],
): ReadonlyMap<string, { readonly messages: number; readonly alerts: number }> {
  const counts = new Map<string, { messages: number; alerts: number }>();
  for (const { alerts } of messages) {
    const byRule = Map.groupBy(alerts, ({ filter, rule }) => `${filter}: ${rule}`);
    for (const [name, some] of byRule) {
      const before = counts.get(name) ?? { messages: 0, alerts: 0 };
      counts.set(name, { messages: before.messages + 1, alerts: before.alerts + some.length });
    }
  }
  return counts;
}

function perDay(value: number): string {
  return value.toFixed(1);
}

function worstDay(messages: readonly TriedMessage[]): readonly [day: string, messages: number] {
  const days = [...Map.groupBy(messages, ({ at }) => at.slice(0, 10))].map(
    ([day, some]) => [day, some.length] as const,
  );
  return days.toSorted((a, b) => b[1] - a[1])[0] ?? ['-', 0];
}
