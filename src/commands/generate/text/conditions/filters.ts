import { isState, type Rule } from '../../../../core/model/alerting/rule.ts';
import type { Filter } from '../../../../core/model/filter.ts';
import { DAY_MS, PERIOD_MS } from '../../../../core/model/window.ts';
import { cut } from '../words.ts';
import { type Condition, type Level, WINDOW_S } from './condition.ts';

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
  const { condition, each, hold } = rule;
  const lasts = hold === 1 ? 0 : hold * WINDOW_S;
  switch (condition.kind) {
    case 'incomplete':
      return condition.spanMs > MOST_MISSING_MS ? ours(filter, rule) : missing(filter, condition.spanMs / 1000);
    case 'events':
      return each === 'issue' || condition.spanMs > PERIOD_MS
        ? ours(filter, rule)
        : above(filter, condition.above, lasts);
    case 'anomaly':
      return anomaly(filter, Math.max(lasts, 2 * WINDOW_S));
    case 'trending':
      return trending(filter, condition.score, lasts);
    case 'none':
      return condition.spanMs > DAY_MS ? ours(filter, rule) : none(filter, condition.spanMs / 1000);
    case 'new':
    case 'regressed':
    case 'any':
      return ofIssues(filter, condition.kind);
    default:
      return ours(filter, rule);
  }
}

/** New Relic's longest loss of a signal. */
const MOST_MISSING_MS = 2 * DAY_MS;

/** Options of a rule that a condition elsewhere does not have. */
function unsaid({ min, except, clear, condition }: Rule): readonly string[] {
  return [
    ...(min > 1 ? [`min: issues with fewer than ${min} events alarm as well.`] : []),
    ...(except.length > 0 ? ['except: what it leaves out alarms as well.'] : []),
    ...(isState(condition) && clear !== 3 ? [`clear: ${clear}: it closes in its own time.`] : []),
  ];
}

/** What needs more than the records of one window. */
function ours(filter: Filter, { condition, sentence }: Rule): Condition {
  return {
    ...about(filter, condition.kind, sentence),
    signal: { of: 'filter', what: 'our own memory', filter },
    what: `${filter.name}: ${sentence}.`,
    levels: [],
    blind: [],
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
      'an issue whose details could not be read in its window: its state is not known there.',
    ],
  };
}

function above(filter: Filter, limit: number, lasts: number): Condition {
  return {
    ...about(filter, 'above', `more than ${limit} events`),
    signal: { of: 'filter', what: 'count', filter },
    what: `${filter.name}: more than ${limit} events in ${lasts === 0 ? 'one window' : `each of ${windows(lasts)}`}.`,
    levels: [critical({ is: 'above', limit }, lasts)],
    blind: ['a window without a count.', 'events that arrived in Sentry after the window was counted.'],
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
