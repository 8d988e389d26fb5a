import type { TriedMessage } from '../../../core/alerts/trial/try-rules.ts';
import { many } from '../../../platform/numbers.ts';
import { type Block, fromTo } from '../../summary/blocks.ts';
import { alertsByRule, channelsOf, columnsOf, ruleNames } from './tables.ts';
import type { Tried } from './tried.ts';

/** Messages that only one side sends, each with those of its alerts that the other side never tells its channel. */
export function changesOf(
  before: readonly TriedMessage[],
  now: readonly TriedMessage[],
): readonly { readonly heading: string; readonly messages: readonly TriedMessage[] }[] {
  const sides = [
    { what: 'told only now', messages: without(now, before) },
    { what: 'no longer told', messages: without(before, now) },
  ];
  return sides
    .filter(({ messages }) => messages.length > 0)
    .map(({ what, messages }) => {
      const alerts = messages.reduce((sum, it) => sum + it.alerts.length, 0);
      return { heading: `${what}: ${many(alerts, 'alert')}`, messages };
    });
}

function without(some: readonly TriedMessage[], others: readonly TriedMessage[]): readonly TriedMessage[] {
  const known = new Set(others.flatMap(({ channel, alerts }) => alerts.map((alert) => nameOf(channel, alert))));
  return some
    .map((it) => ({ ...it, alerts: it.alerts.filter((alert) => !known.has(nameOf(it.channel, alert))) }))
    .filter(({ alerts }) => alerts.length > 0);
}

function nameOf(channel: string, { id, state, window }: TriedMessage['alerts'][number]): string {
  return JSON.stringify([channel, id, state, window.start]);
}

export function channelChanges(before: readonly TriedMessage[], { filters, was, messages }: Tried): Block {
  const count = (all: readonly TriedMessage[], channel: string): number =>
    all.filter((it) => it.channel === channel).length;
  const rows = channelsOf([...filters, ...was], [...messages, ...before]).map((channel) => [
    channel,
    ...fromTo(count(before, channel), count(messages, channel)),
  ]);
  return { columns: columnsOf('messages to', ['before', 'now', 'change']), rows };
}

export function ruleChanges(before: readonly TriedMessage[], { filters, was, messages }: Tried): Block {
  const [old, now] = [alertsByRule(before), alertsByRule(messages)];
  const names = [...new Set([...ruleNames(filters), ...ruleNames(was)])];
  const [has, had] = [new Set(ruleNames(filters)), new Set(ruleNames(was))];
  const rows = names.map((name) => {
    const [from, to] = [old.get(name)?.messages ?? 0, now.get(name)?.messages ?? 0];
    const [first, second, change] = fromTo(from, to);
    return [name, had.has(name) ? first : '-', has.has(name) ? second : '-', change];
  });
  return { columns: columnsOf('rule, in messages', ['before', 'now', 'change']), rows };
}
