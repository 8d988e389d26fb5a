import type { Fate } from '../../model/alerting/alert.ts';
import type { KeptTelling } from '../../ports/alerting/outbox.ts';
import type { Explained, Why } from './answer.ts';

/** What became of what was told, for who asks why. A telling that is no longer kept was told. */
export function withFates(lines: readonly Explained[], tellings: readonly KeptTelling[]): readonly Explained[] {
  const byKey = new Map(tellings.map((telling) => [telling.key, telling]));
  return lines.map((line) => {
    const kept = line.keys.flatMap((key) => byKey.get(key) ?? []);
    // What is not well says more than what is.
    const worst = kept.toSorted((one, other) => RANKS.indexOf(other.fate) - RANKS.indexOf(one.fate))[0];
    const decision = worst === undefined ? 'told' : DECISIONS[worst.fate];
    if (line.decision !== 'told' || worst === undefined || decision === 'told') return line;
    return { ...line, decision, why: `${line.why}; ${worst.reason ?? worst.fate}` };
  });
}

/** The last one is the worst. */
const RANKS: readonly Fate[] = [
  'sent',
  'pending',
  'dropped',
  'grouped',
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
  quiet: 'quiet',
  muted: 'muted',
  uncertain: 'failing',
  refused: 'failing',
  'given up': 'failing',
};
