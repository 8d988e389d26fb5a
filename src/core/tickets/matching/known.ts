import type { Hash } from '../../logs/issues/issue-key.ts';
import type { KnownTicket } from '../../ports/tickets/ticket-store.ts';
import type { ReadTicket } from '../../ports/tickets/tracker.ts';
import { isLabel } from '../label.ts';
import { openingsIn } from './openings.ts';
import { plainWords } from './pasted.ts';

/** Of what a ticket says at most, UTF-16 units, for who looks for it. */
const MOST_SAID = 20_000;

/** A ticket as it is remembered. `project`: the tracker's that it was read in. */
export function knownOf({ text, ...ticket }: ReadTicket, project: string, hash: Hash): KnownTicket {
  const words = plainWords(text);
  const tracebacks = openingsIn(words, hash);
  const openings = [...tracebacks, ...ticket.labels.filter(isLabel)];
  const said = `${ticket.key} ${ticket.summary} ${text}`.toLowerCase().slice(0, MOST_SAID).toWellFormed();
  return { ...ticket, project, words: tracebacks.length === 0 ? '' : words.join(' '), openings, said };
}
