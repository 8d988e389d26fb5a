import type { WindowFacts } from '../../model/alerting/facts.ts';
import type { Escalation, Rule } from '../../model/alerting/rule.ts';
import type { Window } from '../../model/window.ts';
import type { KeptAlert, Told } from '../../ports/alerting/alert-store.ts';
import type { Moment } from '../judge/kind.ts';
import type { Judged } from '../judge/kinds.ts';
import type { Piece } from './piece.ts';
import { isIdle, type RuleState, shapeOf, type SubjectState, type Undecided } from './state.ts';

/** One window of the fold. */
export interface Step {
  readonly window: Window;
  /** Null: it was not counted. */
  readonly facts: WindowFacts | null;
  /** It is decided now, for the first time or anew; the others only lie between. */
  readonly isFresh: boolean;
  /** As it was counted before; null: it was not. */
  readonly before: WindowFacts | null;
}

/** A rule with its memory while the fold goes on. */
export interface Working {
  readonly rule: Rule;
  /** What was told is remembered under this name. */
  readonly key: string;
  /** Null until its first window. */
  first: number | null;
  /** It is not evaluated for windows that start before, epoch ms. */
  readonly begin: number;
  /** Who was told before; of windows that were decided then nobody else is. Null: it is new. */
  readonly toldBefore: readonly string[] | null;
  readonly subjects: Map<string, SubjectState>;
  readonly undecided: Map<string, Undecided>;
  /** What people know of it, by subject. */
  readonly known: ReadonlyMap<string, readonly KeptAlert[]>;
}

/** What all rules of a filter share in one window. */
export interface Round {
  readonly step: Step;
  readonly moment: Moment;
  /** Newest window that was decided before now, start, epoch ms; null: none. */
  readonly newest: number | null;
  /** Judges this window, or the same as it was counted before. */
  judge(rule: Rule, facts?: WindowFacts): Judged;
  /** ISO of an instant. */
  iso(at: number): string;
  /** By the name of a told key, the end of the window of the last telling, epoch ms. It grows with the fold. */
  readonly told: Map<string, number>;
}

/** What one rule comes to in one window. */
export interface Outcome {
  readonly pieces: readonly Piece[];
  readonly told: readonly Told[];
  readonly faults: readonly string[];
  /** Subjects that could not be judged for a day. */
  readonly unjudged: readonly string[];
}

/** Who is told of a window, of those that a rule tells. */
export function channelsFor(
  { rule, toldBefore }: Working,
  { step, newest }: Round,
  tell: readonly string[] = rule.tell,
): readonly string[] {
  const wasDecided = newest !== null && step.window.start <= newest && toldBefore !== null;
  return wasDecided ? tell.filter((it) => toldBefore.includes(it)) : tell;
}

/** Who is told of what lasts for long in a window; null: nobody else. */
export function escalationFor(working: Working, round: Round): Escalation | null {
  const { escalate } = working.rule;
  return escalate === undefined ? null : { ...escalate, tell: channelsFor(working, round, escalate.tell) };
}

/** What a rule has come to, to be kept. It had its first window. */
export function stateOf({ rule, key, first, subjects, undecided }: Working): RuleState {
  const { sentence, severity } = rule;
  const tell = [...rule.tell, ...(rule.escalate?.tell ?? [])];
  const kept = new Map([...subjects].filter(([, state]) => !isIdle(state)));
  return {
    first: first!,
    shape: shapeOf(rule),
    key,
    sentence,
    severity,
    tell,
    subjects: kept,
    undecided: new Map(undecided),
  };
}
