import type { WindowFacts } from '../../model/alerting/facts.ts';
import type { Rule, RuleCase } from '../../model/alerting/rule.ts';
import { PERIOD_MS, type Window } from '../../model/window.ts';
import type { WindowTotal } from '../../ports/alerting/alert-store.ts';
import { pastOf, totalOf } from '../decide/past.ts';
import { workingFor } from '../decide/memory.ts';
import { fold } from '../fold/fold.ts';
import { roundsOf } from '../fold/rounds.ts';
import type { Step } from '../fold/working.ts';
import type { Past } from '../judge/kind.ts';
import { KINDS } from '../judge/kinds.ts';
import { caseFacts, caseWindow } from './case-facts.ts';

/** Who is told from the beginning. */
const TOLD = 'case';

/**
 * All that a rule tells in a worked case, in order: `fired@2`, `resolved@5`, `told@1`, `repeat@50`, `escalated@8`,
 * `unsteady@12`, `steady@30`; windows count from 1. It is decided as in a run. The events are those of the filter and
 * of its one issue, which has as many users as events. Windows before the first had no events, for sentences that count
 * over more than one; those that compare with the past, or want complete windows, know only the windows of the case.
 */
export function runCase(rule: Rule, { windows }: Pick<RuleCase, 'windows'>): readonly string[] {
  const facts = caseFacts(rule, windows);
  const steps = facts.map((it, index): Step => {
    return { window: caseWindow(index), facts: it, isFresh: true, before: null };
  });
  if (steps.length === 0) return [];
  const rounds = roundsOf({
    filter: rule.filter,
    steps,
    newest: null,
    kinds: KINDS,
    pastOf: (step) => casePast(rule, step, facts),
  });
  const { escalate } = rule;
  const later = escalate === undefined ? {} : { escalate: { ...escalate, tell: ['later'] } };
  const working = workingFor({ ...rule, tell: [TOLD], ...later });
  const none = new Map();
  const { pieces, faults } = fold({
    filter: rule.filter,
    rules: [working],
    gone: none,
    frozen: none,
    rounds,
    kinds: KINDS,
  });
  if (faults.length > 0) throw new Error(faults[0]!.error);
  const numberOf = ({ start }: Window): number => (start - caseWindow(0).start) / PERIOD_MS + 1;
  return pieces
    .filter(({ channels }) => channels.length > 0)
    .map(({ news, window, channels }) => {
      const word = news === 'firing' ? 'fired' : news;
      return `${channels.includes(TOLD) ? word : 'escalated'}@${numberOf(window)}`;
    });
}

function casePast(rule: Rule, step: Step, facts: readonly (WindowFacts | null)[]): Past {
  const counted = facts.filter((it): it is WindowFacts => it !== null && it.window.start <= step.window.start);
  const known = new Map(counted.map((it) => [it.window.start, it]));
  const totals = new Map(counted.map((it): [number, WindowTotal] => [it.window.start, totalOf(it)]));
  const past = pastOf(step, { totals, facts: known, sums: new Map(), issues: new Map() });
  if (rule.condition.kind !== 'events' && rule.condition.kind !== 'users') return past;
  return { ...past, totals: (span) => [...emptyBefore(span), ...past.totals(span)] };
}

/** Windows of the span that lie before the case. */
function emptyBefore({ start, end }: Window): readonly WindowTotal[] {
  const before = Math.min(end, caseWindow(0).start);
  return Array.from({ length: Math.max(0, before - start) / PERIOD_MS }, (_, index) => {
    return { start: start + index * PERIOD_MS, events: 0, users: 0, complete: true, lacks: [], silent: false };
  });
}
