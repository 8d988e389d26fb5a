import type { IssueFacts, WindowFacts } from '../../model/alerting/facts.ts';
import { windowsOf } from '../../model/window.ts';
import type { IssueSum, WindowTotal } from '../../ports/alerting/alert-store.ts';
import type { Past } from '../judge/kind.ts';
import type { Step } from '../fold/working.ts';

/** What was read of a filter's past. */
export interface Loaded {
  readonly totals: ReadonlyMap<number, WindowTotal>;
  readonly facts: ReadonlyMap<number, WindowFacts>;
  /** By span, counts of issues before the window that ends it. */
  readonly sums: ReadonlyMap<string, readonly IssueSum[]>;
  readonly issues: ReadonlyMap<string, IssueFacts>;
}

/** Name of counts that begin at `from` and end before the window that starts at `to`. */
export function sumsName(from: number, to: number): string {
  return `${from}-${to}`;
}

/** The past as one window sees it. */
export function pastOf({ window, facts }: Step, loaded: Loaded): Past {
  const sums = new Map<number, ReadonlyMap<string, IssueSum>>();
  return {
    totals: (span) =>
      windowsOf(span).flatMap(({ start }) => {
        const total = start === window.start && facts !== null ? totalOf(facts) : loaded.totals.get(start);
        return total === undefined ? [] : [total];
      }),
    sums({ start }) {
      const known = sums.get(start) ?? sumUp(start, window.start, facts, loaded);
      sums.set(start, known);
      return known;
    },
    issue: (id) => loaded.issues.get(id),
  };
}

function sumUp(from: number, to: number, facts: WindowFacts | null, loaded: Loaded): ReadonlyMap<string, IssueSum> {
  const sums = new Map<string, { id: string; events: number; users: number }>();
  const add = ({ id, events, users }: IssueSum): void => {
    const sum = sums.get(id);
    if (sum === undefined) sums.set(id, { id, events, users });
    else {
      sum.events += events;
      sum.users = Math.max(sum.users, users);
    }
  };
  const counted = loaded.sums.get(sumsName(from, to));
  if (counted !== undefined) counted.forEach(add);
  else for (const { start } of windowsOf({ start: from, end: to })) loaded.facts.get(start)?.issues.forEach(add);
  facts?.issues.forEach(add);
  return sums;
}

export function totalOf({ window, events, users, complete, lacks, silent }: WindowFacts): WindowTotal {
  return { start: window.start, events, users, complete, lacks, silent };
}
