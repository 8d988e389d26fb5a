import type { Subject } from '../../model/alerting/alert.ts';
import type { IssueFacts, WindowFacts } from '../../model/alerting/facts.ts';
import type { Rule, RuleKind } from '../../model/alerting/rule.ts';
import type { Window } from '../../model/window.ts';
import type { IssueSum, WindowTotal } from '../../ports/alerting/alert-store.ts';

/** What a rule finds of one subject in one window. */
export interface Judgement {
  readonly subject: Subject;
  /** Null: it cannot be told, for want of something that the sentence needs. */
  readonly holds: boolean | null;
  readonly value: number | null;
  readonly limit: number | null;
  readonly expected: number | null;
  /** The value is a lower bound. */
  readonly atLeast: boolean;
  /** One plain sentence with the numbers. */
  readonly why: string;
}

/** One window of a filter, as a rule looks at it. */
export interface Moment {
  readonly filter: string;
  readonly window: Window;
  /** The window for people. */
  readonly text: string;
  /** Null: it was not counted. */
  readonly facts: WindowFacts | null;
  readonly issues: ReadonlyMap<string, IssueFacts>;
  readonly past: Past;
}

/** What was kept of a filter, as far as its rules need it. This window counts as past, too. */
export interface Past {
  /** Windows that start in the span, those that were counted, in order. */
  totals(span: Window): readonly WindowTotal[];
  /** Counts by issue over the span. */
  sums(span: Window): ReadonlyMap<string, IssueSum>;
  /** What is known of an issue that has no events in this window. */
  issue(id: string): IssueFacts | undefined;
}

/** The spans of which a rule needs something in a window; the same number of them in every window. */
export interface Needs {
  readonly totals: readonly Window[];
  readonly sums: readonly Window[];
}

/** A rule with a sentence of that kind. */
export type RuleOf<K extends RuleKind> = Rule & { readonly condition: { readonly kind: K } };

/** What a sentence means. Pure. */
export interface Kind<K extends RuleKind = RuleKind> {
  /** Absent: nothing but the window itself. */
  needs?(rule: RuleOf<K>, window: Window): Needs;
  /** Ids of issues for which it may hold; absent: those with events in the window. */
  ids?(rule: RuleOf<K>, moment: Moment): Iterable<string>;
  /** Quickly, whether it may hold for an issue; absent: it may. */
  mayHold?(rule: RuleOf<K>, issue: IssueFacts): boolean;
  /** What judges a subject; of a rule that speaks of the filter its id is the filter's name. */
  judge(rule: RuleOf<K>, moment: Moment): (id: string) => Judgement;
  /** For people, what ends it; null: it is told once. */
  endsWhen(rule: RuleOf<K>): string | null;
}
