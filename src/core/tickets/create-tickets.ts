import type { Hits } from '../model/ticketing/content.ts';
import type { TicketOrder, TicketOutcome } from '../model/ticketing/order.ts';
import { issueKey, type LinkedTicket, type TicketIssue } from '../model/ticketing/ticket.ts';
import { HOUR_MS } from '../model/window.ts';
import type { Tickets, Touched } from '../ports/tickets/tickets.ts';
import type { FilingDeps } from './filing/deps.ts';
import { fileTicket } from './filing/file-ticket.ts';

export interface TicketsDeps extends FilingDeps {
  readonly teams: readonly string[];
  /** Once the issues that there are now are among those that tickets are found for. Absent: none come. */
  issuesNoted?(): Promise<void>;
  /** The newest events of an issue. */
  hitsOf(issue: TicketIssue, limit: number): Promise<Hits>;
  readonly sourceHits: Tickets['sourceHits'];
}

/** Tickets as this process files them: who asks for the same at the same time waits for the same answer. */
export function createTickets(deps: TicketsDeps): Tickets {
  const underWay = new Map<string, Promise<TicketOutcome>>();
  return {
    project: deps.project,
    teams: deps.teams,
    async file(order, scope) {
      const key = keyOf(order, deps.project);
      const other = underWay.get(key);
      if (other !== undefined) return asSecond(await other);
      const own = fileTicket(order, deps, scope).finally(() => underWay.delete(key));
      underWay.set(key, own);
      return own;
    },
    of: (issues) => deps.store.linked(issues.map(issueKey)),
    touched: async (issues) => touchedLast(issues, deps),
    hits: async (...given) => deps.hitsOf(...given),
    sourceHits: async (...given) => deps.sourceHits(...given),
    search: (text, limit) => deps.store.search(text, limit),
  };
}

/** What was read longer ago says nothing of now, ms. */
const FRESH_MS = HOUR_MS;

async function touchedLast(
  issues: readonly TicketIssue[],
  { store, project, issuesNoted }: TicketsDeps,
): Promise<ReadonlyMap<string, Touched | null> | null> {
  const [now, until] = [await store.now(), await store.readUntil(project)];
  if (until === null || now - until > FRESH_MS) return null;
  await issuesNoted?.();
  const keys = issues.map(issueKey);
  const linked = await store.linked(keys);
  return new Map(keys.map((key) => [key, newestOf(linked.get(key) ?? [])]));
}

function newestOf(tickets: readonly LinkedTicket[]): Touched | null {
  const all = tickets.map(({ key, updatedAt, createdAt }) => ({ key, touchedAt: Math.max(updatedAt, createdAt) }));
  return all.toSorted((one, other) => other.touchedAt - one.touchedAt)[0] ?? null;
}

function keyOf({ issue, project, ticket }: TicketOrder, usual: string): string {
  return JSON.stringify([issueKey(issue), project ?? usual, ticket]);
}

/** For who asked while the first one was served. */
function asSecond(outcome: TicketOutcome): TicketOutcome {
  if (!('ticket' in outcome)) return outcome;
  return { status: 'exists', ticket: outcome.ticket, say: `There is ${outcome.ticket.key}` };
}
