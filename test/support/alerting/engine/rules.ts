import type { Condition, Rule } from '../../../../src/core/model/alerting/rule.ts';
import { DAY_MS, HOUR_MS, PERIOD_MS } from '../../../../src/core/model/window.ts';

const MINUTE = 60_000;

/** The conditions that tests use, by their sentence. */
const CONDITIONS: Readonly<Record<string, Condition>> = {
  new: { kind: 'new' },
  regressed: { kind: 'regressed' },
  any: { kind: 'any' },
  anomaly: { kind: 'anomaly' },
  trending: { kind: 'trending', score: null },
  'trending >= 8': { kind: 'trending', score: 8 },
  'events > 0': { kind: 'events', above: 0, spanMs: PERIOD_MS },
  'events > 20': { kind: 'events', above: 20, spanMs: PERIOD_MS },
  'events > 100': { kind: 'events', above: 100, spanMs: PERIOD_MS },
  'events > 200': { kind: 'events', above: 200, spanMs: PERIOD_MS },
  'events > 100 in 15m': { kind: 'events', above: 100, spanMs: 15 * MINUTE },
  'users > 50': { kind: 'users', above: 50, spanMs: PERIOD_MS },
  'users > 50 in 15m': { kind: 'users', above: 50, spanMs: 15 * MINUTE },
  'top 10 of 7d > 200': { kind: 'top', first: 10, spanMs: 7 * DAY_MS, above: 200 },
  'top 3 of 1d': { kind: 'top', first: 3, spanMs: DAY_MS, above: 0 },
  'title has "card"': { kind: 'title', text: 'card' },
  'none for 15m': { kind: 'none', spanMs: 15 * MINUTE },
  'incomplete for 15m': { kind: 'incomplete', spanMs: 15 * MINUTE },
};

const OF_FILTERS = new Set(['events', 'users', 'anomaly', 'none', 'incomplete']);
const TOLD_IN_EVERY_WINDOW = new Set(['any', 'title']);
const STATES = new Set(['trending', ...OF_FILTERS]);

/** The rule of a sentence as a file without options makes it, for the filter `crm`. */
export function ruleOf(sentence: string, given: Partial<Rule> = {}): Rule {
  const condition = given.condition ?? CONDITIONS[sentence];
  if (condition === undefined) throw new Error(`no test has the sentence ${sentence}`);
  return {
    filter: 'crm',
    name: sentence,
    sentence,
    condition,
    each: OF_FILTERS.has(condition.kind) ? 'filter' : 'issue',
    tell: ['ops'],
    hold: 1,
    clear: 3,
    min: 0,
    repeatMs: repeatOf(condition),
    resolved: STATES.has(condition.kind),
    quiet: null,
    severity: 'warning',
    except: [],
    cases: [],
    where: 'config/filters/crm.yaml:12',
    ...given,
  };
}

function repeatOf({ kind }: Condition): number | null {
  if (TOLD_IN_EVERY_WINDOW.has(kind)) return 0;
  return STATES.has(kind) ? 4 * HOUR_MS : null;
}
