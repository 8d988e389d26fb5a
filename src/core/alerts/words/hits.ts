import type { Hits } from '../../model/ticketing/content.ts';
import { cleanText, shortText } from './clean-text.ts';
import { secondText } from './times.ts';

/** A line about an event; `url`: its own page, null: it has none. */
export interface WordedHit {
  readonly text: string;
  readonly url: string | null;
}

/** Code points of what others wrote. */
const USER = 100;
const LACK = 300;

/**
 * At most so many events, a line each: `2026-11-20 10:00:05 UTC, user ann`. What is left out is counted. Of none it is
 * said why, where there is room.
 */
export function hitLines({ listed, more, lack }: Hits, most: number): readonly WordedHit[] {
  if (lack !== undefined) return most === 0 ? [] : [{ text: shortText(cleanText(lack), LACK), url: null }];
  const shown = listed.slice(0, most);
  const left = listed.length - shown.length + more;
  const lines = shown.map(({ at, user, url }) => ({ text: `${secondText(at)}${userText(user)}`, url }));
  return [...lines, ...(left === 0 || shown.length === 0 ? [] : [{ text: `and ${left} more`, url: null }])];
}

function userText(user: string | null): string {
  return user === null ? '' : `, user ${shortText(cleanText(user), USER)}`;
}
