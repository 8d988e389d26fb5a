import type { Rule } from '../../../../src/core/model/alerting/rule.ts';
import { HOUR } from '../tellings.ts';
import { told } from './told.ts';
import { counted, holdsFor } from './holds.ts';
import { ISSUES, PERIOD, startOf, type World } from './world.ts';

/**
 * An alert, in words: `events > 20: a 3–7` for one that began with the third window (of those that made it begin the
 * first) and ended by the seventh, `…: a 3–` for one that lasts, `…: a 3` for one that was told, and `…: a unsteady 3`
 * and `…: a steady 15` for what changes too often, and no longer.
 */
export type Raised = string;

const STATES = ['trending', 'events', 'users', 'none', 'incomplete'];

/** What people are to be told of a world, window after window, by what sentences mean. */
export function expectedOf(all: World, rules: readonly Rule[]): readonly Raised[] {
  const raised: Raised[] = [];
  for (const rule of rules) {
    const subjects = rule.each === 'issue' ? ISSUES.map((_, issue) => issue) : [null];
    for (const subject of subjects) {
      const name = `${rule.name}: ${subject === null ? 'crm' : ISSUES[subject]!}`;
      const own = STATES.includes(rule.condition.kind) ? lasting(all, rule, subject) : told(all, rule, subject!);
      for (const it of own) raised.push(`${name} ${it}`);
    }
  }
  return raised.sort();
}

/** How many windows in a row make it begin, and how many without it make it end. */
function rows({ condition, hold, clear }: Rule): readonly [number, number] {
  if (condition.kind === 'none' || condition.kind === 'incomplete') return [condition.spanMs / PERIOD + hold - 1, 1];
  return [hold, clear];
}

/** So many changes within an hour are told as one. */
const TOO_MANY = 6;

/** What is raised of a state, without the name of rule and subject. */
function lasting(all: World, rule: Rule, subject: number | null): readonly string[] {
  const [need, needNot] = rows(rule);
  const raised: string[] = [];
  const changes: number[] = [];
  let [yes, no, first, isOn] = [0, 0, 0, false];
  /** The first window of what lasts, and whether it was raised; null: nothing lasts. */
  let episode: { readonly from: number; isRaised: boolean } | null = null;
  let isUnsteady = false;
  for (const window of counted(all)) {
    const holds = holdsFor(all, rule, subject, window);
    if (holds === true && yes === 0) first = window;
    yes = holds === true ? yes + 1 : 0;
    no = holds === false ? no + 1 : 0;
    const isChange = isOn ? no >= needNot : yes >= need;
    if (isChange) {
      isOn = !isOn;
      changes.push(window);
      if (isOn) no = 0;
      else yes = 0;
    }
    const lately = changes.filter((at) => startOf(window) - startOf(at) < HOUR).length;
    const isSettled: boolean = isUnsteady && lately === 0;
    if (isChange && !isUnsteady && lately >= TOO_MANY) {
      isUnsteady = true;
      raised.push(`unsteady ${window}`);
    } else if (isSettled) {
      isUnsteady = false;
      raised.push(`steady ${window}`);
    }
    // While it is unsteady, what lasts goes on: nobody is told of each begin and end.
    if (isOn && episode === null) episode = { from: first, isRaised: false };
    if (isUnsteady || episode === null) continue;
    if (isOn) episode.isRaised = true;
    else {
      raised.push(`${episode.from}–${window}`);
      episode = null;
    }
  }
  return episode?.isRaised === true ? [...raised, `${episode.from}–`] : raised;
}
