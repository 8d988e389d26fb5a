import type { GroupedBy } from '../../model/events/event.ts';
import type { Grouping, GroupingPatterns, Subject } from './grouping.ts';

/** The method by which records are grouped: what it makes of a record may change only with its number. */
export const METHOD = 1;

/** A method before this one. */
export interface FormerMethod {
  readonly number: number;
  groupingOf(subject: Subject, patterns: GroupingPatterns): Grouping;
}

/** SHA-256 of a text, in hexadecimal digits. */
export type Hash = (text: string) => string;

/** The issue of a grouping: the same for the same grouping, on every machine. */
export function issueKey({ by, parts, kept }: Grouping, hash: Hash, method = METHOD): string {
  return `${method}:${hash(JSON.stringify([by, parts, kept])).slice(0, 32)}`;
}

/** Why two records are one issue or two, a line each. */
export function compareGroupings(one: GroupedBy, other: GroupedBy): readonly string[] {
  if (one.by !== other.by) return [`one is grouped by ${one.by}, the other by ${other.by}`];
  const [left, right] = [allOf(one), allOf(other)];
  const only = (some: readonly string[], others: readonly string[]): readonly string[] =>
    some.filter((part) => !others.includes(part));
  const differences = [
    ...only(left, right).map((part) => `only the first: ${part}`),
    ...only(right, left).map((part) => `only the second: ${part}`),
  ];
  if (differences.length > 0) return differences;
  if (left.join('\n') !== right.join('\n')) return ['both have the same parts, in another order'];
  return [`both are grouped by ${one.by}`, ...left.map((part) => `both: ${part}`)];
}

function allOf({ parts, kept }: GroupedBy): readonly string[] {
  return [...parts, ...kept.map((it) => `kept: ${it}`)];
}
