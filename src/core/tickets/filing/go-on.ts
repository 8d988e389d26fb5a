import type { TicketOutcome } from '../../model/ticketing/order.ts';
import type { TicketRef } from '../../model/ticketing/ticket.ts';
import type { ReadTicket } from '../../ports/tickets/tracker.ts';
import { knownOf } from '../matching/known.ts';
import { newestIn } from '../words/shown.ts';
import { comment } from './comment.ts';
import { create, relate } from './create.ts';
import { type NextStep, nextStep } from './next-step.ts';
import { done, unanswered } from './outcomes.ts';
import type { Session } from './session.ts';

/** So long what a tracker said of a ticket is believed, ms: many click at once. */
const FRESH_MS = 60_000;

/** The row has a ticket: what has to be done to it now. */
export async function goOn(session: Session, ticket: TicketRef): Promise<TicketOutcome> {
  const { deps, scope, at } = session;
  if (await isSettled(session)) return done('exists', ticket);
  const read = await deps.tracker.read(ticket.id === '' ? ticket.key : ticket.id, scope);
  if (read.status !== 'done') return unanswered(read);
  if (read.value === null) return gone(session, ticket);
  const found = read.value;
  await deps.store.keepKnown({ project: at.project, tickets: [knownOf(found, at.project, deps.hash)], until: null });
  await session.keep({
    ticket: { id: found.id, key: found.key, url: found.url },
    seenAt: await deps.store.now(),
    toldUntil: session.state.toldUntil ?? newestIn(found.text),
  });
  await relate(session);
  return step(session, found);
}

/** Nothing can be to do: it was looked at a moment ago, and written into a moment before. */
async function isSettled({ deps, state }: Session): Promise<boolean> {
  const now = await deps.store.now();
  const isFresh = (at: number | null): boolean => at !== null && now - at < FRESH_MS;
  return (
    isFresh(state.writtenAt) || (isFresh(state.seenAt) && state.writtenAt !== null && isSilent(now, state.writtenAt))
  );
}

function isSilent(now: number, writtenAt: number): boolean {
  return now - writtenAt < FRESH_MS * 60;
}

async function step(session: Session, read: ReadTicket): Promise<TicketOutcome> {
  const { deps, scope, state, content, order } = session;
  const now = await deps.store.now();
  const next = nextStep({ ticket: read, state, content, now, wontDo: deps.wontDo });
  switch (chosen(next, order.ticket !== null)) {
    case 'nothing':
      return done('exists', read, state.writtenAt === null ? '' : ', which says what is new already or did today');
    case 'comment':
      return comment(session, read, 'commented');
    case 'reopen': {
      const opened = await deps.tracker.reopen(read.id, scope);
      if (opened.status !== 'done') return unanswered(opened);
      await session.keep({ reopenedFor: read.doneAt ?? read.updatedAt });
      return comment(session, read, opened.value ? 'reopened' : 'commented');
    }
    case 'renew':
      await session.keep({
        ...{ ticket: null, previous: state.ticket, isRelated: false, reopenedFor: null },
        ...{ writtenAt: null, toldUntil: null, toldTotal: 0, seenAt: null },
      });
      return create(session);
  }
}

/** A ticket that a person chose is written into, whatever its age. */
function chosen(next: NextStep, isByHand: boolean): NextStep {
  return isByHand && next === 'renew' ? 'comment' : next;
}

/**
 * NOTE: a ticket that was never shown to us may be there all the same, and another one would be made each time: only
 * one that we have seen can have been deleted.
 */
async function gone(session: Session, ticket: TicketRef): Promise<TicketOutcome> {
  const { deps, order, at } = session;
  const isStrange = order.ticket !== null && order.ticket === ticket.key;
  const known = (await deps.store.linked([at.issue])).get(at.issue)?.find(({ id }) => id === ticket.id);
  const wasSeen = session.state.seenAt !== null || known === undefined || known.status !== '';
  if (!wasSeen || isStrange)
    return {
      status: 'refused',
      say: `${ticket.key} is not there, or its project does not show it to our user`,
      fields: {},
    };
  await deps.store.forget(ticket.id);
  await session.keep({
    ...{ ticket: null, previous: null, isRelated: true, reopenedFor: null },
    ...{ writtenAt: null, toldUntil: null, toldTotal: 0, seenAt: null },
  });
  return create(session);
}
