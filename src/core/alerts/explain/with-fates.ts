import type { Fate } from '../../model/alerting/alert.ts';
import type { KeptMessage, KeptTelling } from '../../ports/alerting/outbox.ts';
import { isShort } from '../outbox/forming/after.ts';
import { instantText } from '../words/times.ts';
import type { Explained, Why } from './answer.ts';

/**
 * What became of what was told, for who asks why. A telling that is no longer kept was told. `messages`: those that
 * tellings may be in: one that its channel did not take so far fails.
 */
export function withFates(
  lines: readonly Explained[],
  tellings: readonly KeptTelling[],
  messages: readonly KeptMessage[] = [],
): readonly Explained[] {
  const byKey = new Map(tellings.map((telling) => [telling.key, telling]));
  const byId = new Map(messages.map((kept) => [kept.message.id, kept]));
  return lines.map((given) => {
    const line = withRestored(given, tellings);
    const kept = line.keys.flatMap((key) => byKey.get(key) ?? []);
    // What is not well says more than what is.
    const worst = kept.toSorted((one, other) => RANKS.indexOf(other.fate) - RANKS.indexOf(one.fate))[0];
    if (line.decision !== 'told' || worst === undefined) return line;
    const message = byId.get(worst.messageId ?? '');
    const decision = isFailing(worst, message) ? 'failing' : decisionOf(worst);
    if (decision === 'told') return line;
    return { ...line, decision, why: `${line.why}; ${reasonOf(worst, message)}` };
  });
}

/** What is told anew because the ledger was restored is decided by no rule. */
function withRestored(line: Explained, tellings: readonly KeptTelling[]): Explained {
  const { rule, subject, recipient, keys } = line;
  const isIt = ({ news, channel, alert }: KeptTelling): boolean =>
    news === 'restored' && channel === recipient && alert.rule === rule && alert.subject.id === subject;
  const anew = tellings.find(isIt);
  if (anew === undefined) return line;
  const { why, value, limit } = anew.alert;
  return { ...line, decision: 'told', why, value, limit, keys: [...keys, anew.key] };
}

/** What waits for its events, or in no message for a reason of its own, is not told yet. */
function decisionOf(telling: KeptTelling): Why {
  const { fate, messageId, reason } = telling;
  const isWaiting = isShort(telling) || (fate === 'pending' && messageId === null && reason !== null);
  return isWaiting ? 'not yet' : DECISIONS[fate];
}

function isFailing({ fate }: KeptTelling, message: KeptMessage | undefined): boolean {
  return fate === 'pending' && message !== undefined && message.tries > 0 && message.error !== null;
}

function reasonOf({ fate, reason }: KeptTelling, message: KeptMessage | undefined): string {
  if (message === undefined || message.error === null) return reason ?? fate;
  const { tries, error, nextAt } = message;
  const next = nextAt === Infinity ? '' : `, tried again from ${instantText(new Date(nextAt).toISOString())} on`;
  return `${fate} after ${tries} ${tries === 1 ? 'try' : 'tries'}: ${error}${next}`;
}

/** The last one is the worst. */
const RANKS: readonly Fate[] = [
  'sent',
  'pending',
  'dropped',
  'grouped',
  'held',
  'quiet',
  'muted',
  'uncertain',
  'refused',
  'given up',
];

const DECISIONS: Readonly<Record<Fate, Why>> = {
  sent: 'told',
  pending: 'told',
  dropped: 'over',
  grouped: 'grouped',
  held: 'not yet',
  quiet: 'quiet',
  muted: 'muted',
  uncertain: 'failing',
  refused: 'failing',
  'given up': 'failing',
};
