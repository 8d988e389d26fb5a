import type { Rule } from '../../../../src/core/model/alerting/rule.ts';
import { counted, has } from './holds.ts';
import { DAY, firstOf, ISSUES, startOf, titleOf, type World } from './world.ts';

/** Windows of which people are told of an issue, by a sentence without an end. */
export function told(all: World, rule: Rule, issue: number): readonly number[] {
  const windows: number[] = [];
  for (const window of counted(all)) if (isTold(all, rule, { issue, window, before: windows })) windows.push(window);
  return windows;
}

interface Turn {
  readonly issue: number;
  readonly window: number;
  /** Of which people were told before. */
  readonly before: readonly number[];
}

function isTold(all: World, rule: Rule, { issue, window, before }: Turn): boolean {
  const { condition, min, repeatMs } = rule;
  const { lacks, events, back } = all[window]!;
  if (lacks === null) return false;
  const count = events[issue]!;
  if (condition.kind === 'top') return before.length === 0 && isAmongFirst(all, rule, issue, window);
  if (count === 0 || count < min) return false;
  const isKnown = !lacks.includes('details');
  const last = before.at(-1);
  const isSoon = last !== undefined && (repeatMs === null || startOf(window) - startOf(last) < repeatMs);
  switch (condition.kind) {
    case 'new':
      return firstOf(all, issue) === window && (isKnown || isLearned(all, issue, window));
    case 'regressed':
      return isKnown && back[issue]!;
    case 'any':
      return !isSoon;
    case 'title':
      return !isSoon && isKnown && titleOf(issue).toLowerCase().includes(condition.text.toLowerCase());
    default:
      throw new Error(condition.kind);
  }
}

/** Within a day somebody learned when it was first seen. */
function isLearned(all: World, issue: number, window: number): boolean {
  for (const later of counted(all)) {
    if (later <= window || startOf(later) - startOf(window) > DAY) continue;
    const { events, lacks } = all[later]!;
    if (events[issue]! > 0 && lacks !== null && !lacks.includes('details')) return true;
  }
  return false;
}

function isAmongFirst(all: World, { condition, min }: Rule, issue: number, window: number): boolean {
  if (condition.kind !== 'top' || !has(all, window, 'issues')) return false;
  const today = Math.floor(startOf(window) / DAY) * DAY;
  const sums = ISSUES.map(() => 0);
  for (let other = 0; other <= window; other++) {
    if (startOf(other) < today - condition.spanMs || all[other]!.lacks === null) continue;
    for (const [at, events] of all[other]!.events.entries()) sums[at] = sums[at]! + events;
  }
  const own = sums[issue]!;
  let better = 0;
  // Of as many events the one whose name comes first.
  for (const [at, sum] of sums.entries()) if (sum > own || (sum === own && at < issue)) better++;
  const inWindow = all[window]!.events[issue]!;
  return own > condition.above && better < condition.first && inWindow >= min;
}
