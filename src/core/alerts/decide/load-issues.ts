import type { IssueFacts } from '../../model/alerting/facts.ts';
import type { AlertTransaction } from '../../ports/alerting/alert-store.ts';
import { chunks } from '../../model/chunks.ts';
import { isExcepted } from '../judge/parts/except.ts';
import type { RuleOf } from '../judge/kind.ts';
import { byEvents, topSpan } from '../judge/top.ts';
import { pastOf, type Loaded } from './past.ts';
import type { Plan } from './plan.ts';

/** Issues asked for at once while it is looked for the first ones that are not excepted. */
const AT_ONCE = 500;

/** What is known of issues that have no row in a window: those of `top`, and those that may be new. */
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
  for (const rule of plan.rules)
    if (rule.condition.kind === 'top') await readTop(rule as RuleOf<'top'>, plan, { ...loaded, issues }, read);
  return issues;
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
