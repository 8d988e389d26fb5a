import type { WindowFacts } from '../../model/alerting/facts.ts';
import type { Rule } from '../../model/alerting/rule.ts';
import type { Moment, Past } from '../judge/kind.ts';
import { spanText } from '../judge/parts/words.ts';
import { judge, type Judged, type Kinds } from '../judge/kinds.ts';
import { instants } from './instants.ts';
import type { Round, Step } from './working.ts';

export interface Rounds {
  readonly filter: string;
  readonly steps: readonly Step[];
  /** Newest window that was decided before now, start, epoch ms; null: none. */
  readonly newest: number | null;
  readonly kinds: Kinds;
  pastOf(step: Step): Past;
}

/** The windows of a fold, each of which judges a rule once. */
export function roundsOf({ filter, steps, newest, kinds, pastOf }: Rounds): readonly Round[] {
  const told = new Map<string, number>();
  const iso = instants();
  return steps.map((step): Round => {
    const past = pastOf(step);
    const momentBy = (facts: WindowFacts | null): Moment => ({
      filter,
      window: step.window,
      text: spanText(step.window),
      facts,
      issues: new Map(facts?.issues.map((it) => [it.id, it])),
      past,
    });
    const moment = momentBy(step.facts);
    const known = new Map<Rule, Judged>();
    return {
      step,
      moment,
      newest,
      iso,
      told,
      judge(rule, facts) {
        if (facts !== undefined) return judge(rule, momentBy(facts), kinds);
        const judged = known.get(rule) ?? judge(rule, moment, kinds);
        known.set(rule, judged);
        return judged;
      },
    };
  });
}
