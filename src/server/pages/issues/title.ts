import { plain } from '../html.ts';
import type { IssueSeen } from './one/read.ts';

/** A title that shows nothing is none. */
export function titleOf(title: string | null | undefined, issueId: string): string {
  return title != null && plain(title).trim() !== '' ? title : issueId;
}

/** What an issue is called, by whoever knows it. */
export function nameOf({ issueId, stored, reported, alerts }: IssueSeen): string {
  const told = alerts?.alerts[0]?.alert.subject.title;
  const details = reported[0]?.issue.details;
  return titleOf(stored?.issue.title ?? details?.title ?? details?.shortId ?? told, issueId);
}
