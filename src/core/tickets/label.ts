import { issueKey, type TicketIssue } from '../model/ticketing/ticket.ts';
import type { Hash } from '../logs/issues/issue-key.ts';

/** All tickets that we make have it. */
export const OURS = 'sentry-monitor';

/** The label by which tickets of an issue are found: `sm-` and 16 hexadecimal digits. */
export function labelOf(issue: TicketIssue, hash: Hash): string {
  return `sm-${hash(issueKey(issue)).slice(0, 16)}`;
}

export function isLabel(text: string): boolean {
  return /^sm-[0-9a-f]{16}$/.test(text);
}
