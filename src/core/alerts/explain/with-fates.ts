import type { Fate } from '../../model/alerting/alert.ts';
import type { KeptMessage, KeptTelling } from '../../ports/alerting/outbox.ts';
import { PERIOD_MS } from '../../model/window.ts';
import { isShort } from '../outbox/forming/after.ts';
import { minuteText } from '../words/times.ts';
import type { Explained, Why } from './answer.ts';

/**
 * What was told, and what became of it, for who asks why: the outbox knows, whatever the rules are by now. What it
 * holds of rules and recipients that are gone has lines of its own. `tellings`: all of the window about the subjects of
 * the lines; `messages`: those that they may be in: one that its channel did not take so far fails.
 */
export function withFates(
  lines: readonly Explained[],
  tellings: readonly KeptTelling[],
  messages: readonly KeptMessage[],
): readonly Explained[] {
  const byId = new Map(messages.map((kept) => [kept.message.id, kept]));
  const left = new Set(tellings);
  const byName = Map.groupBy(tellings, ({ rule, channel, alert }) => nameOf(rule, alert.subject.id, channel));
  const byKey = new Map(tellings.map((telling) => [telling.key, telling]));
  const said = lines.map((line) => {
    const named = byName.get(nameOf(line.name, line.subject, line.recipient)) ?? [];
    const own = new Set([...named, ...line.keys.flatMap((key) => byKey.get(key) ?? [])]);
    for (const telling of own) left.delete(telling);
    return own.size === 0 ? untold(line) : asHeld(line, [...own], byId);
  });
  const others = Map.groupBy(left, ({ rule, channel, alert }) => nameOf(rule, alert.subject.id, channel));
  return [...said, ...[...others.values()].map((own) => asHeld(lineOf(own[0]!), own, byId))];
}

function nameOf(rule: string, subject: string, recipient: string): string {
  return JSON.stringify([rule, subject, recipient]);
}

/** NOTE: the rules of today would have told it in the window's own run. The outbox knows better. */
function untold(line: Explained): Explained {
  if (line.decision !== 'told') return line;
  const why = `${line.why}; nobody was told by this window itself: it was decided late, or by other rules`;
  return { ...line, decision: 'not yet', why, keys: [] };
}

/** Of a rule or a recipient that is no more. */
function lineOf({ alert, rule: name, channel: recipient, window: start }: KeptTelling): Explained {
  const { filter, rule, subject, value, limit, why } = alert;
  const window = { start, end: start + PERIOD_MS };
  return { filter, name, rule, subject: subject.id, window, recipient, decision: 'told', why, value, limit, keys: [] };
}

/** `own`: at least one. */
function asHeld(line: Explained, own: readonly KeptTelling[], byId: ReadonlyMap<string, KeptMessage>): Explained {
  // What is not well says more than what is, and what was decided last more than what it came after.
  const worst = own.toReversed().toSorted((one, other) => RANKS.indexOf(other.fate) - RANKS.indexOf(one.fate))[0]!;
  const message = byId.get(worst.messageId ?? '');
  const decision = isFailing(worst, message) ? 'failing' : decisionOf(worst);
  const { value, limit, why } = worst.alert;
  const reason = decision === 'told' ? '' : `; ${reasonOf(worst, message)}`;
  return { ...line, decision, why: `${why}${reason}`, value, limit, keys: own.map(({ key }) => key) };
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
  const next = nextAt === Infinity ? '' : `, tried again from ${minuteText(nextAt)} on`;
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
