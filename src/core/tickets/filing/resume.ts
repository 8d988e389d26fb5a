import type { TicketOutcome } from '../../model/ticketing/order.ts';
import { HOUR_MS } from '../../model/window.ts';
import type { TicketWork } from '../../ports/tickets/ticket-store.ts';
import { settleMade } from './create.ts';
import { adopt, findOwn } from './find-own.ts';
import { done } from './outcomes.ts';
import type { Session } from './session.ts';

const MINUTE_MS = HOUR_MS / 60;
/** So long a ticket that may have been made is looked for before another one is, ms: search is late. */
const LOOKED_FOR_MS = 15 * MINUTE_MS;
/** A comment is there at once when it is stored; so long one may still be on its way, ms. */
const COMMENT_MS = MINUTE_MS;
/** Clocks differ by less, ms: a ticket that is older than that was not made by this work. */
const CLOCKS_MS = 10 * MINUTE_MS;

/**
 * What became of work that nobody saw the end of: its answer did not come, or its server died. Null: it is settled, and
 * the order can go on.
 */
export async function resume(session: Session): Promise<TicketOutcome | null> {
  const { work } = session.state;
  if (work === null) return null;
  return work.kind === 'create' ? resumeCreate(session, work) : resumeComment(session, work);
}

async function resumeCreate(session: Session, work: TicketWork): Promise<TicketOutcome | null> {
  const { keep, deps } = session;
  const found = await findOwn(session);
  const lasted = (await deps.store.now()) - work.since;
  if (found.status === 'done' && found.value !== null) {
    const ticket = found.value;
    if (ticket.createdAt < work.since - CLOCKS_MS) {
      await adopt(session, ticket);
      return null;
    }
    const { id, key, url } = ticket;
    await settleMade(session, { id, key, url }, work);
    return done('created', ticket, ', as was found out now');
  }
  // NOTE: only a look that was answered, after all that time, lets another one be made.
  if (found.status === 'done' && lasted >= LOOKED_FOR_MS) {
    await keep({ work: null });
    return null;
  }
  if (!work.isUncertain) await keep({ work: { ...work, isUncertain: true } });
  const why = found.status === 'done' ? 'it is not found yet' : found.why;
  return {
    status: 'uncertain',
    say: `A ticket may have been made and is looked for, for ${minutes(LOOKED_FOR_MS - lasted)}: ${why}`,
  };
}

async function resumeComment(session: Session, work: TicketWork): Promise<TicketOutcome | null> {
  const { state, deps, scope, keep } = session;
  const { ticket } = state;
  if (ticket === null) {
    await keep({ work: null });
    return null;
  }
  const found = await deps.tracker.hasComment(ticket.id, work.mark, scope);
  const now = await deps.store.now();
  if (found.status === 'done' && found.value) {
    await keep({ work: null, writtenAt: work.since, toldUntil: work.until, toldTotal: work.total, error: null });
    return null;
  }
  // A ticket that is gone has no comments: what follows finds that out.
  const isOver = found.status === 'refused' || (found.status === 'done' && now - work.since >= COMMENT_MS);
  if (isOver) {
    await keep({ work: null });
    return null;
  }
  return {
    status: 'uncertain',
    say: `A comment may stand on ${ticket.key} already and is looked for; ask again in a minute`,
  };
}

function minutes(ms: number): string {
  const count = Math.max(1, Math.ceil(ms / MINUTE_MS));
  return count === 1 ? 'one more minute' : `${count} more minutes`;
}
