import { faultOf } from '../../model/errors.ts';
import { isState } from '../../model/alerting/rule.ts';
import { HOUR_MS } from '../../model/window.ts';
import { type Told, toldName } from '../../ports/alerting/alert-store.ts';
import type { Unjudged } from '../../ports/alerting/decider.ts';
import { endsWhen, type Kinds } from '../judge/kinds.ts';
import { endGone } from './end-gone.ts';
import { onceTurn } from './once-turn.ts';
import type { Piece } from './piece.ts';
import type { FilterState, RuleState } from './state.ts';
import { stateTurn } from './state-turn.ts';
import { undecidedTurn } from './undecided.ts';
import { type Outcome, type Round, stateOf, type Working } from './working.ts';

/** A filter's windows, and what they are decided by. */
export interface FoldInput {
  readonly filter: string;
  /** With the memory that each goes on from. */
  readonly rules: readonly Working[];
  /** Rules that are gone: what lasts of them ends with the last window. */
  readonly gone: ReadonlyMap<string, RuleState>;
  /** Rules that nobody decides at present: they stay as they are. */
  readonly frozen: ReadonlyMap<string, RuleState>;
  /** In order, without a hole; at least one. */
  readonly rounds: readonly Round[];
  readonly kinds: Kinds;
}

/** A rule that broke; `error`: with the subject, where it broke by one. */
export interface RuleFault {
  readonly filter: string;
  readonly rule: string;
  readonly error: string;
}

/** What the windows of a filter came to. */
export interface Folded {
  /** After the last window, and the last of each hour. */
  readonly states: readonly { readonly window: number; readonly state: FilterState }[];
  readonly pieces: readonly Piece[];
  readonly told: readonly Told[];
  readonly faults: readonly RuleFault[];
  readonly unjudged: readonly Unjudged[];
}

/** Decides a filter's windows, one after the other. Pure, but that it uses up the rules' memory that it is given. */
export function fold(input: FoldInput): Folded {
  const { filter, rules, rounds, frozen, gone } = input;
  const states: Folded['states'][number][] = [];
  const outcomes: (Outcome & { readonly rule: string })[] = [];
  for (const [index, round] of rounds.entries()) {
    const { start } = round.step.window;
    for (const working of rules.filter(({ begin }) => begin <= start)) {
      working.first ??= start;
      const outcome = guarded(working, round, input.kinds);
      for (const it of outcome.told) remember(round.told, toldName(it), it.at);
      outcomes.push({ ...outcome, rule: working.rule.name });
    }
    if (isLastOfHour(start, rounds[index + 1])) states.push({ window: start, state: stateNow(rules, frozen) });
  }
  return {
    states,
    pieces: [...outcomes.flatMap(({ pieces }) => pieces), ...endGone(gone, rounds.at(-1)!.step.window, 'rule changed')],
    told: outcomes.flatMap((it) => it.told),
    faults: outcomes.flatMap(({ rule, faults }) => faults.map((error) => ({ filter, rule, error }))),
    unjudged: outcomes.flatMap(({ rule, unjudged }) => unjudged.map((subject) => ({ filter, rule, subject }))),
  };
}

/** NOTE: a rule that breaks stays as it was before the window, and is no other rule's trouble. */
function guarded(working: Working, round: Round, kinds: Kinds): Outcome {
  const before = { subjects: new Map(working.subjects), undecided: new Map(working.undecided) };
  try {
    if (isState(working.rule.condition)) return stateTurn(working, round, endsWhen(working.rule, kinds));
    const outcome = onceTurn(working, round);
    if (working.rule.condition.kind !== 'new') return outcome;
    const late = undecidedTurn(working, round);
    return {
      ...outcome,
      pieces: [...outcome.pieces, ...late.pieces],
      told: [...outcome.told, ...late.told],
      unjudged: late.unjudged,
    };
  } catch (error) {
    restore(working.subjects, before.subjects);
    restore(working.undecided, before.undecided);
    return { pieces: [], told: [], faults: [faultOf(error).message], unjudged: [] };
  }
}

function restore<K, V>(map: Map<K, V>, from: ReadonlyMap<K, V>): void {
  map.clear();
  for (const [key, value] of from) map.set(key, value);
}

function remember(told: Map<string, number>, name: string, at: number): void {
  told.set(name, Math.max(at, told.get(name) ?? at));
}

function isLastOfHour(start: number, next: Round | undefined): boolean {
  return next === undefined || Math.floor(next.step.window.start / HOUR_MS) > Math.floor(start / HOUR_MS);
}

function stateNow(rules: readonly Working[], frozen: ReadonlyMap<string, RuleState>): FilterState {
  const begun = rules.filter(({ first }) => first !== null);
  return { rules: new Map([...frozen, ...begun.map((it) => [it.rule.name, stateOf(it)] as const)]) };
}
