import type { ReportIssue } from '../../../core/model/report.ts';
import { isChosen, ofIssue, type PageTickets, ticketIssue, ticketsOf } from '../tickets/choose.ts';
import type { View } from '../view/view.ts';
import type { PageAlerting } from './alerts/of-page.ts';
import type { PageData } from './model.ts';

interface Sources {
  readonly alerting?: PageAlerting | undefined;
  readonly tickets?: PageTickets | undefined;
}

/**
 * The same reports with the issues that were chosen by their tickets, and without those that somebody hid. NOTE: both
 * are in the ledger: while it cannot be read all are shown, and nothing waits for it.
 */
export async function chosenIssues(data: PageData, view: View, { alerting, tickets }: Sources): Promise<PageData> {
  if (data.origin.troubles.some(({ of }) => of === 'ledger')) return data;
  const hiding = view.hidden === 'shown' ? undefined : await alerting?.hidden();
  const all = data.filters.flatMap(({ report }) => report?.issues ?? []);
  const found = await ticketsOf(all.map(ticketIssue), tickets);
  const isWanted = (issue: ReportIssue): boolean =>
    tickets === undefined || isChosen(ofIssue(ticketIssue(issue), found), view.ticket, data.now);
  const isShown = (issue: ReportIssue): boolean => isWanted(issue) && hiding?.has(issue.issueId) !== true;
  const hidden = new Set(all.filter((it) => isWanted(it) && !isShown(it)).map(({ issueId }) => issueId)).size;
  const chosen = { tickets: tickets === undefined ? null : Object.fromEntries(found), hidden };
  if (all.every(isShown)) return { ...data, chosen };
  const filters = data.filters.map((filter) => {
    const { report } = filter;
    return report === null ? filter : { ...filter, report: { ...report, issues: report.issues.filter(isShown) } };
  });
  return { ...data, filters, chosen };
}
