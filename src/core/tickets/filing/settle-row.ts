import type { TicketIssue } from '../../model/ticketing/ticket.ts';
import type { Scope } from '../../ports/scope.ts';
import type { TicketAt } from '../../ports/tickets/ticket-store.ts';
import { contentFor } from './content-for.ts';
import type { FilingDeps } from './deps.ts';
import { resume } from './resume.ts';
import { LEASE_MS, NOTHING_YET, openSession, RowLost } from './session.ts';
import { labelOf } from '../label.ts';

/** Looks what became of what is under way in a row, unless somebody is at it. Nothing is made or written. */
export async function settleRow(at: TicketAt, issue: TicketIssue, deps: FilingDeps, scope: Scope): Promise<void> {
  const taken = await deps.store.take(at, LEASE_MS);
  if (taken === null) return;
  const state = taken.state ?? NOTHING_YET;
  const order = { issue, project: at.project, team: null, ticket: null, by: 'sentry-monitor', from: 'rule' } as const;
  const content = contentFor(order, null, await deps.store.now());
  const session = openSession(
    { at, order, content, label: labelOf(issue, deps.hash), deps, scope },
    taken.token,
    state,
  );
  try {
    const isUnclear = (await resume(session)) !== null && session.state.work !== null;
    if (!isUnclear && session.state.ticket === null)
      scope.log.warn({ issue: at.issue, project: at.project }, 'a ticket was not made');
  } catch (error) {
    if (!(error instanceof RowLost)) throw error;
  } finally {
    await deps.store.keep(at, taken.token, session.state, 0);
  }
}
