import { likenessOf, wordsOf } from '../../logs/similar/similar.ts';
import type { TicketOutcome } from '../../model/ticketing/order.ts';
import type { TicketRef } from '../../model/ticketing/ticket.ts';
import type { ReadTicket } from '../../ports/tickets/tracker.ts';
import { plainWords } from '../matching/pasted.ts';
import { textOf } from '../words/text.ts';
import { workOf } from './create.ts';
import { done, failed } from './outcomes.ts';
import type { Session } from './session.ts';

/** Writes what the ticket does not tell yet. */
export async function comment(
  session: Session,
  read: ReadTicket,
  status: 'commented' | 'reopened',
): Promise<TicketOutcome> {
  const { deps, scope, order, content, state } = session;
  const { toldUntil, toldTotal } = state;
  const ticket: TicketRef = { id: read.id, key: read.key, url: read.url };
  const hits = content.hits.filter(({ at }) => toldUntil === null || at > toldUntil);
  const more = Math.max(0, content.total - toldTotal - hits.length);
  const work = await workOf(session, 'comment');
  await session.keep({ work, error: null });
  const isFull = content.text !== null && !holds(read.text, content.text);
  const wish = { content, order, hits, more, isFull, previous: null, mark: work.mark };
  const text = textOf(wish, (it) => deps.tracker.fits(it));
  const written = await deps.tracker.comment(read.id, text, scope);
  if (written.status === 'done') {
    const told = { writtenAt: work.since, toldUntil: work.until ?? toldUntil, toldTotal: work.total };
    await session.keep({ ...told, work: null });
    return done(status, ticket);
  }
  const isUncertain = written.status === 'uncertain';
  await session.keep({ work: isUncertain ? { ...work, isUncertain } : null, error: written.why });
  return failed(written);
}

function holds(text: string, traceback: string): boolean {
  return likenessOf(wordsOf(traceback), plainWords(text)) === 'exact';
}
