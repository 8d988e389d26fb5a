import type { Subject } from '../../model/alerting/alert.ts';
import type { Rule, Severity } from '../../model/alerting/rule.ts';

/** What a filter's rules have come to after a window: the whole memory of the fold. */
export interface FilterState {
  readonly rules: ReadonlyMap<string, RuleState>;
}

/** A rule, and what it has come to. */
export interface RuleState {
  /** Start of the first window that it was evaluated for, epoch ms. */
  readonly first: number;
  /** The sentence without its numbers: what has the same takes over when they change. */
  readonly shape: string;
  /** Under this name it is remembered who was told: the one that it had at first. */
  readonly key: string;
  readonly sentence: string;
  readonly severity: Severity;
  /** Who is told of it, at once or later. */
  readonly tell: readonly string[];
  /** Those that are not as if they never had an event. */
  readonly subjects: ReadonlyMap<string, SubjectState>;
  /** Of `new`: issues of which it was not known when they were first seen. */
  readonly undecided: ReadonlyMap<string, Undecided>;
}

export interface Undecided {
  /** Start of the window in which it had events, epoch ms, and how many. */
  readonly at: number;
  readonly events: number;
}

/** How a state rule stands to one subject. */
export interface SubjectState {
  /** It holds in so many windows in a row, since the one that starts then (epoch ms). */
  readonly over: number;
  readonly since: number | null;
  /** It does not hold in so many windows in a row. */
  readonly quiet: number;
  readonly isOn: boolean;
  /** Starts of the windows of the last hour in which it began or ended. */
  readonly changes: readonly number[];
  /** It changes too often to be told each time. */
  readonly isUnsteady: boolean;
  /** Null: nobody need be told of an end. */
  readonly episode: Episode | null;
}

/** What people were told, or would be, from the begin to the end. */
export interface Episode {
  /** NOTE: shared by all states of the episode, so that one that turns out to be known gets its known id everywhere. */
  readonly ref: { id: string };
  readonly since: number;
  /** End of the window in which it began: repeats count from there. */
  readonly from: number;
  /** Repeats so far. */
  readonly repeats: number;
  readonly told: readonly string[];
  readonly subject: Subject;
  /** Of the newest window in which it could be told. */
  readonly known: { readonly end: number; readonly value: number | null; readonly limit: number | null };
}

/** Of a subject that never had an event. */
export const NEVER: SubjectState = {
  over: 0,
  since: null,
  quiet: 0,
  isOn: false,
  changes: [],
  isUnsteady: false,
  episode: null,
};

/** Nothing of it need be remembered. */
export function isIdle({ over, isOn, changes, isUnsteady, episode }: SubjectState): boolean {
  return over === 0 && !isOn && changes.length === 0 && !isUnsteady && episode === null;
}

/** What of a rule is no number. */
export function shapeOf({ condition, each }: Rule): string {
  return JSON.stringify([condition.kind, each, condition.kind === 'title' ? condition.text : '']);
}
