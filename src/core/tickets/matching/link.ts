import type { Hash } from '../../logs/issues/issue-key.ts';
import { likenessOf, wordsOf } from '../../logs/similar/similar.ts';
import { issueKey, type TicketIssue } from '../../model/ticketing/ticket.ts';
import type { IssueText, KnownTicket, TicketLink, TicketStore } from '../../ports/tickets/ticket-store.ts';
import { labelOf } from '../label.ts';
import { openingsIn, tracebackWords } from './openings.ts';

/** An issue, with its newest event's text; null: it has none. */
export interface SaidIssue {
  readonly issue: TicketIssue;
  readonly text: string | null;
}

/** What tickets of an issue are found by. */
function textOfIssue({ issue, text }: SaidIssue, hash: Hash): IssueText {
  const words = tracebackWords(wordsOf(text ?? '')) ?? [];
  const [opening = ''] = openingsIn(words, hash);
  return { issue: issueKey(issue), label: labelOf(issue, hash), words: words.join(' '), opening };
}

/** Finds the issues of tickets that were read, which had no links but those that people made. */
export async function linkTickets(store: TicketStore, tickets: readonly KnownTicket[]): Promise<void> {
  const marks = tickets.flatMap(({ openings }) => openings);
  const issues = marks.length === 0 ? [] : await store.issuesWith(marks, marks);
  await store.link(
    tickets.flatMap((ticket) => issues.flatMap((issue) => linkOf(issue, ticket, ticket.openings) ?? [])),
  );
}

/** Notes issues, and finds the tickets that were there before them. */
export async function linkIssues(store: TicketStore, issues: readonly SaidIssue[], hash: Hash): Promise<void> {
  const texts = issues.map((issue) => textOfIssue(issue, hash));
  await store.keepTexts(texts);
  for (const text of texts) {
    const marks = [text.label, ...(text.opening === '' ? [] : [text.opening])];
    const tickets = await store.withOpening(marks);
    await store.link(tickets.flatMap((ticket) => linkOf(text, ticket, marks) ?? []));
  }
}

/** `marks`: labels and openings, of which both have one at least. */
function linkOf(issue: IssueText, ticket: KnownTicket, marks: readonly string[]): TicketLink | null {
  const found = { issue: issue.issue, ticketId: ticket.id };
  if (ticket.labels.includes(issue.label)) return { ...found, link: 'label' };
  if (issue.opening === '' || !marks.includes(issue.opening)) return null;
  const likeness = likenessOf(issue.words.split(' '), ticket.words.split(' '));
  return likeness === 'different' ? null : { ...found, link: likeness };
}
