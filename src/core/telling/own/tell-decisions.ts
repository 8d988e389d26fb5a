import type { WindowFacts } from '../../model/alerting/facts.ts';
import type { Rule } from '../../model/alerting/rule.ts';
import type { GapPart } from '../../model/gap.ts';
import { DAY_MS, isoOf } from '../../model/window.ts';
import type { Decision, ToDecide } from '../../ports/alerting/decider.ts';
import type { Admin } from './admin.ts';

/** Hears of decisions what the admin should know. */
export interface DecisionWatch {
  /** Never rejects. */
  note(decision: Decision, decided: ToDecide): Promise<void>;
}

/** Tells of rules that break, and of what could not be judged for a day. */
export function watchDecisions(admin: Pick<Admin, 'tell' | 'tellDaily'>): DecisionWatch {
  /** By rule, the end of the last window by which it could be judged, epoch ms; at first where it was met. */
  const judged = new Map<string, number>();
  const blindSince = (rule: Rule, { window, lacks }: WindowFacts): number | null => {
    const part = partFor(rule);
    const key = `${rule.filter}/${rule.name}`;
    const known = judged.get(key) ?? window.start;
    if (part === null || !lacks.includes(part)) judged.set(key, Math.max(known, window.end));
    else judged.set(key, known);
    return window.end - judged.get(key)! >= DAY_MS ? judged.get(key)! : null;
  };
  return {
    async note({ filter, broken, unjudged, isOutdated }, { filter: { alerts = [] }, facts }) {
      for (const { rule, error } of broken)
        await admin.tell(
          `rule/${filter}/${rule}`,
          `The rule "${rule}" of ${filter} broke, and decides nothing: ${error}`,
        );
      if (isOutdated) return;
      for (const [rule, all] of Map.groupBy(unjudged, (it) => it.rule))
        await admin.tellDaily(
          `unjudged/${filter}/${rule}`,
          `The rule "${rule}" of ${filter} could not be judged within a day for ${some(all)}, and is not told of it. ` +
            'What else is so in the next 24 hours is not said.',
        );
      for (const rule of alerts) {
        const since = blindSince(rule, facts);
        if (since !== null)
          await admin.tellDaily(
            `blind/${filter}/${rule.name}`,
            `The rule "${rule.name}" of ${filter} could not be judged since ${isoOf(since)}: ` +
              `each report lacks its ${partFor(rule)!}.`,
          );
      }
    },
  };
}

/** As many as are read. */
const MOST = 10;

function some(all: readonly { readonly subject: string }[]): string {
  const more = all.length > MOST ? ` and ${all.length - MOST} more` : '';
  return `${all
    .slice(0, MOST)
    .map(({ subject }) => subject)
    .join(', ')}${more}`;
}

/** What a sentence needs of a report; null: that something is missing is what it tells of. */
function partFor({ condition, each }: Rule): GapPart | null {
  switch (condition.kind) {
    case 'incomplete':
      return null;
    case 'trending':
      return 'baselines';
    case 'new':
    case 'regressed':
    case 'title':
      return 'details';
    case 'any':
    case 'unticketed':
    case 'top':
      return 'issues';
    default:
      return each === 'issue' ? 'issues' : 'totals';
  }
}
