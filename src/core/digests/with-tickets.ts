import type { Digest, DigestFilter, DigestIssue, DigestIssues } from '../model/alerting/digest.ts';
import { issueKey, type TicketIssue, type TicketSaid } from '../model/ticketing/ticket.ts';

/** By `issueKey` what is known of tickets. Never rejects. */
export type IssueTickets = (issues: readonly TicketIssue[]) => Promise<ReadonlyMap<string, readonly TicketSaid[]>>;

/** The same with the tickets of the issues that it names. */
export async function withTickets(digest: Digest, tickets: IssueTickets | undefined): Promise<Digest> {
  if (tickets === undefined) return digest;
  const named = digest.filters.flatMap((of) => LISTS.flatMap((list) => of[list].first).concat(of.biggest));
  const issues = new Map(named.map((issue) => [keyOf(issue), { project: issue.project ?? '', id: issue.id }]));
  const found = issues.size === 0 ? new Map<string, readonly TicketSaid[]>() : await tickets([...issues.values()]);
  return found.size === 0 ? digest : { ...digest, filters: digest.filters.map((of) => filterWith(of, found)) };
}

const LISTS = ['new', 'regressed', 'archived'] as const;

function filterWith(of: DigestFilter, found: Awaited<ReturnType<IssueTickets>>): DigestFilter {
  const one = (issue: DigestIssue): DigestIssue => {
    const tickets = found.get(keyOf(issue)) ?? [];
    return tickets.length === 0 ? issue : { ...issue, tickets };
  };
  const list = ({ count, first }: DigestIssues): DigestIssues => ({ count, first: first.map(one) });
  const lists = { new: list(of.new), regressed: list(of.regressed), archived: list(of.archived) };
  return { ...of, ...lists, biggest: of.biggest.map(one) };
}

function keyOf({ project, id }: DigestIssue): string {
  return issueKey({ project: project ?? '', id });
}
