import type { Alert } from '../../../model/alerting/alert.ts';
import type { Message } from '../../../model/alerting/message.ts';
import type { KeptMessage, KeptTelling } from '../../../ports/alerting/outbox.ts';
import { LISTED } from '../../words/worded.ts';
import { type Around, ruleKey } from '../forming/around.ts';
import type { RelayParts } from './relay-parts.ts';

/** What people are told besides alerts, by alert id; each is absent where nobody knows any. */
export type Besides = Pick<RelayParts, 'calls' | 'hits' | 'tickets'>;

/**
 * Messages that were formed of these tellings, with all that people are told besides: the calls that led to issues, but
 * not of what is over; the newest events of issues that have no ticket, because whoever makes one needs them; and the
 * tickets of all issues.
 */
export async function withAll(
  messages: readonly KeptMessage[],
  tellings: readonly KeptTelling[],
  { rules, calls, hits, tickets }: Besides & Pick<Around, 'rules'>,
): Promise<readonly KeptMessage[]> {
  const isUnticketed = ({ alert: { filter }, rule }: KeptTelling): boolean =>
    rules.get(ruleKey({ filter, rule }))?.condition?.kind === 'unticketed';
  const unticketed = new Set(tellings.filter(isUnticketed).map(({ alert: { id } }) => id));
  const isIssue = ({ subject }: Alert): boolean => subject.kind === 'issue';
  const called = await withPart(messages, 'calls', calls, (it) => it.state !== 'resolved' && isIssue(it));
  const hit = await withPart(called, 'hits', hits, ({ id }) => unticketed.has(id));
  return withPart(hit, 'tickets', tickets, isIssue);
}

/** Asks only of alerts that are named, in messages that go out. */
async function withPart<K extends keyof Besides>(
  messages: readonly KeptMessage[],
  part: K,
  ask: ((alerts: readonly Alert[]) => Promise<ReadonlyMap<string, NonNullable<Message[K]>[string]>>) | undefined,
  isMeant: (alert: Alert) => boolean,
): Promise<readonly KeptMessage[]> {
  if (ask === undefined) return messages;
  const all: KeptMessage[] = [];
  for (const kept of messages) {
    const meant = kept.fate === 'grouped' ? [] : kept.message.alerts.slice(0, LISTED).filter(isMeant);
    const found = meant.length === 0 ? new Map<string, never>() : await ask(meant);
    all.push(found.size === 0 ? kept : { ...kept, message: { ...kept.message, [part]: Object.fromEntries(found) } });
  }
  return all;
}
