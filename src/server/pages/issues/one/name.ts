import { titleOf } from '../title.ts';
import type { IssueSeen } from './read.ts';

/** What an issue is called, by whoever knows it. */
export function nameOf({ issueId, stored, reported, alerts }: IssueSeen): string {
  const told = alerts?.alerts[0]?.alert.subject.title;
  const details = reported[0]?.issue.details;
  return titleOf(stored?.issue.title ?? details?.title ?? details?.shortId ?? told, issueId);
}
