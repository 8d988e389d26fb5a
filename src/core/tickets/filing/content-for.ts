import type { IssueContent } from '../../model/ticketing/content.ts';
import type { TicketOrder } from '../../model/ticketing/order.ts';

/** What is known, and what only the asker knows. */
export function contentFor({ about = {}, issue }: TicketOrder, known: IssueContent | null, now: number): IssueContent {
  const base: IssueContent = {
    ...{ title: issue.id, culprit: null, level: null, url: null, page: null, text: null },
    ...{ hits: [], total: 0, storedAt: now },
  };
  if (known === null) return { ...base, ...about };
  const missing = Object.entries(about).filter(([key]) => known[key as keyof IssueContent] === null);
  return { ...known, ...(Object.fromEntries(missing) as Partial<IssueContent>) };
}
