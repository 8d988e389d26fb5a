import type { Filter } from '../../core/model/filter.ts';
import type { Summary, SummaryIssue } from '../summary/summarize.ts';

/** A filter in the old files and in the new ones. */
export interface Pair {
  readonly name: string;
  /** Undefined: there was, or is, none. */
  readonly before: Filter | undefined;
  readonly now: Filter | undefined;
  /** It is read from a source that is another one now, or that is set up in another way. */
  readonly isMoved: boolean;
}

export type Change = 'new' | 'removed' | 'changed' | 'same';

/** By name: those of now in their order, then those that are gone. `isMoved`: of a filter that is in both. */
export function pairsOf(
  before: readonly Filter[],
  now: readonly Filter[],
  isMoved: (before: Filter, now: Filter) => boolean = () => false,
): readonly Pair[] {
  const find = (filters: readonly Filter[], name: string) => filters.find((filter) => filter.name === name);
  return [
    ...now.map((filter) => {
      const old = find(before, filter.name);
      return { name: filter.name, now: filter, before: old, isMoved: old !== undefined && isMoved(old, filter) };
    }),
    ...before
      .filter(({ name }) => find(now, name) === undefined)
      .map((filter) => ({ name: filter.name, before: filter, now: undefined, isMoved: false })),
  ];
}

export function changeOf({ before, now, isMoved }: Pair): Change {
  if (before === undefined) return 'new';
  if (now === undefined) return 'removed';
  return textOf(before) === textOf(now) && !isMoved ? 'same' : 'changed';
}

/** Where it stands is no part of what it says. */
function textOf({ place: _place, ...filter }: Filter): string {
  const keys = Object.entries(filter).filter(([, value]) => value !== undefined);
  return JSON.stringify(keys.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** What a change does to a filter. */
export interface Compared {
  readonly name: string;
  readonly change: Change;
  readonly before: Summary | undefined;
  readonly now: Summary | undefined;
  /** Issues that it only finds now, and that it no longer finds. */
  readonly gained: readonly SummaryIssue[];
  readonly lost: readonly SummaryIssue[];
}

export function compare(pair: Pair, before: Summary | undefined, now: Summary | undefined): Compared {
  return {
    name: pair.name,
    change: changeOf(pair),
    before,
    now,
    gained: without(now?.issues ?? [], before?.issues ?? []),
    lost: without(before?.issues ?? [], now?.issues ?? []),
  };
}

/** Issues that no filter found before, and that none finds any more. */
export function comparedInAll(all: readonly Compared[]): Pick<Compared, 'gained' | 'lost'> {
  const of = (which: 'before' | 'now') => all.flatMap((it) => it[which]?.issues ?? []);
  return { gained: once(without(of('now'), of('before'))), lost: once(without(of('before'), of('now'))) };
}

function without(some: readonly SummaryIssue[], others: readonly SummaryIssue[]): readonly SummaryIssue[] {
  const known = new Set(others.map(({ id }) => id));
  return some.filter(({ id }) => !known.has(id));
}

/** Several filters may find an issue: the highest count of it is shown. */
function once(issues: readonly SummaryIssue[]): readonly SummaryIssue[] {
  const byId = new Map(issues.toSorted((a, b) => a.events - b.events).map((issue) => [issue.id, issue]));
  return [...byId.values()].toSorted((a, b) => b.events - a.events);
}
