import type { Judgement, Moment } from '../../../../src/core/alerts/judge/kind.ts';
import { judge, KINDS } from '../../../../src/core/alerts/judge/kinds.ts';
import type { IssueFacts, WindowFacts } from '../../../../src/core/model/alerting/facts.ts';
import type { Rule } from '../../../../src/core/model/alerting/rule.ts';
import type { IssueSum, WindowTotal } from '../../../../src/core/ports/alerting/alert-store.ts';
import { factsIn } from '../stage.ts';
import { at } from './engine.ts';

/** What lies before the window that is judged. */
export interface Before {
  /** Totals of windows, by how many windows they lie before it. */
  readonly totals?: Readonly<Record<number, Partial<WindowTotal>>>;
  /** Counts over any span, this window included. */
  readonly sums?: readonly IssueSum[];
  readonly issues?: readonly IssueFacts[];
}

/** Judges the window that starts at 10:00 UTC: the one subject that is asked for. */
export function judgeAt(rule: Rule, facts: Partial<WindowFacts> | null, id = 'crm', before: Before = {}): Judgement {
  const window = { start: at(1), end: at(2) };
  const counted = facts === null ? null : factsIn('crm', at(1), facts);
  const totals = Object.entries(before.totals ?? {}).map(([ago, it]): WindowTotal => {
    const whole = { events: 0, users: 0, complete: true, lacks: [], silent: false };
    return { start: at(1 - Number(ago)), ...whole, ...it };
  });
  const sums = new Map((before.sums ?? []).map((it) => [it.id, it]));
  const known = new Map((before.issues ?? []).map((it) => [it.id, it]));
  const moment: Moment = {
    filter: 'crm',
    window,
    text: '10:00–10:05 UTC',
    facts: counted,
    issues: new Map(counted?.issues.map((it) => [it.id, it])),
    past: {
      totals: ({ start, end }) => totals.filter((it) => it.start >= start && it.start < end),
      sums: () => sums,
      issue: (issue) => known.get(issue),
    },
  };
  const judged = judge(rule, moment, KINDS);
  const { holding, of } = judged;
  const found = of(id);
  if (holding.some(({ subject }) => subject.id === id) !== (found.holds === true))
    throw new Error(`${id} is among those for which it holds, or judged so, but not both`);
  return found;
}
