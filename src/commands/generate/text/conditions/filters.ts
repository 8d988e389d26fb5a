import { limitsOf } from '../../../../core/model/alerting/limits.ts';
import { isState, type Rule } from '../../../../core/model/alerting/rule.ts';
import type { Filter } from '../../../../core/model/filter.ts';
import { cut } from '../words.ts';
import { type Condition, type Level, WINDOW_S } from './condition.ts';
import { onlyHere } from './only-here.ts';

/** Standard deviations from what was to be expected. */
const DEVIATIONS = 3;

/** What a filter's alerts ask for, in their order; also those that nobody but the service can judge. */
export function filterConditions(filter: Filter): readonly Condition[] {
  const made = [...(filter.alerts ?? []), ...(filter.untold ?? [])].map((rule) => ({
    rule,
    it: conditionOf(filter, rule),
  }));
  const times = Map.groupBy(made, ({ it }) => it.key);
  return made.map(({ rule, it }) => ({
    ...it,
    key: times.get(it.key)!.length === 1 ? it.key : `${it.key}_${rule.name.replaceAll(/[^a-z0-9-]+/gi, '_')}`,
    levels: it.levels.map((level) => ({ ...level, severity: rule.severity === 'info' ? 'warning' : level.severity })),
    blind: [...it.blind, ...unsaid(rule)],
  }));
}

function conditionOf(filter: Filter, rule: Rule): Condition {
  const { condition, hold } = rule;
  const why = onlyHere(filter, rule);
  if (why !== undefined) return ours(filter, rule, why);
  const lasts = hold === 1 ? 0 : hold * WINDOW_S;
  switch (condition.kind) {
    case 'incomplete':
      return missing(filter, limitsOf(rule).hold * WINDOW_S);
    case 'none':
      return none(filter, limitsOf(rule).hold * WINDOW_S);
    case 'events':
    case 'users':
      return rule.each === 'issue' ? eachIssue(filter, condition, lasts) : above(filter, condition, lasts);
    case 'anomaly':
      return anomaly(filter, Math.max(lasts, 2 * WINDOW_S));
    case 'trending':
      return trending(filter, condition.score, lasts);
    case 'new':
    case 'regressed':
    case 'any':
      return ofIssues(filter, condition.kind);
    case 'top':
    case 'unticketed':
    case 'title':
      throw new Error(`nobody but the service can judge ${rule.sentence}`);
  }
}

/** Options of a rule that a condition elsewhere does not have. */
function unsaid({ min, except, clear, condition, each }: Rule): readonly string[] {
  return [
    ...(min > 1
      ? [`min: ${each === 'issue' ? 'issues' : 'windows'} with fewer than ${min} events alarm as well.`]
      : []),
    ...(except.length > 0 ? ['except: what it leaves out alarms as well.'] : []),
    ...(isState(condition) && clear !== 3 ? [`clear: ${clear}: it closes in its own time.`] : []),
  ];
}

/** What needs more than the records of one window. */
function ours(filter: Filter, { condition, sentence }: Rule, why: string): Condition {
  return {
    ...about(filter, condition.kind, sentence),
    signal: { of: 'filter', what: 'our own memory', filter },
    what: `${filter.name}: ${sentence}.`,
    levels: [],
    blind: [],
    onlyHere: why,
  };
}

function windows(seconds: number): string {
  const count = seconds / WINDOW_S;
  return count === 1 ? 'a window' : `${['', '', 'two', 'three'][count] ?? count} windows`;
}

function missing(filter: Filter, lasts: number): Condition {
  return {
    ...about(filter, 'missing', 'no count'),
    signal: { of: 'filter', what: 'count', filter },
    what: `${filter.name}: no count arrived for ${windows(lasts)}. A zero is a count.`,
    levels: [critical({ is: 'missing' }, lasts)],
    blind: [
      'which windows arrive: late ones also count as a sign of life.',
      'one project of several that cannot be read: that is a gap.',
    ],
  };
}

function none(filter: Filter, lasts: number): Condition {
  return {
    ...about(filter, 'none', 'no events'),
    signal: { of: 'filter', what: 'count', filter },
    what: `${filter.name}: no event for ${windows(lasts)}.`,
    levels: [critical({ is: 'below', limit: 1 }, lasts)],
    blind: ['whether a zero is complete: a count with a gap may be one, and so may a silent source.'],
  };
}

