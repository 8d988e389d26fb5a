import fc from 'fast-check';
import type { WindowFacts } from '../../../../src/core/model/alerting/facts.ts';
import type { Rule } from '../../../../src/core/model/alerting/rule.ts';
import { factsIn, issueIn } from '../stage.ts';
import { at } from './engine.ts';
import { ruleOf } from './rules.ts';

/** What happened in a window; null: it was not counted. */
type Happening = { readonly issues: readonly number[]; readonly isWhole: boolean; readonly isTrending: boolean } | null;

const ISSUES = ['a', 'b', 'c'] as const;

const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 7,
    arbitrary: fc.record({
      issues: fc.tuple(...ISSUES.map(() => fc.constantFrom(0, 0, 3, 60, 101))),
      isWhole: fc.constantFrom(true, true, true, false),
      isTrending: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.constant(null) },
);

export const happenings = fc.array(happening, { minLength: 1, maxLength: 30 });

/** Each issue begins in the first window in which it has events. */
export function factsOf(all: readonly Happening[]): readonly WindowFacts[] {
  const firsts = ISSUES.map((_, issue) => all.findIndex((it) => (it?.issues[issue] ?? 0) > 0));
  return all.flatMap((it, index) => {
    if (it === null) return [];
    const issues = ISSUES.flatMap((id, issue) => {
      const events = it.issues[issue]!;
      const first = firsts[issue]!;
      const trend = { trending: it.isTrending && events > 50, score: 9, expected: 1 };
      return events === 0
        ? []
        : [issueIn(id, events, { isNew: first === index, firstSeen: at(first + 1), isBack: events === 3, ...trend })];
    });
    const events = issues.reduce((sum, issue) => sum + issue.events, 0);
    const lacks = it.isWhole ? [] : (['totals', 'issues'] as const);
    return [factsIn('crm', at(index + 1), { events, users: events, issues, complete: it.isWhole, lacks })];
  });
}

/** One of each kind, with the options that change when something is told. */
export const RULES: readonly Rule[] = [
  ruleOf('events > 100'),
  ruleOf('events > 20', { hold: 2, clear: 2, tell: ['ops', 'boss'], repeatMs: 900_000 }),
  ruleOf('events > 0', { each: 'issue', clear: 1, resolved: false }),
  ruleOf('events > 100 in 15m'),
  ruleOf('events > 200', {
    each: 'issue',
    name: 'issue-sums',
    condition: { kind: 'events', above: 100, spanMs: 900_000 },
  }),
  ruleOf('users > 50'),
  ruleOf('trending', { clear: 2 }),
  ruleOf('new', { tell: ['ops', 'boss'] }),
  ruleOf('regressed'),
  ruleOf('any', { repeatMs: 1_200_000 }),
  ruleOf('title has "card"', { condition: { kind: 'title', text: 'number a' } }),
  ruleOf('none for 15m'),
  ruleOf('incomplete for 15m'),
];
