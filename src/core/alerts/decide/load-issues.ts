import type { IssueFacts } from '../../model/alerting/facts.ts';
import type { Rule } from '../../model/alerting/rule.ts';
import { chunks } from '../../model/chunks.ts';
import type { AlertTransaction } from '../../ports/alerting/alert-store.ts';
import type { RuleOf } from '../judge/kind.ts';
import { isExcepted } from '../judge/parts/except.ts';
import { hasSpan, spanTo } from '../judge/parts/spans.ts';
import { byEvents, topSpan } from '../judge/top.ts';
import type { Step } from '../fold/working.ts';
import { pastOf, type Loaded, sumsName } from './past.ts';
import { isMany, type Plan } from './plan.ts';

/** Issues asked for at once while it is looked for the first ones that are not excepted. */
const AT_ONCE = 500;

/**
 * What is known of issues that have no row in a window: those of `top`, those that may be new, and those that have
 * enough over several windows.
 */
export async function loadIssues(
  trx: AlertTransaction,
  plan: Plan,
  loaded: Omit<Loaded, 'issues'>,
): Promise<ReadonlyMap<string, IssueFacts>> {
  const issues = new Map<string, IssueFacts>();
  const read = async (ids: readonly string[]): Promise<void> => {
    const missing = ids.filter((id) => !issues.has(id));
    if (missing.length > 0) for (const [id, it] of await trx.issues(plan.filter, missing)) issues.set(id, it);
  };
  await read(undecidedIn(plan));
  for (const rule of plan.rules) {
    if (rule.condition.kind === 'top') await readTop(rule as RuleOf<'top'>, plan, { ...loaded, issues }, read);
    if (isCounting(rule) && rule.each === 'issue' && hasSpan(rule)) await read(enoughOver(rule, plan, loaded));
  }
  return issues;
}

function isCounting(rule: Rule): rule is RuleOf<'events' | 'users'> {
  return rule.condition.kind === 'events' || rule.condition.kind === 'users';
}

/** Ids of issues that have more than the rule says over all that was read for it: at least those without a row. */
function enoughOver(
  { condition: { kind, above, spanMs } }: RuleOf<'events' | 'users'>,
  { steps, span }: Plan,
  { sums, facts }: Omit<Loaded, 'issues'>,
): readonly string[] {
  const counts = new Map<string, number>();
  const add = (id: string, count: number): void => {
    const before = counts.get(id) ?? 0;
    counts.set(id, kind === 'events' ? before + count : Math.max(before, count));
  };
  const [{ window }] = steps as [Step];
  const counted = isMany(span)
    ? [...facts.values()].flatMap(({ issues }) => issues)
    : (sums.get(sumsName(spanTo(window, spanMs).start, window.start)) ?? []);
  for (const it of counted) add(it.id, it[kind]);
  if (kind === 'users')
    for (const { issues } of steps.flatMap((step) => step.facts?.spans.filter((it) => it.spanMs === spanMs) ?? []))
      for (const [id, users] of Object.entries(issues)) add(id, users);
  const rows = new Set(isMany(span) ? [] : steps[0]?.facts?.issues.map(({ id }) => id));
  return [...counts].filter(([id, count]) => count > above && !rows.has(id)).map(([id]) => id);
}

function undecidedIn({ base, prior, rules }: Plan): readonly string[] {
  if (!rules.some(({ condition }) => condition.kind === 'new')) return [];
  return [base, prior].flatMap((state) => [...(state?.rules.values() ?? [])].flatMap((it) => [...it.undecided.keys()]));
}

/** In the order of their counts, until there are as many as the rule names. */
async function readTop(
  rule: RuleOf<'top'>,
  { steps }: Plan,
  loaded: Loaded,
  read: (ids: readonly string[]) => Promise<void>,
): Promise<void> {
  for (const step of steps.filter(({ isFresh }) => isFresh)) {
    const sums = pastOf(step, loaded).sums(topSpan(rule, step.window));
    let left = rule.condition.first;
    for (const some of chunks(byEvents(sums.values(), rule.condition.above), AT_ONCE)) {
      if (left <= 0) break;
      const asked = rule.except.length === 0 ? some.slice(0, left) : some;
      await read(asked.map(({ id }) => id));
      const isOut = (id: string): boolean => {
        const issue = loaded.issues.get(id);
        return issue !== undefined && isExcepted(rule, issue) === true;
      };
      left -= asked.filter(({ id }) => !isOut(id)).length;
    }
  }
}
