import fc from 'fast-check';
import type { WindowFacts } from '../../../../src/core/model/alerting/facts.ts';
import type { Mute, Rule, Severity } from '../../../../src/core/model/alerting/rule.ts';
import type { ChannelPolicy, SendOutcome } from '../../../../src/core/ports/alerting/channel.ts';
import { ruleOf } from '../engine/rules.ts';
import { factsIn, issueIn } from '../stage.ts';
import { MINUTE, TEN } from '../tellings.ts';

export const CHANNELS = ['crm', 'boss'] as const;
const FILTERS = ['mail', 'shop'] as const;
const ISSUES = ['a', 'b', 'c'] as const;
const PERIOD = 5 * MINUTE;

/** What happens to filters with rules, and to those who are told, pass by pass, five minutes apart. */
export interface WholeHistory {
  readonly rules: readonly Rule[];
  /** Windows as they are counted, in the pass in which they are. */
  readonly passes: readonly (readonly WindowFacts[])[];
  /** What the channel `boss` answers to the posts of each pass; `crm` takes everything. */
  readonly answers: readonly (readonly SendOutcome['status'][])[];
  readonly policies: readonly ChannelPolicy[];
  readonly mutes: readonly Mute[];
}

/** A window as it happened, and when it was counted. */
export interface Happening {
  /** Events by issue. */
  readonly events: readonly number[];
  readonly isWhole: boolean;
  /** In so many passes after its own; null: in none. */
  readonly lateBy: number | null;
  /** Events of the first issue that came later: it is counted again two passes later. */
  readonly more: number;
}

/** Of a filter, by window from ten o'clock on. */
export type Story = readonly Happening[];

function happening(isOnTime: boolean): fc.Arbitrary<Happening> {
  return fc.record({
    events: fc.tuple(...ISSUES.map(() => fc.constantFrom(0, 0, 0, 3, 60, 101))),
    isWhole: fc.constantFrom(true, true, true, true, false),
    lateBy: isOnTime ? fc.constantFrom(0, 0, 0, 0, 0, 0, null) : fc.constantFrom(0, 0, 0, 0, 1, 3, 14, null),
    more: isOnTime ? fc.constant(0) : fc.constantFrom(0, 0, 0, 0, 60),
  });
}

/** What a window says: each issue begins in the first window in which it has events. */
function factsOf(story: Story, filter: string): readonly (readonly [pass: number, facts: WindowFacts])[] {
  const firsts = ISSUES.map((_, issue) => story.findIndex(({ events }) => events[issue]! > 0));
  return story.flatMap(({ events, isWhole, lateBy, more }, index) => {
    if (lateBy === null) return [];
    const counted = (revision: number): WindowFacts => {
      const counts = events.map((count, issue) => count + (issue === 0 && revision > 0 ? more : 0));
      const issues = ISSUES.flatMap((id, issue) => {
        const count = counts[issue]!;
        if (count === 0) return [];
        const firstSeen = TEN + Math.max(0, firsts[issue]!) * PERIOD;
        const trend = { trending: count > 70, score: 9, expected: 1 };
        const states = { isNew: firsts[issue] === index, isBack: count === 3 };
        return [issueIn(`${filter}-${id}`, count, { firstSeen, ...states, ...trend })];
      });
      let all = 0;
      for (const count of counts) all += count;
      const lacks = isWhole ? [] : (['totals', 'issues'] as const);
      const start = TEN + index * PERIOD;
      return factsIn(filter, start, { revision, events: all, users: all, issues, complete: isWhole, lacks });
    };
    const first = [index + lateBy, counted(0)] as const;
    return more === 0 ? [first] : [first, [index + lateBy + 2, counted(1)] as const];
  });
}

const quiet = fc.option(
  fc.record({
    from: fc.constantFrom(10 * 60, 10 * 60 + 20),
    to: fc.constantFrom(10 * 60 + 40, 11 * 60 + 10),
    zone: fc.constant('UTC'),
  }),
  { freq: 2 },
);

const rule: fc.Arbitrary<Rule> = fc
  .record({
    sentence: fc.constantFrom(
      ...['events > 20', 'events > 100', 'events > 100 in 15m', 'users > 50', 'trending'],
      ...['new', 'regressed', 'any', 'none for 15m', 'incomplete for 15m'],
    ),
    filter: fc.constantFrom(...FILTERS),
    tell: fc.constantFrom<readonly string[]>(['crm'], ['boss'], ['crm', 'boss']),
    hold: fc.integer({ min: 1, max: 2 }),
    clear: fc.integer({ min: 1, max: 3 }),
    repeatMs: fc.constantFrom(null, 3 * PERIOD),
    resolved: fc.boolean(),
    severity: fc.constantFrom<Severity>('critical', 'warning', 'info'),
    quiet,
  })
  .map(({ sentence, ...options }) => ruleOf(sentence, options));

const mute: fc.Arbitrary<Mute> = fc
  .record({
    what: fc.oneof(
      fc.record({ kind: fc.constant('filter' as const), name: fc.constantFrom(...FILTERS) }),
      fc.record({ kind: fc.constant('issue' as const), name: fc.constantFrom('mail-a', 'shop-b') }),
      fc.record({ kind: fc.constant('channel' as const), name: fc.constantFrom(...CHANNELS) }),
    ),
    from: fc.integer({ min: 0, max: 60 }),
    minutes: fc.integer({ min: 1, max: 60 }),
  })
  .map(({ what, from, minutes }) => {
    const since = TEN + from * MINUTE;
    const until = { kind: 'instant', at: since + minutes * MINUTE } as const;
    return { id: JSON.stringify([what, from]), what, since, until, why: 'we know' };
  });

const policy = (name: string): fc.Arbitrary<ChannelPolicy> =>
  fc.record({
    name: fc.constant(name),
    budget: fc.option(
      fc.record({ count: fc.integer({ min: 1, max: 4 }), perMs: fc.constantFrom(2 * PERIOD, 3_600_000) }),
    ),
    quiet,
    severity: fc.constantFrom<Severity>('info', 'info', 'warning'),
  });

const answer = fc.constantFrom<SendOutcome['status']>('accepted', 'accepted', 'retry', 'uncertain', 'refused');

/** `isOnTime`: each window is counted in its own pass and never again, or not at all. */
export function wholeHistory(isOnTime: boolean): fc.Arbitrary<WholeHistory> {
  const story = fc.array(happening(isOnTime), { minLength: 1, maxLength: 20 });
  return fc
    .record({
      stories: fc.tuple(...FILTERS.map(() => story)),
      rules: fc.uniqueArray(rule, { minLength: 1, maxLength: 6, selector: ({ filter, name }) => `${filter} ${name}` }),
      answers: fc.array(fc.array(answer, { maxLength: 4 }), { maxLength: 30 }),
      policies: fc.tuple(...CHANNELS.map(policy)),
      mutes: fc.array(mute, { maxLength: 2 }),
    })
    .map(({ stories, ...rest }) => ({ ...rest, passes: passesOf(stories) }));
}

/** What is counted in each pass, of all filters. */
function passesOf(stories: readonly Story[]): readonly (readonly WindowFacts[])[] {
  const passes: WindowFacts[][] = [];
  for (const [index, story] of stories.entries())
    for (const [pass, facts] of factsOf(story, FILTERS[index]!)) {
      while (passes.length <= pass) passes.push([]);
      passes[pass]!.push(facts);
    }
  return passes;
}
