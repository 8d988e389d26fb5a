import type { KeptMessage, KeptTelling } from '../../../ports/alerting/outbox.ts';
import { LISTED } from '../../words/worded.ts';
import { type Around, ruleKey } from '../forming/around.ts';
import type { RelayParts } from './relay-parts.ts';

/** The same messages with the newest events of issues that have no ticket: whoever makes one needs them. */
export async function withHits(
  messages: readonly KeptMessage[],
  tellings: readonly KeptTelling[],
  { rules, hits }: Pick<Around, 'rules'> & Pick<RelayParts, 'hits'>,
): Promise<readonly KeptMessage[]> {
  if (hits === undefined) return messages;
  const isMeant = ({ alert: { filter }, rule }: KeptTelling): boolean =>
    rules.get(ruleKey({ filter, rule }))?.condition?.kind === 'unticketed';
  const meant = new Set(tellings.filter(isMeant).map(({ alert: { id } }) => id));
  const all: KeptMessage[] = [];
  for (const kept of messages) {
    const alerts = kept.fate === 'grouped' ? [] : kept.message.alerts.slice(0, LISTED);
    const asked = alerts.filter(({ id }) => meant.has(id));
    const found = asked.length === 0 ? undefined : await hits(asked);
    const isKnown = found !== undefined && found.size > 0;
    all.push(isKnown ? { ...kept, message: { ...kept.message, hits: Object.fromEntries(found) } } : kept);
  }
  return all;
}
