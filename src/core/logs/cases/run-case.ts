import { enrich } from '../events/enrich.ts';
import { scrubText } from '../events/scrub.ts';
import type { Pattern } from '../pattern.ts';
import { timingIn } from '../timings/timings.ts';

/** Keys of an intake whose patterns may have worked cases. */
export type CaseKey = 'pattern' | 'merge' | 'keep' | 'enrich' | 'timings' | 'scrub';

/** What groups hold by name, or a text that is found; null: nothing. */
export type Gives = Readonly<Record<string, string>> | string | null;

/** A line, and all that the patterns of a key give for it. */
export interface PatternCase {
  readonly of: CaseKey;
  readonly line: string;
  readonly gives: Gives;
}

/** What the patterns of a key give for a line, as the intake would take it. */
export function givenBy(of: CaseKey, patterns: readonly Pattern[], line: string): Gives {
  return GIVEN[of](patterns, line);
}

const GIVEN: Readonly<Record<CaseKey, (patterns: readonly Pattern[], line: string) => Gives>> = {
  pattern: ([pattern], line) => pattern?.groups(line) ?? null,
  merge: (patterns, line) => patterns.find((it) => it.test(line))?.match(line) ?? null,
  keep(patterns, line) {
    const found = patterns.flatMap((it) => it.match(line) ?? []);
    return found.length === 0 ? null : found.join(', ');
  },
  enrich(patterns, line) {
    const { tags, ...own } = enrich(patterns, line, []);
    const all = { ...own, ...tags };
    const found = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null);
    return found.length === 0 ? null : Object.fromEntries(found);
  },
  timings(patterns, line) {
    const found = timingIn(patterns, line);
    return found === null ? null : { name: found.name, ms: String(found.ms) };
  },
  scrub(patterns, line) {
    const rest = scrubText(line, patterns);
    return rest === line ? null : rest;
  },
};

/** Null: they are the same; else both as people read them. */
export function differenceOf(
  expected: Gives,
  came: Gives,
): { readonly expected: string; readonly came: string } | null {
  const both = { expected: givesText(expected), came: givesText(came) };
  return both.expected === both.came ? null : both;
}

function givesText(gives: Gives): string {
  if (gives === null) return 'nothing';
  if (typeof gives === 'string') return JSON.stringify(gives);
  const entries = Object.entries(gives).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{ ${entries.map(([key, value]) => `${key}: ${JSON.stringify(value)}`).join(', ')} }`;
}
