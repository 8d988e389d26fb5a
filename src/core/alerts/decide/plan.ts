import type { WindowFacts } from '../../model/alerting/facts.ts';
import { isState, type Rule } from '../../model/alerting/rule.ts';
import { PERIOD_MS } from '../../model/window.ts';
import type { AlertTransaction, FilterHead, KeptAlert, KeptState } from '../../ports/alerting/alert-store.ts';
import type { Step } from '../fold/working.ts';
import { type InForce, inForce } from '../fold/rules-in-force.ts';
import { stateFromJson } from '../fold/state-json.ts';
import type { FilterState } from '../fold/state.ts';
import { type Kinds, needsOf } from '../judge/kinds.ts';
import type { FreshWindow } from './ask.ts';
import { type Span, spanOf, stepsOf } from './replay.ts';

/** What is to be decided of one filter. */
export interface Task {
  readonly filter: string;
  readonly rules: readonly Rule[];
  readonly head: FilterHead | null;
  /** By their start. */
  readonly fresh: readonly FreshWindow[];
  /** Names of rules that stay as they are. */
  readonly frozen: readonly string[];
}

/** A task with what was kept of its filter. */
export interface Plan extends Task {
  readonly span: Span;
  readonly steps: readonly Step[];
  /** Where the fold begins, and what was kept last. */
  readonly base: FilterState | null;
  readonly prior: FilterState | null;
  readonly force: InForce;
  /** Windows with their issues, as they were kept. */
  readonly kept: readonly WindowFacts[];
  readonly known: readonly KeptAlert[];
}

/** Reads what the windows go on from, and keeps their facts. */
export async function plan(trx: AlertTransaction, tasks: readonly Task[], kinds: Kinds): Promise<readonly Plan[]> {
  const bases = await trx.statesBefore(tasks.map((it) => ({ filter: it.filter, at: oldestOf(it) })));
  const spans = new Map(tasks.map((it) => [it.filter, spanFor(it, bases.get(it.filter))]));
  const again = tasks.filter(({ filter }) => spans.get(filter)!.isReplay);
  const told = await readTold(trx, again, spans);
  await keep(trx, tasks);
  const many = tasks.filter(({ filter }) => isMany(spans.get(filter)!));
  const kept = await onlyFor(many, () =>
    trx.facts(many.map((it) => ({ filter: it.filter, ...factsSpan(it, spans.get(it.filter)!, kinds) }))),
  );
  return tasks.map((task): Plan => {
    const { filter, rules, fresh } = task;
    const span = spans.get(filter)!;
    const base = readState(bases.get(filter));
    const prior = span.isReplay ? readState(told.priors.get(filter)) : base;
    const facts = kept.get(filter) ?? [];
    const steps = stepsOf(span, fresh, facts, told.before.get(filter) ?? []);
    const known = told.known.get(filter) ?? [];
    return { ...task, span, steps, base, prior, force: inForce(prior, rules), kept: facts, known };
  });
}

interface ToldBefore {
  readonly priors: ReadonlyMap<string, KeptState>;
  /** Windows as they were counted before. */
  readonly before: ReadonlyMap<string, readonly WindowFacts[]>;
  readonly known: ReadonlyMap<string, readonly KeptAlert[]>;
}

/** What was decided of windows that are decided again. NOTE: before their new facts are kept. */
async function readTold(
  trx: AlertTransaction,
  tasks: readonly Task[],
  spans: ReadonlyMap<string, Span>,
): Promise<ToldBefore> {
  const newest = ({ head }: Task): number => head!.newest! + 1;
  return {
    priors: await onlyFor(tasks, () => trx.statesBefore(tasks.map((it) => ({ filter: it.filter, at: newest(it) })))),
    before: await onlyFor(tasks, () =>
      trx.facts(tasks.map((it) => ({ filter: it.filter, from: oldestOf(it), to: newest(it) }))),
    ),
    known: await onlyFor(tasks, () =>
      trx.alerts(tasks.map(({ filter }) => ({ filter, at: spans.get(filter)!.first }))),
    ),
  };
}

async function keep(trx: AlertTransaction, tasks: readonly Task[]): Promise<void> {
  const all = tasks.flatMap(({ fresh }) => fresh);
  const [totals, whole] = [all.filter(({ isTotalsOnly }) => isTotalsOnly), all.filter((it) => !it.isTotalsOnly)];
  if (whole.length > 0) await trx.keepFacts(whole.map(({ facts }) => facts));
  if (totals.length > 0) await trx.keepTotals(totals.map(({ facts }) => facts));
}

function oldestOf({ fresh }: Task): number {
  return fresh[0]!.facts.window.start;
}

/** Whether more than one window is decided, so that windows are read instead of their sums. */
export function isMany({ first, last, isReplay }: Span): boolean {
  return isReplay || last > first;
}

function spanFor({ fresh, head }: Task, base: KeptState | undefined): Span {
  const starts = fresh.map(({ facts }) => facts.window.start);
  return spanOf(starts, head?.newest ?? null, readState(base) === null ? null : base!.window);
}

/** From as far back as a window of the span looks at issues. */
function factsSpan(
  { rules }: Task,
  { first, last }: Span,
  kinds: Kinds,
): { readonly from: number; readonly to: number } {
  const window = { start: first, end: first + PERIOD_MS };
  const states = rules.filter(({ condition }) => isState(condition));
  const starts = states.flatMap((rule) => needsOf(rule, window, kinds).sums.map(({ start }) => start));
  return { from: Math.min(first, ...starts), to: last + 1 };
}

function readState(kept: KeptState | undefined): FilterState | null {
  return kept === undefined ? null : stateFromJson(kept.state);
}

async function onlyFor<T>(
  tasks: readonly unknown[],
  ask: () => Promise<ReadonlyMap<string, T>>,
): Promise<ReadonlyMap<string, T>> {
  return tasks.length === 0 ? new Map() : ask();
}
