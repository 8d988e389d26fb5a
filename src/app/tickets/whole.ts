import { createHash } from 'node:crypto';
import type { Scope } from '../../core/ports/scope.ts';
import type { TicketStore } from '../../core/ports/tickets/ticket-store.ts';
import type { Tickets } from '../../core/ports/tickets/tickets.ts';
import type { Tracker } from '../../core/ports/tickets/tracker.ts';
import { createTickets } from '../../core/tickets/create-tickets.ts';
import { hearTicket } from '../../core/tickets/reading/hear-ticket.ts';
import { noteIssues, readTickets } from '../../core/tickets/reading/read-tickets.ts';
import type { Deps, TrackerPart } from '../../integrations/plugin.ts';
import { type ContentDeps, contentsOf, hitsOf } from './contents.ts';
import { newestHitsIn, newestIn } from './newest.ts';
import type { Reading } from './reading.ts';
import { issuesIn } from './issues.ts';

/** What tickets are made of. */
export interface WholeDeps extends Omit<ContentDeps, 'store'> {
  readonly deps: Deps;
  readonly part: TrackerPart;
  readonly tracker: Tracker;
  readonly store: TicketStore;
  readonly reading: Reading;
  /** Of the tracker. */
  readonly projects: readonly string[];
  /** Of intakes. */
  readonly names: readonly string[];
}

/** All that is done with tickets. */
export interface Whole {
  readonly tickets: Tickets;
  read(scope: Scope): Promise<void>;
  /** Rejects when it cannot be read now. */
  heard(of: { readonly id: string; readonly isGone: boolean }, scope: Scope): Promise<void>;
}

export function createWhole(given: WholeDeps): Whole {
  const { deps, part, tracker, store, events, projects, names } = given;
  const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
  const contentOf = contentsOf(given);
  const newestOf = newestIn(given.reading, deps);
  const shared = { ...deps, ...part, store, tracker, contentOf, newestOf, hash };
  const reading = { ...shared, projects: () => [...new Set(projects)], issuesSince: issuesIn(events, names) };
  const issuesNoted = (): Promise<void> => noteIssues(reading);
  return {
    tickets: createTickets({ ...shared, issuesNoted, hitsOf: hitsOf(given), sourceHits: newestHitsIn(given.reading) }),
    read: (scope) => readTickets(reading, scope),
    heard: (of, scope) => hearTicket(of, reading, scope),
  };
}
