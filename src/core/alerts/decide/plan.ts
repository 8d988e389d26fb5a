import type { WindowFacts } from '../../model/alerting/facts.ts';
import { isState, type Rule } from '../../model/alerting/rule.ts';
import { PERIOD_MS } from '../../model/window.ts';
import type {
  AlertTransaction,
  FilterAt,
  FilterCount,
  FilterHead,
  KeptAlert,
  KeptState,
} from '../../ports/alerting/alert-store.ts';
import type { Step } from '../fold/working.ts';
import { type InForce, inForce } from '../fold/rules-in-force.ts';
import { stateFromJson } from '../fold/state-json.ts';
import type { FilterState } from '../fold/state.ts';
import { type Kinds, needsOf } from '../judge/kinds.ts';
import type { FreshWindow } from './ask.ts';
import { LONGEST_GAP_MS, REPLAY_MS, type Span, stepsOf } from './replay.ts';

/** What is to be decided of one filter. */
export interface Task {
  readonly filter: string;
  readonly rules: readonly Rule[];
  readonly head: FilterHead | null;
  /** By their start. */
  readonly fresh: readonly FreshWindow[];
  /** Names of rules that stay as they are. */
  readonly frozen: readonly string[];
  /** Its one window is older than all that is kept of states: what is told once is told, and no state changes. */
  readonly isAged: boolean;
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
  const again = tasks.filter(isReplay);
  const bases = await trx.statesBefore(tasks.map((it) => ({ filter: it.filter, at: oldestOf(it) })));
  const priors = await onlyFor(again, () => trx.statesBefore(again.map(afterNewest)));
  const spans = new Map(tasks.map((it) => [it.filter, spanFor(it, bases.get(it.filter), priors.get(it.filter))]));
  const told = await readBefore(trx, again, spans);
  await keep(trx, tasks);
  const many = tasks.filter(({ filter }) => isMany(spans.get(filter)!));
  const kept = await onlyFor(many, () =>
    trx.facts(many.map((it) => ({ filter: it.filter, ...factsSpan(it, spans.get(it.filter)!, kinds) }))),
  );
  return tasks.map((task): Plan => {
    const { filter, rules, fresh } = task;
    const span = spans.get(filter)!;
    const base = readState(bases.get(filter));
    const prior = span.isReplay ? readState(priors.get(filter)) : base;
    const facts = kept.get(filter) ?? [];
    const steps = stepsOf(span, fresh, facts, told.before.get(filter) ?? []);
    const known = told.known.get(filter) ?? [];
    return { ...task, span, steps, base, prior, force: inForce(prior, rules, task.frozen), kept: facts, known };
  });
}

interface ToldBefore {
  /** Windows as they were counted before. */
  readonly before: ReadonlyMap<string, readonly WindowFacts[]>;
  readonly known: ReadonlyMap<string, readonly KeptAlert[]>;
}

/** What was decided of windows that are decided again. NOTE: before their new facts are kept. */
async function readBefore(
  trx: AlertTransaction,
  tasks: readonly Task[],
  spans: ReadonlyMap<string, Span>,
): Promise<ToldBefore> {
  return {
    before: await onlyFor(tasks, () => trx.earlier(tasks.flatMap(({ fresh }) => fresh.map(countOf)))),
    known: await onlyFor(tasks, () =>
      trx.alerts(tasks.map(({ filter }) => ({ filter, at: spans.get(filter)!.first }))),
    ),
  };
}

function countOf({ facts: { filter, window, revision } }: FreshWindow): FilterCount {
  return { filter, at: window.start, revision };
}

function afterNewest({ filter, head }: Task): FilterAt {
  return { filter, at: head!.newest! + 1 };
}

async function keep(trx: AlertTransaction, tasks: readonly Task[]): Promise<void> {
  await trx.keepFacts(tasks.flatMap(({ fresh }) => fresh.map(({ facts }) => facts)));
}

function oldestOf({ fresh }: Task): number {
  return fresh[0]!.facts.window.start;
}

/** Whether more than one window is decided, so that windows are read instead of their sums. */
export function isMany({ first, last, isReplay }: Span): boolean {
  return isReplay || last > first;
}

/** Whether windows that were decided before are decided again. */
function isReplay(task: Task): boolean {
  const newest = task.head?.newest ?? null;
  return newest !== null && oldestOf(task) <= newest;
}

function spanFor(task: Task, base: KeptState | undefined, prior: KeptState | undefined): Span {
  if (task.isAged) return { first: oldestOf(task), last: oldestOf(task), isReplay: true };
  const starts = task.fresh.map(({ facts }) => facts.window.start);
  const from = beginning(oldestOf(task), base, readState(prior));
  return { first: from, last: Math.max(task.head?.newest ?? -Infinity, ...starts), isReplay: isReplay(task) };
}

/**
 * Where the fold begins, start, epoch ms: after the state that was kept before the window, else where the rules began,
 * else with the window itself.
 */
export function beginning(oldest: number, base: KeptState | undefined, prior: FilterState | null): number {
  if (readState(base) !== null) return Math.max(base!.window + PERIOD_MS, oldest - LONGEST_GAP_MS);
  const firsts = [...(prior?.rules.values() ?? [])].map(({ first }) => first);
  return Math.min(oldest, Math.max(oldest - REPLAY_MS, Math.min(...firsts)));
}

/** From as far back as a window of the span looks at issues. */
export function factsSpan(
  { rules }: Pick<Task, 'rules'>,
  { first, last }: Span,
  kinds: Kinds,
): { readonly from: number; readonly to: number } {
  const window = { start: first, end: first + PERIOD_MS };
  const states = rules.filter(({ condition }) => isState(condition));
  const starts = states.flatMap((rule) => needsOf(rule, window, kinds).sums.map(({ start }) => start));
  return { from: Math.min(first, ...starts), to: last + 1 };
}

/** What was kept; null: nothing, or another version wrote it. */
export function readState(kept: KeptState | undefined): FilterState | null {
  return kept === undefined ? null : stateFromJson(kept.state);
}

async function onlyFor<T>(
  tasks: readonly unknown[],
  ask: () => Promise<ReadonlyMap<string, T>>,
): Promise<ReadonlyMap<string, T>> {
  return tasks.length === 0 ? new Map() : ask();
}
