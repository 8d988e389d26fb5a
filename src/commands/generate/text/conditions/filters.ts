import type { Rule } from '../../../../core/model/alerting/rule.ts';
import type { Filter } from '../../../../core/model/filter.ts';
import { cut } from '../words.ts';
import { type Condition, type Level, PATIENCE_S, WINDOW_S } from './condition.ts';

/** Standard deviations from what was to be expected. */
const DEVIATIONS = 3;

/** What a filter's alerts ask for, in their order; none of those that this cannot say. */
export function filterConditions(filter: Filter): readonly Condition[] {
  return [...(filter.alerts ?? []), ...(filter.untold ?? [])].flatMap((rule) => conditionOf(filter, rule) ?? []);
}

function conditionOf(filter: Filter, { condition }: Rule): Condition | undefined {
  switch (condition.kind) {
    case 'incomplete':
      return missing(filter);
    case 'events':
      return above(filter, condition.above);
    case 'anomaly':
      return anomaly(filter);
    case 'trending':
      return trending(filter, condition.score ?? 0);
    default:
      return undefined;
  }
}

function missing(filter: Filter): Condition {
  return {
    ...about(filter, 'missing', 'no count'),
    signal: { of: 'filter', what: 'count', filter },
    what: `${filter.name}: no count arrived for three windows. A zero is a count.`,
    levels: [critical({ is: 'missing' }, PATIENCE_S)],
    blind: [
      'which windows arrive: late ones also count as a sign of life.',
      'one project of several that cannot be read: that is a gap.',
    ],
  };
}

function above(filter: Filter, limit: number): Condition {
  return {
    ...about(filter, 'above', `more than ${limit} events`),
    signal: { of: 'filter', what: 'count', filter },
    what: `${filter.name}: more than ${limit} events in one window.`,
    levels: [critical({ is: 'above', limit }, 0)],
    blind: ['a window without a count.', 'events that arrived in Sentry after the window was counted.'],
  };
}

function anomaly(filter: Filter): Condition {
  return {
    ...about(filter, 'anomaly', 'unusually many events'),
    signal: { of: 'filter', what: 'count', filter },
    what:
      `${filter.name}: for two windows more events than its own past lets expect, ` +
      `by ${DEVIATIONS} standard deviations.`,
    levels: [critical({ is: 'unusual', deviations: DEVIATIONS }, 2 * WINDOW_S)],
    blind: [
      'a surge of a single window, or of two with one between them that was not counted.',
      'what has become usual: a trouble of a week is the past of the next.',
    ],
  };
}

function trending(filter: Filter, limit: number): Condition {
  return {
    ...about(filter, 'trending', 'a trending issue'),
    signal: { of: 'filter', what: 'trending score', filter },
    what: `${filter.name}: an issue trends with a score of ${limit} or more. Closes when it no longer does.`,
    levels: [critical({ is: 'at least', limit }, 0)],
    blind: [
      'an issue whose past could not be read: it has no score.',
      'issues beyond the 100 biggest of a window: only those are compared with their past.',
    ],
  };
}

function critical(test: Level['test'], lasts: number): Level {
  return { severity: 'critical', test, lasts, when: '' };
}

function about(
  filter: Filter,
  kind: 'missing' | 'above' | 'anomaly' | 'trending',
  words: string,
): Pick<Condition, 'key' | 'title' | 'advice' | 'runbook'> {
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
