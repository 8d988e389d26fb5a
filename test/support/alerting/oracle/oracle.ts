import type { Rule } from '../../../../src/core/model/alerting/rule.ts';
import { HOUR } from '../tellings.ts';
import { told } from './told.ts';
import { counted, holdsFor } from './holds.ts';
import { ISSUES, PERIOD, startOf, type World } from './world.ts';

/**
 * An alert, in words: `events > 20: a 3–7` for one that began with the third window (of those that made it begin the
 * first) and ended by the seventh, `…: a 3–` for one that lasts, and `…: a 3` for one that was told.
 */
export type Raised = string;

/** What is raised, and subjects of rules that changed too often to say more of them. */
export interface Expected {
  readonly raised: readonly Raised[];
  readonly unsteady: ReadonlySet<string>;
}

const STATES = ['trending', 'events', 'users', 'none', 'incomplete'];

/** What people are to be told of a world, window after window, by what sentences mean. */
export function expectedOf(all: World, rules: readonly Rule[]): Expected {
  const raised: Raised[] = [];
  const unsteady = new Set<string>();
  for (const rule of rules) {
    const subjects = rule.each === 'issue' ? ISSUES.map((_, issue) => issue) : [null];
    for (const subject of subjects) {
      const name = `${rule.name}: ${subject === null ? 'crm' : ISSUES[subject]!}`;
      if (!STATES.includes(rule.condition.kind))
        for (const window of told(all, rule, subject!)) raised.push(`${name} ${window}`);
      else if (isSteady(all, rule, subject))
        for (const [from, to] of lasting(all, rule, subject)) raised.push(`${name} ${from}–${to ?? ''}`);
      else unsteady.add(name);
    }
  }
  return { raised: raised.sort(), unsteady };
}

/** How many windows in a row make it begin, and how many without it make it end. */
function rows({ condition, hold, clear }: Rule): readonly [number, number] {
  if (condition.kind === 'none' || condition.kind === 'incomplete') return [condition.spanMs / PERIOD + hold - 1, 1];
  return [hold, clear];
}

/** First window of the row that made it begin, and the window by which it ended. */
function lasting(all: World, rule: Rule, subject: number | null): readonly (readonly [number, number | null])[] {
  return changes(all, rule, subject).episodes;
}

/** Fewer than six changes in any hour. */
function isSteady(all: World, rule: Rule, subject: number | null): boolean {
  const at = changes(all, rule, subject).windows.map(startOf);
  return at.every((last, index) => index < 5 || last - at[index - 5]! >= HOUR);
}

function changes(all: World, rule: Rule, subject: number | null) {
  const [need, needNot] = rows(rule);
  const episodes: [number, number | null][] = [];
  const windows: number[] = [];
  let [yes, no, first, isOn] = [0, 0, 0, false];
  for (const window of counted(all)) {
    const holds = holdsFor(all, rule, subject, window);
    if (holds === true && yes === 0) first = window;
    yes = holds === true ? yes + 1 : 0;
    no = holds === false ? no + 1 : 0;
    if (!isOn && yes >= need) {
      isOn = true;
      episodes.push([first, null]);
      windows.push(window);
      no = 0;
    } else if (isOn && no >= needNot) {
      isOn = false;
      episodes.at(-1)![1] = window;
      windows.push(window);
      yes = 0;
    }
  }
  return { episodes, windows };
}
