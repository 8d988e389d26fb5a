import type { Ticket } from '../model/ticketing/ticket.ts';

/** A ticket, and what it says in small letters. */
export interface Candidate {
  readonly ticket: Ticket;
  readonly said: string;
}

/** Words that somebody looks for, in small letters. */
export function termsOf(text: string): readonly string[] {
  return text.toLowerCase().split(/\s+/).filter(Boolean).slice(0, 10);
}

/**
 * Those that have every word, the best first: a key weighs most (the whole of it more than a part), then the summary,
 * then the rest; of equals the one that was touched last.
 */
export function ranked(candidates: readonly Candidate[], text: string, limit: number): readonly Ticket[] {
  const terms = termsOf(text);
  const found = candidates.filter(({ said }) => terms.every((term) => said.includes(term)));
  return found
    .map(({ ticket }) => ({ ticket, weight: terms.reduce((sum, term) => sum + weightOf(ticket, term), 0) }))
    .sort((one, other) => other.weight - one.weight || other.ticket.updatedAt - one.ticket.updatedAt)
    .slice(0, limit)
    .map(({ ticket }) => ticket);
}

function weightOf({ key, summary }: Ticket, term: string): number {
  const small = key.toLowerCase();
  if (small === term || small.endsWith(`-${term}`)) return 1_000;
  if (small.startsWith(term)) return 100;
  return summary.toLowerCase().includes(term) ? 10 : 1;
}
