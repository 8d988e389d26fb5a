import { faultOf } from '../../model/errors.ts';
import type { TicketOrder, TicketOutcome } from '../../model/ticketing/order.ts';
import { issueKey } from '../../model/ticketing/ticket.ts';
import type { Scope } from '../../ports/scope.ts';
import type { TakenTicket, TicketAt } from '../../ports/tickets/ticket-store.ts';
import { labelOf } from '../label.ts';
import { contentFor } from './content-for.ts';
import { create } from './create.ts';
import type { FilingDeps } from './deps.ts';
import { adopt } from './find-own.ts';
import { goOn } from './go-on.ts';
import { resume } from './resume.ts';
import { LEASE_MS, NOTHING_YET, openSession, RowLost, type Session } from './session.ts';

/** So often, and for so long, a row that somebody else has is asked for, ms. */
const POLL_MS = 250;
const WAIT_MS = 10_000;

/**
 * An issue gets its ticket, or its ticket what is new. The row of the ledger comes first: only who has it asks the
 * tracker, so there is one ticket whoever asks, wherever and how often.
 */
export async function fileTicket(order: TicketOrder, deps: FilingDeps, scope: Scope): Promise<TicketOutcome> {
  const at: TicketAt = { issue: issueKey(order.issue), project: order.project ?? deps.project };
  const taken = await takeInTurn(at, deps, scope);
  if (taken === null)
    return {
      status: 'being made',
      say: 'Somebody else is at the ticket of this issue right now; ask again in a minute',
    };
  const content = contentFor(order, await deps.contentOf(order.issue), await deps.store.now());
  const given = { at, order, content, label: labelOf(order.issue, deps.hash), deps, scope };
  const session = openSession(given, taken.token, taken.state ?? NOTHING_YET);
  try {
    return await settle(session);
  } catch (error) {
    if (!(error instanceof RowLost)) throw error;
    return { status: 'being made', say: `Somebody else went on with it: ${faultOf(error).message}` };
  } finally {
    await deps.store.keep(at, taken.token, session.state, 0);
  }
}

async function settle(session: Session): Promise<TicketOutcome> {
  const unclear = await resume(session);
  if (unclear !== null) return unclear;
  const { order } = session;
  if (order.ticket !== null && order.ticket !== session.state.ticket?.key)
    await session.keep({
      ...{ ticket: { id: '', key: order.ticket, url: '' }, previous: null, isRelated: true, reopenedFor: null },
      ...{ writtenAt: null, toldUntil: null, toldTotal: 0, seenAt: null },
    });
  else if (session.state.ticket === null) await adoptKnown(session);
  const { ticket } = session.state;
  return ticket === null ? create(session) : goOn(session, ticket);
}

/** One that somebody made by hand, with the issue's text or label, is the issue's: an open one before others. */
async function adoptKnown(session: Session): Promise<void> {
  const { deps, at, state } = session;
  const linked = (await deps.store.linked([at.issue])).get(at.issue) ?? [];
  const certain = linked.filter(({ link, id }) => link !== 'similar' && id !== state.previous?.id);
  const found = certain.find(({ isDone }) => !isDone) ?? certain[0];
  if (found !== undefined) await adopt(session, found);
}

async function takeInTurn(at: TicketAt, { store, sleep }: FilingDeps, scope: Scope): Promise<TakenTicket | null> {
  for (let waited = 0; ; waited += POLL_MS) {
    const taken = await store.take(at, LEASE_MS);
    if (taken !== null || waited >= WAIT_MS || scope.signal.aborted) return taken;
    try {
      await sleep(POLL_MS, scope.signal);
    } catch {
      return null;
    }
  }
}
