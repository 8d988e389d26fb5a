import fc from 'fast-check';
import type { IssueFacts, WindowFacts } from '../../../../src/core/model/alerting/facts.ts';
import type { GapPart } from '../../../../src/core/model/gap.ts';
import { factsIn, issueIn } from '../stage.ts';
import { HOUR, MINUTE } from '../tellings.ts';

export const PERIOD = 5 * MINUTE;
/** Two hours before midnight: histories pass it. */
export const FIRST = Date.UTC(2026, 10, 20, 22);
export const ISSUES = ['a', 'b', 'c', 'd'] as const;

/** What truly happened in five minutes, and what of it was counted. */
export interface Minutes {
  /** Events by issue. */
  readonly events: readonly number[];
  /** Issues that trend, and that came back. */
  readonly trends: readonly boolean[];
  readonly back: readonly boolean[];
  readonly score: number;
  /** Null: nobody counted the window. */
  readonly lacks: readonly GapPart[] | null;
  readonly isSilent: boolean;
}
export type World = readonly Minutes[];

const flags = (weight: number): fc.Arbitrary<readonly boolean[]> =>
  fc.tuple(...ISSUES.map(() => fc.nat({ max: weight }).map((it) => it === 0)));

const lacks: fc.Arbitrary<readonly GapPart[] | null> = fc.oneof(
  { weight: 9, arbitrary: fc.constant([]) },
  { weight: 3, arbitrary: fc.subarray<GapPart>(['totals', 'issues', 'details', 'baselines'], { minLength: 1 }) },
  { weight: 2, arbitrary: fc.constant(null) },
);

const count = fc.oneof(
  { weight: 5, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 4 }) },
  { weight: 2, arbitrary: fc.constantFrom(5, 19, 20, 21, 60, 99, 100, 101) },
);

const minutes: fc.Arbitrary<Minutes> = fc.record({
  events: fc.tuple(...ISSUES.map(() => count)),
  trends: flags(1),
  back: flags(4),
  score: fc.constantFrom(3, 5, 9),
  lacks,
  isSilent: fc.nat({ max: 9 }).map((it) => it === 0),
});

/** Stretches of one kind, so that silence lasts, and states hold. */
const stretches: fc.Arbitrary<World> = fc
  .array(fc.tuple(minutes, fc.constantFrom(1, 1, 1, 2, 3, 5, 8)), { minLength: 1, maxLength: 24 })
  .map((all) => all.flatMap(([one, times]) => Array<Minutes>(times).fill(one)));

/** Two kinds in turn, so that states change with every window, and then one for more or less than an hour. */
const flapping: fc.Arbitrary<World> = fc
  .tuple(minutes, minutes, fc.integer({ min: 3, max: 9 }), minutes, fc.integer({ min: 9, max: 16 }), stretches)
  .map(([one, other, times, last, rest, more]) => [
    ...Array<readonly Minutes[]>(times).fill([one, other]).flat(),
    ...Array<Minutes>(rest).fill(last),
    ...more,
  ]);

export const world: fc.Arbitrary<World> = fc.oneof(
  { weight: 4, arbitrary: stretches },
  { weight: 1, arbitrary: flapping },
);

export function startOf(index: number): number {
  return FIRST + index * PERIOD;
}

/** The first window in which an issue truly had events; -1: none. */
export function firstOf(all: World, issue: number): number {
  return all.findIndex(({ events }) => events[issue]! > 0);
}

/** As a source counts them. */
export function factsOf(all: World): readonly WindowFacts[] {
  return all.flatMap((one, index) => {
    if (one.lacks === null) return [];
    let events = 0;
    for (const some of one.events) events += some;
    const silent = one.isSilent && events === 0;
    const parts = silent ? [...new Set<GapPart>([...one.lacks, 'totals'])] : one.lacks;
    const complete = !parts.includes('totals') && !parts.includes('issues');
    const issues = ISSUES.flatMap((_, issue) => (one.events[issue] === 0 ? [] : [rowOf(all, index, issue)]));
    const counts = { events, users: events, complete, lacks: parts, silent };
    return [factsIn('crm', startOf(index), { ...counts, issues })];
  });
}

function rowOf(all: World, index: number, issue: number): IssueFacts {
  const { events, trends, back, score, lacks: parts } = all[index]!;
  const first = firstOf(all, issue);
  const isKnown = !parts!.includes('details');
  return issueIn(ISSUES[issue]!, events[issue]!, {
    title: isKnown ? titleOf(issue) : null,
    firstSeen: isKnown ? startOf(first) + MINUTE : null,
    isNew: isKnown ? first === index : null,
    isBack: isKnown ? back[issue]! : null,
    trending: trends[issue]!,
    score,
    expected: 1,
  });
}

export function titleOf(issue: number): string {
  return issue % 2 === 0 ? `Card declined by ${issue}` : `TypeError: ${issue}`;
}

export const DAY = 24 * HOUR;
