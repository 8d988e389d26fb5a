import type { Telling } from '../../model/alerting/alert.ts';
import type { AlertTransaction } from '../../ports/alerting/alert-store.ts';
import type { Decision } from '../../ports/alerting/decider.ts';
import { fold } from '../fold/fold.ts';
import { roundsOf } from '../fold/rounds.ts';
import { tell } from '../fold/tell.ts';
import { KINDS, type Kinds } from '../judge/kinds.ts';
import { decideAside } from './aside.ts';
import type { DecideDeps, FreshWindow } from './ask.ts';
import { load } from './load.ts';
import { workingOf } from './memory.ts';
import { pastOf } from './past.ts';
import { plan, type Task } from './plan.ts';
import { isOutdated, passesOf } from './tasks.ts';
import { readTold } from './told.ts';
import { decidedOf, type Result, tellerOf } from './write.ts';

/**
 * Decides windows of any filters in one transaction, and writes what they came to. Of a filter its rules are those of
 * its last entry. The same windows decided again write the same: nothing is told twice.
 *
 * Rejects when the store does, and then nothing took effect. A rule that breaks is told of in the answer.
 */
export async function decideWindows(all: readonly FreshWindow[], deps: DecideDeps): Promise<readonly Decision[]> {
  if (all.length === 0) return [];
  const { alerts } = deps;
  const areLearned = alerts.learn !== undefined && issuesOf(all) > MOST_LEARNED;
  if (areLearned) await alerts.learn!(all.map(({ facts }) => facts));
  return (
    (areLearned && issuesOf(all) > MOST_AT_ONCE ? await inSteps(all, deps) : null) ??
    alerts.transaction((trx) => decideIn({ ...trx, keepFacts: (facts) => trx.keepFacts(facts, areLearned) }, all, deps))
  );
}

/** A single window, where the store can do so. Null: it is to be decided at once. */
async function inSteps(all: readonly FreshWindow[], deps: DecideDeps): Promise<readonly Decision[] | null> {
  const { begin, conclude, look } = deps.alerts;
  if (all.length > 1 || begin === undefined || conclude === undefined) return null;
  const alerts = { begin, conclude, look };
  return decideAside({ facts: all[0]!.facts, alerts }, (trx) => decideIn(trx, all, deps));
}

/** So many issues are learned with what is decided, and decided at once; more would make others wait for it. */
const MOST_LEARNED = 100;
const MOST_AT_ONCE = 125;

function issuesOf(all: readonly FreshWindow[]): number {
  return all.reduce((sum, { facts: { issues } }) => sum + issues.length, 0);
}

async function decideIn(
  trx: AlertTransaction,
  all: readonly FreshWindow[],
  deps: DecideDeps,
): Promise<readonly Decision[]> {
  const kinds = deps.kinds ?? KINDS;
  const heads = await trx.lock([...new Set(all.map(({ filter }) => filter.name))]);
  const isOurs = ({ filter: { name, alerts = [] } }: FreshWindow): boolean =>
    !isOutdated(heads.get(name), alerts, deps.loadedAt);
  const ours = all.filter(isOurs);
  if (ours.length === 0) return all.map(outdated);
  const results: Result[] = [];
  for (const tasks of passesOf(ours, heads)) results.push(...(await decideTasks(trx, tasks, deps, kinds)));
  await trx.write(decidedOf(results, deps.loadedAt));
  const byFilter = Map.groupBy(results, ({ plan: { filter } }) => filter);
  return all.map((it) => {
    const { start } = it.facts.window;
    const own = byFilter.get(it.filter.name)?.find(({ plan: { fresh } }) => fresh.some((of) => startOf(of) === start));
    return own === undefined || !isOurs(it) ? outdated(it) : outcomeOf(it, own);
  });
}

async function decideTasks(
  trx: AlertTransaction,
  tasks: readonly Task[],
  deps: DecideDeps,
  kinds: Kinds,
): Promise<readonly Result[]> {
  const plans = await plan(trx, tasks, kinds);
  const loaded = await load(trx, plans, kinds);
  const all = plans.map((it) => {
    const { filter, steps, head } = it;
    const past = loaded.get(filter)!;
    const rounds = roundsOf({
      filter,
      steps,
      newest: head?.newest ?? null,
      kinds,
      pastOf: (step) => pastOf(step, past),
    });
    return { plan: it, rounds, rules: workingOf(it) };
  });
  await readTold(trx, all);
  return all.map(({ plan: it, rounds, rules }): Result => {
    const { filter, force, frozen } = it;
    const [stay, gone] = splitBy(force.gone, it.isAged ? [...force.gone.keys()] : frozen);
    const folded = fold({ filter, rules, rounds, gone, frozen: stay, kinds });
    return { plan: it, folded, tidings: tell(folded.pieces, tellerOf(it, deps)) };
  });
}

/** Into those that stay as they are, and the others. */
function splitBy<T>(all: ReadonlyMap<string, T>, names: readonly string[]): readonly [Map<string, T>, Map<string, T>] {
  const entries = [...all];
  return [
    new Map(entries.filter(([name]) => names.includes(name))),
    new Map(entries.filter(([name]) => !names.includes(name))),
  ];
}

function outcomeOf({ filter, facts: { window } }: FreshWindow, { plan: it, folded, tidings }: Result): Decision {
  const fresh = it.fresh.map(startOf);
  const isOwn = (telling: Telling): boolean =>
    telling.window === window.start || (window.start === fresh[0] && !fresh.includes(telling.window));
  const isFirst = window.start === fresh[0];
  return {
    filter: filter.name,
    window: window.start,
    tellings: tidings.tellings.filter(isOwn),
    broken: isFirst ? folded.faults.map(({ rule, error }) => ({ rule, error })) : [],
    unjudged: isFirst ? folded.unjudged : [],
    isOutdated: false,
  };
}

function outdated({ filter, facts: { window } }: FreshWindow): Decision {
  return { filter: filter.name, window: window.start, tellings: [], broken: [], unjudged: [], isOutdated: true };
}

function startOf({ facts }: FreshWindow): number {
  return facts.window.start;
}
