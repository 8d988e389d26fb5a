import type { Telling } from '../../../model/alerting/alert.ts';
import type { Deploy } from '../../../model/alerting/deploy.ts';
import type { RuleKind } from '../../../model/alerting/rule.ts';
import { PERIOD_MS } from '../../../model/window.ts';
import { minuteText } from '../../words/times.ts';
import { type Around, ruleKey } from './around.ts';

/** What a release is likely to bring about. */
const COLLECTED: ReadonlySet<RuleKind> = new Set(['new', 'regressed', 'trending']);

/** The last window of a mark's time is settled and decided by then, ms after its end. */
const DECIDED_MS = 2 * PERIOD_MS;

/**
 * The release in whose time an alert began and was decided; undefined: none. What is critical waits for nobody. All
 * news of an alert are of the same release, so that none overtakes the first.
 */
export function deployOf(
  { alert, rule, decidedAt }: Pick<Telling, 'alert' | 'rule' | 'decidedAt'>,
  { deploys = [], rules }: Pick<Around, 'deploys' | 'rules'>,
): Deploy | undefined {
  const { filter, team, severity } = alert;
  if (deploys.length === 0 || severity === 'critical') return undefined;
  const kind = rules.get(ruleKey({ filter, rule }))?.condition?.kind;
  if (kind === undefined || !COLLECTED.has(kind)) return undefined;
  const start = Date.parse(alert.since);
  return deploys.find(({ what, since, until }) => {
    const isOf = what.name === (what.kind === 'filter' ? filter : team);
    return isOf && start + PERIOD_MS > since && start < until && decidedAt < until + DECIDED_MS;
  });
}

/** Why it waits; null: the release is over. */
export function deployHold({ release, until }: Deploy, now: number): string | null {
  const over = until + DECIDED_MS;
  if (now >= over) return null;
  return `release ${release}: what is new is told together at ${minuteText(over)}`;
}

/** What is said before all that came with it. */
export function deployText({ release }: Deploy): string {
  return `After release ${release}`;
}