const ISSUES = { new: 'a new issue', regressed: 'an issue that is back', any: 'an issue' };

function ofIssues(filter: Filter, kind: keyof typeof ISSUES): Condition {
  return {
    ...about(filter, kind, ISSUES[kind]),
    signal: { of: 'filter', what: kind, filter },
    what: `${filter.name}: ${ISSUES[kind]} in a window. Closes when it has no more events.`,
    levels: [critical({ is: 'above', limit: 0 }, 0)],
    blind: [
      'who was told already: an issue that comes and goes alarms each time.',
      kind === 'any'
        ? 'issues whose rows were not read: no record names them.'
        : 'an issue whose details could not be read in its window: its state is not known there.',
    ],
  };
}

type Limit = Extract<Rule['condition'], { readonly kind: 'events' | 'users' }>;

function above(filter: Filter, { kind, above: limit }: Limit, lasts: number): Condition {
  const isEvents = kind === 'events';
  return {
    ...about(filter, isEvents ? 'above' : 'users', `more than ${limit} ${kind}`),
    signal: { of: 'filter', what: isEvents ? 'count' : 'users', filter },
    what: `${filter.name}: more than ${limit} ${kind} in ${lasts === 0 ? 'one window' : `each of ${windows(lasts)}`}.`,
    levels: [critical({ is: 'above', limit }, lasts)],
    blind: ['a window without a count.', 'events that arrived in Sentry after the window was counted.'],
  };
}

function eachIssue(filter: Filter, { kind, above: limit }: Limit, lasts: number): Condition {
  const often = lasts === 0 ? 'one window' : `each of ${windows(lasts)}`;
  return {
    ...about(filter, `${kind}_each`, `an issue with more than ${limit} ${kind}`),
    signal: { of: 'filter', what: `${kind} of an issue`, filter },
    what: `${filter.name}: an issue with more than ${limit} ${kind} in ${often}. Closes when it has no more events.`,
    levels: [critical({ is: 'above', limit }, lasts)],
    blind: [
      'events of issues whose rows were not read: no record names them.',
      'events that arrived in Sentry after the window was counted.',
    ],
  };
}

function anomaly(filter: Filter, lasts: number): Condition {
  return {
    ...about(filter, 'anomaly', 'unusually many events'),
    signal: { of: 'filter', what: 'count', filter },
    what:
      `${filter.name}: for ${windows(lasts)} more events than its own past lets expect, ` +
      `by ${DEVIATIONS} standard deviations.`,
    levels: [critical({ is: 'unusual', deviations: DEVIATIONS }, lasts)],
    blind: [
      'a surge of a single window, or of two with one between them that was not counted.',
      'what has become usual: a trouble of a week is the past of the next.',
    ],
  };
}

function trending(filter: Filter, score: number | null, lasts: number): Condition {
  const limit = score ?? 0;
  return {
    ...about(filter, 'trending', 'a trending issue'),
    signal: { of: 'filter', what: 'trending score', filter },
    what: `${filter.name}: an issue trends with a score of ${limit} or more. Closes when it no longer does.`,
    levels: [critical({ is: 'at least', limit }, lasts)],
    blind: [
      'an issue whose past could not be read: it has no score.',
      ...(score === null ? ['an issue that came back with fewer events than before: its score is below 0.'] : []),
      'issues beyond the 100 biggest of a window: only those are compared with their past.',
    ],
  };
}

function critical(test: Level['test'], lasts: number): Level {
  return { severity: 'critical', test, lasts, when: '' };
}

function about(filter: Filter, kind: string, words: string): Pick<Condition, 'key' | 'title' | 'advice' | 'runbook'> {
  return {
    key: `${kind}_${filter.name}`,
    title: `${filter.name}: ${words}`,
    advice: advice(filter),
    runbook: filter.runbook,
  };
}

/** Longest text of one label that is shown, and of all together. */
const LABEL = 200;
const ADVICE = 2000;

function advice({ team, projects, labels }: Filter): string {
  const own = Object.entries(labels).map(([key, text]) => `${key}: ${cut(text, LABEL)}`);
  const parts = [...(team === undefined ? [] : [`Team ${team}`]), `Projects ${projects.join(', ')}`, ...own];
  return cut(parts.join('\n'), ADVICE);
}
