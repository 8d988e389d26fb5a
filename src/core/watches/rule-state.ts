import type { WatchRule } from '../model/watches/watch-plan.ts';
import type { KeptWatch } from '../ports/watches/watch-store.ts';
import type { WatchValue } from '../ports/watches/watch.ts';

/** What a rule of a watch has come to. Plain data. */
export interface RuleState {
  /** Answers in a row that are so, and that are not. */
  readonly hits: number;
  readonly misses: number;
  /** Begin of what lasts, epoch ms; null: nothing does. */
  readonly since: number | null;
  /** When it was told last, epoch ms. */
  readonly toldAt: number;
  /** Tellings of what lasts so far. */
  readonly count: number;
  /** The last value, as text; null: there was none. */
  readonly was: string | null;
}

export const FRESH: RuleState = { hits: 0, misses: 0, since: null, toldAt: 0, count: 0, was: null };

/** What is to be told now; null: nothing. */
export type WatchNews = 'firing' | 'repeat' | 'resolved' | 'told';

/** A look that is over. */
export interface Look {
  /** Epoch ms. */
  readonly at: number;
  /** Null: it failed. */
  readonly value: WatchValue | null;
  /** With what came of this look. */
  readonly kept: Pick<KeptWatch, 'good' | 'since'>;
}

/** One step of a rule. Pure. */
export function stepRule(
  rule: WatchRule,
  before: RuleState,
  look: Look,
): { readonly state: RuleState; readonly news: WatchNews | null; readonly since: number | null } {
  const { condition } = rule;
  if (condition.kind === 'changes') return stepChange(condition.to, before, look);
  const holds = holdsIn(rule, look);
  if (holds === null) return { state: before, news: null, since: before.since };
  return holds ? stepHit(rule, before, look.at) : stepMiss(rule, before);
}

/** Null: this look says nothing about it. */
function holdsIn({ condition }: WatchRule, { at, value, kept }: Look): boolean | null {
  switch (condition.kind) {
    case 'stale':
      return value === null && at - (kept.good?.at ?? kept.since) >= condition.spanMs;
    case 'above':
      return typeof value === 'number' ? value > condition.limit : null;
    case 'below':
      return typeof value === 'number' ? value < condition.limit : null;
    case 'changes':
      return null;
  }
}

/** The edge: what was so before is not told again; the first value ever is one. */
function stepChange(to: string, before: RuleState, { at, value }: Look): ReturnType<typeof stepRule> {
  if (value === null) return { state: before, news: null, since: null };
  const text = String(value);
  const isNews = text === to && before.was !== to;
  return {
    state: { ...before, was: text, toldAt: isNews ? at : before.toldAt },
    news: isNews ? 'told' : null,
    since: at,
  };
}

function stepHit({ hold, repeatMs }: WatchRule, before: RuleState, at: number): ReturnType<typeof stepRule> {
  const hit = { ...before, hits: before.hits + 1, misses: 0 };
  if (before.since === null) {
    if (hit.hits < hold) return { state: hit, news: null, since: null };
    return { state: { ...hit, since: at, toldAt: at, count: 1 }, news: 'firing', since: at };
  }
  if (repeatMs === null || at - before.toldAt < repeatMs) return { state: hit, news: null, since: before.since };
  return { state: { ...hit, toldAt: at, count: before.count + 1 }, news: 'repeat', since: before.since };
}

function stepMiss({ clear, condition }: WatchRule, before: RuleState): ReturnType<typeof stepRule> {
  const miss = { ...before, hits: 0, misses: before.misses + 1 };
  const enough = condition.kind === 'stale' ? 1 : clear;
  if (before.since === null || miss.misses < enough) return { state: miss, news: null, since: before.since };
  return { state: { ...FRESH, misses: miss.misses, count: before.count }, news: 'resolved', since: before.since };
}
