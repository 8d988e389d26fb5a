import type { TicketOutcome } from '../../model/ticketing/order.ts';
import type { TicketRef } from '../../model/ticketing/ticket.ts';
import type { KnownTicket, TicketWork } from '../../ports/tickets/ticket-store.ts';
import { OURS } from '../label.ts';
import { summaryOf } from '../words/summary.ts';
import { textOf } from '../words/text.ts';
import { adopt, findOwn } from './find-own.ts';
import { done, failed } from './outcomes.ts';
import type { Session } from './session.ts';
import { withNewest } from './with-newest.ts';

/** Makes the ticket of the row, which has none. NOTE: what is under way is kept before the tracker is asked. */
export async function create(session: Session): Promise<TicketOutcome> {
  // A tracker that finds one is believed: another ledger may have been here before this one.
  const known = await findOwn(session);
  if (known.status !== 'done') return failed(known.status === 'uncertain' ? { ...known, status: 'later' } : known);
  if (known.value !== null) {
    await adopt(session, known.value);
    return done('exists', known.value);
  }
  return make(await withNewest(session));
}

async function make(session: Session): Promise<TicketOutcome> {
  const { deps, scope, order, content, at, label, state } = session;
  const work = await workOf(session, 'create');
  await session.keep({ work, error: null });
  const { hits } = content;
  const { previous } = state;
  const wish = { content, order, hits, more: content.total - hits.length, isFull: true, mark: work.mark };
  const made = await deps.tracker.create(
    {
      project: at.project,
      team: order.team,
      summary: summaryOf(content),
      text: textOf({ ...wish, previous: previous?.key ?? null }, (text) => deps.tracker.fits(text)),
      labels: [OURS, label],
    },
    scope,
  );
  if (made.status === 'done') {
    await settleMade(session, made.value, work);
    return done('created', made.value);
  }
  await session.keep({ work: made.status === 'uncertain' ? { ...work, isUncertain: true } : null, error: made.why });
  return failed(made);
}

/** What is to be done now, with a mark of its own. */
export async function workOf({ deps, content }: Session, kind: TicketWork['kind']): Promise<TicketWork> {
  return {
    kind,
    mark: deps.uuid().replaceAll('-', '').slice(0, 12),
    since: await deps.store.now(),
    isUncertain: false,
    until: content.hits[0]?.at ?? null,
    total: content.total,
  };
}

/** The ticket is there: it is the row's from now on. */
export async function settleMade(session: Session, ticket: TicketRef, work: TicketWork): Promise<void> {
  const { previous } = session.state;
  await session.keep({
    ticket,
    work: null,
    writtenAt: work.since,
    toldUntil: work.until,
    toldTotal: work.total,
    seenAt: null,
    isRelated: previous === null,
  });
  const { store } = session.deps;
  await store.keepKnown({ project: session.at.project, tickets: [justMade(session, ticket, work)], until: null });
  await store.link([{ issue: session.at.issue, ticketId: ticket.id, link: 'filed' }]);
  await relate(session);
}

/** What is known of a ticket before it was read. */
function justMade({ at, content }: Session, ticket: TicketRef, { since }: TicketWork): KnownTicket {
  const summary = summaryOf(content);
  return {
    ...ticket,
    project: at.project,
    summary,
    status: '',
    isDone: false,
    ...{ doneAt: null, resolution: null, assignee: null, labels: [OURS], createdAt: since, updatedAt: 0 },
    ...{ words: '', openings: [], said: `${ticket.key} ${summary}`.toLowerCase() },
  };
}

/** Says that the ticket has to do with the one before it; what does not pass now is tried with the next order. */
export async function relate({ deps, scope, state, keep }: Session): Promise<void> {
  const { ticket, previous, isRelated } = state;
  if (isRelated || ticket === null || previous === null) return;
  const related = await deps.tracker.relate(ticket.key, previous.key, scope);
  if (related.status === 'done') return keep({ isRelated: true });
  // NOTE: a refusal would be one again: the text of the ticket names the other one all the same.
  if (related.status === 'refused') {
    scope.log.warn({ ticket: ticket.key, other: previous.key, why: related.why }, 'tickets are not linked');
    await keep({ isRelated: true });
  }
}
