import { addressOf } from '../view/address.ts';
import type { View } from '../view/view.ts';

export const ISSUES = '/issues';
/** Single events, and the same as a file. */
export const EVENTS = '/events';
export const CSV = '/events.csv';

/** The page of one. */
export function issueAddress(issueId: string, view: View): string {
  return addressOf(`${ISSUES}/${encodeURIComponent(issueId)}`, view);
}
