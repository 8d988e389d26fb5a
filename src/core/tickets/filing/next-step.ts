import type { IssueContent } from '../../model/ticketing/content.ts';
import type { Ticket } from '../../model/ticketing/ticket.ts';
import { DAY_MS } from '../../model/window.ts';
import type { TicketState } from '../../ports/tickets/ticket-store.ts';

/** A ticket that was done longer ago is not opened again. */
export const DONE_MS = 30 * DAY_MS;
/** So long after we wrote into a ticket nothing more is written into it. */
const SILENT_MS = DAY_MS;

/**
 * - nothing: it says all there is to say, or we wrote into it today
 * - comment: it gets what is new
 * - reopen: it was done, and its issue came again: it is opened, and gets what is new
 * - renew: it was done so long ago that the issue gets a new one, which relates to it
 */
export type NextStep = 'nothing' | 'comment' | 'reopen' | 'renew';

export interface Situation {
  readonly ticket: Pick<Ticket, 'isDone' | 'doneAt' | 'resolution' | 'updatedAt'>;
  readonly state: Pick<TicketState, 'writtenAt' | 'toldUntil' | 'reopenedFor'>;
  readonly content: Pick<IssueContent, 'hits' | 'storedAt'>;
  /** Epoch ms. */
  readonly now: number;
  /** Resolutions that say that nothing will be done. */
  readonly wontDo: readonly string[];
}

export function nextStep({ ticket, state, content, now, wontDo }: Situation): NextStep {
  const newest = content.hits[0]?.at ?? null;
  const isNews = newest !== null && (state.toldUntil === null || newest > state.toldUntil);
  const mayWrite = state.writtenAt === null || now - state.writtenAt >= SILENT_MS;
  const comment = isNews && mayWrite ? 'comment' : 'nothing';
  if (!ticket.isDone || isWontDo(ticket.resolution, wontDo)) return comment;
  const doneAt = ticket.doneAt ?? ticket.updatedAt;
  // NOTE: what was stored before cannot have come again after it, and our own changes are no events.
  if (content.storedAt <= doneAt) return 'nothing';
  if (now - doneAt > DONE_MS) return 'renew';
  return state.reopenedFor === doneAt ? comment : 'reopen';
}

/** Names are the same in any case, with whatever apostrophe. */
function isWontDo(resolution: string | null, wontDo: readonly string[]): boolean {
  return resolution !== null && wontDo.some((it) => plain(it) === plain(resolution));
}

function plain(text: string): string {
  return text
    .replace(/[’‘ʼ`´']/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}
