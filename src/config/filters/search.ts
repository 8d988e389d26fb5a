import * as z from 'zod/mini';
import { atMost, type Check, noneOf, oneLine, quietly, unless } from './texts.ts';

// What a text must be beyond its form, so that Sentry can search for it.

/** A literal text that keeps its meaning between double quotes in Sentry's search syntax. */
export const SEARCHABLE: readonly Check[] = [
  ...oneLine(),
  noneOf(/\\$/, (text) => `${text} ends in a backslash, which Sentry cannot search for; leave the backslash out`),
  noneOf(
    /\\[*"]/,
    (text) =>
      `${text} has a backslash before * or ", which Sentry cannot search for; write the part before or after it`,
  ),
];

/** Sentry's own search syntax, as far as it can be judged without Sentry. White space around it is dropped. */
export const QUERY: readonly Check[] = [
  z.trim(),
  ...oneLine(quietly),
  atMost(4000),
  unless(unbalanced),
  unless(notOnEvents),
];

/** NOTE: the query is sent in parentheses: one that closes more than it opened would change the rest of the search. */
function unbalanced(text: string): string | undefined {
  const bare = withoutQuoted(text);
  if (bare.includes('"')) return 'has a quote (") that is not closed; close it, or write \\" for a quote inside quotes';
  let open = 0;
  for (const character of bare) {
    if (character === '(') open += 1;
    if (character === ')') open -= 1;
    if (open < 0) return 'has a ) that closes nothing; remove it, or put the text in double quotes';
  }
  return open > 0 ? 'has a ( that is not closed; close it, or put the text in double quotes' : undefined;
}

const OF_ISSUES = /(?:^|[\s(!])(is|assigned|assigned_or_suggested|for_review|bookmarks|firstSeen|lastSeen|timesSeen):/i;
const OF_COUNTS = /(?:^|[\s(!])(\w[\w.]*\([^()]*\)):/;

function notOnEvents(text: string): string | undefined {
  const bare = withoutQuoted(text);
  const key = OF_ISSUES.exec(bare)?.[1];
  if (key !== undefined) return `"${key}:" is for issues only, not for events; remove it`;
  const aggregate = OF_COUNTS.exec(bare)?.[1];
  return aggregate === undefined ? undefined : `"${aggregate}:" is a condition on a count, not on events; remove it`;
}

/** Without the texts in double quotes; a quote that remains is not closed. */
function withoutQuoted(text: string): string {
  return text.replaceAll(/"(?:\\"|[^"\\]|\\(?!"))*"/g, '');
}
