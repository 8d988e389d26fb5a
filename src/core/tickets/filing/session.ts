import type { IssueContent } from '../../model/ticketing/content.ts';
import type { TicketOrder } from '../../model/ticketing/order.ts';
import type { Scope } from '../../ports/scope.ts';
import type { TicketAt, TicketState } from '../../ports/tickets/ticket-store.ts';
import type { FilingDeps } from './deps.ts';

/** Longer than any request of the tracker takes, ms: who holds a row renews it before each. */
export const LEASE_MS = 120_000;

export const NOTHING_YET: TicketState = {
  ticket: null,
  previous: null,
  isRelated: true,
  work: null,
  writtenAt: null,
  toldUntil: null,
  toldTotal: 0,
  reopenedFor: null,
  seenAt: null,
  error: null,
};

/** The row was taken over: somebody else goes on. */
export class RowLost extends Error {
  override readonly name = 'RowLost';
}

/** One row while we hold it, and what it is held for. */
export interface Session {
  readonly at: TicketAt;
  readonly order: TicketOrder;
  readonly content: IssueContent;
  readonly label: string;
  readonly deps: FilingDeps;
  readonly scope: Scope;
  readonly state: TicketState;
  /** Keeps what changed, and holds the row for longer. Rejects with `RowLost`. */
  keep(change: Partial<TicketState>): Promise<void>;
}

/** The same session with more to tell. */
export function telling(session: Session, content: IssueContent): Session {
  return {
    ...session,
    content,
    get state() {
      return session.state;
    },
  };
}

export function openSession(given: Omit<Session, 'state' | 'keep'>, token: string, first: TicketState): Session {
  let state = first;
  const { at, deps } = given;
  return {
    ...given,
    get state() {
      return state;
    },
    async keep(change) {
      const next = { ...state, ...change };
      if (!(await deps.store.keep(at, token, next, LEASE_MS)))
        throw new RowLost(`the ticket of ${at.issue} was taken over`);
      state = next;
    },
  };
}
