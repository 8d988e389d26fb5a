import type { Ticket } from '../../model/ticketing/ticket.ts';
import type { Tracked } from '../../ports/tickets/tracker.ts';
import type { Session } from './session.ts';

/** The oldest ticket with the issue's label, but for the one before it; null: none is found, which proves nothing. */
export async function findOwn({ deps, at, label, state, scope }: Session): Promise<Tracked<Ticket | null>> {
  const found = await deps.tracker.findByLabel(at.project, label, scope);
  if (found.status !== 'done') return found;
  const own = found.value.filter(({ id }) => id !== state.previous?.id);
  const oldest = own.toSorted((one, other) => one.createdAt - other.createdAt)[0] ?? null;
  if (own.length > 1)
    scope.log.warn({ issue: at.issue, tickets: own.map(({ key }) => key) }, 'an issue has more than one ticket');
  return { status: 'done', value: oldest };
}

/** A ticket that somebody else made, or whose making we know nothing of, becomes that of the row. */
export async function adopt(session: Session, { id, key, url }: Pick<Ticket, 'id' | 'key' | 'url'>): Promise<void> {
  const { deps, at, keep } = session;
  const seenAt = await deps.store.now();
  await keep({
    ticket: { id, key, url },
    work: null,
    writtenAt: null,
    toldUntil: null,
    toldTotal: 0,
    seenAt,
    error: null,
  });
  await deps.store.link([{ issue: at.issue, ticketId: id, link: 'filed' }]);
}
