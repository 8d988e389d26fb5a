import { isState } from '../../model/alerting/rule.ts';
import type { WindowFacts } from '../../model/alerting/facts.ts';
import { PERIOD_MS, type Window } from '../../model/window.ts';
import type { AlertTransaction, FilterSpan, IssueSum, WindowTotal } from '../../ports/alerting/alert-store.ts';
import { type Kinds, needsOf } from '../judge/kinds.ts';
import { loadIssues } from './load-issues.ts';
import { type Loaded, sumsName, totalOf } from './past.ts';
import { isMany, type Plan } from './plan.ts';

/** Reads what rules need of the past: as many statements as the filter that needs most has different spans. */
export async function load(
  trx: AlertTransaction,
  plans: readonly Plan[],
  kinds: Kinds,
): Promise<ReadonlyMap<string, Loaded>> {
  const totals = await rounds(
    plans,
    (it) => totalSpans(it, kinds),
    (asks) => trx.totals(asks),
  );
  const sums = await rounds(
    plans,
    (it) => sumSpans(it, kinds),
    (asks) => trx.sums(asks),
  );
  const loaded = new Map<string, Loaded>();
  for (const it of plans) {
    const counts = new Map((sums.get(it.filter) ?? []).map(([{ from, to }, found]) => [sumsName(from, to), found]));
    const past = { ...pastIn(it, totals.get(it.filter) ?? []), sums: counts };
    loaded.set(it.filter, { ...past, issues: await loadIssues(trx, it, past) });
  }
  return loaded;
}

/** NOTE: windows that are decided now count as they are now, whatever the store says of them yet. */
function pastIn(
  { kept, steps }: Plan,
  read: readonly (readonly [FilterSpan, readonly WindowTotal[]])[],
): Pick<Loaded, 'totals' | 'facts'> {
  const counted = steps.map(({ facts }) => facts).filter((it): it is WindowFacts => it !== null);
  const facts = new Map([...kept, ...counted].map((it) => [it.window.start, it]));
  const totals = read.flatMap(([, all]) => all).map((it): [number, WindowTotal] => [it.start, it]);
  return { facts, totals: new Map([...totals, ...[...facts].map(([start, it]) => [start, totalOf(it)] as const)]) };
}

/** Over all windows of the span, from the first one's begin to the last one's end. */
function totalSpans({ filter, rules, span }: Plan, kinds: Kinds): readonly FilterSpan[] {
  const [first, last] = [span.first, span.last].map((start): Window => ({ start, end: start + PERIOD_MS }));
  return rules.flatMap((rule) => {
    const ends = needsOf(rule, last!, kinds).totals;
    return needsOf(rule, first!, kinds).totals.map(({ start }, index) => ({
      filter,
      from: start,
      to: ends[index]!.end,
    }));
  });
}

/** Of one window all; of many only what is told once: states add up the windows that were read. */
function sumSpans({ filter, rules, steps, span }: Plan, kinds: Kinds): readonly FilterSpan[] {
  const asking = isMany(span) ? rules.filter(({ condition }) => !isState(condition)) : rules;
  const fresh = steps.filter(({ isFresh }) => isFresh);
  return fresh.flatMap(({ window }) =>
    asking.flatMap((rule) =>
      needsOf(rule, window, kinds).sums.map(({ start }) => ({ filter, from: start, to: window.start })),
    ),
  );
}

type Answers<T> = ReadonlyMap<string, readonly (readonly [FilterSpan, readonly T[]])[]>;

/** The first different span of every filter at once, then the second, and so on. */
async function rounds<T extends WindowTotal | IssueSum>(
  plans: readonly Plan[],
  spansOf: (plan: Plan) => readonly FilterSpan[],
  ask: (asks: readonly FilterSpan[]) => Promise<ReadonlyMap<string, readonly T[]>>,
): Promise<Answers<T>> {
  const spans = plans.map((it) => [
    ...new Map(spansOf(it).map((span) => [sumsName(span.from, span.to), span])).values(),
  ]);
  const answers = new Map<string, (readonly [FilterSpan, readonly T[]])[]>();
  for (let index = 0; spans.some(({ length }) => length > index); index++) {
    const asks = spans.flatMap((of) => of[index] ?? []);
    const found = await ask(asks);
    for (const it of asks)
      answers.set(it.filter, [...(answers.get(it.filter) ?? []), [it, found.get(it.filter) ?? []] as const]);
  }
  return answers;
}
