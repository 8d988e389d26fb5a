import type { Filter, FilterAlert } from '../../../../core/model/filter.ts';
import type { HclValue } from './hcl.ts';
import { isOneOf } from './nrql.ts';

/** One condition of New Relic, before it is Terraform. */
export interface Condition {
  /** Name of the resource: letters, digits, `_` and `-`. */
  readonly key: string;
  readonly name: string;
  readonly what: string;
  /** What it cannot see. */
  readonly blind: readonly string[];
  readonly attributes: Readonly<Record<string, HclValue>>;
  /** As conditions take it: no LIMIT, no SINCE, no TIMESERIES. */
  readonly query: string;
  readonly terms: readonly Term[];
  /** For the person who is called; '' for none. */
  readonly description: string;
  readonly runbook?: string | undefined;
}

interface Term {
  readonly severity: 'critical' | 'warning';
  readonly operator: 'above' | 'above_or_equals' | 'below';
  readonly threshold: number;
  readonly seconds: number;
  readonly occurrences: 'all' | 'at_least_once';
}

const WINDOW_S = 300;
/** Three windows of patience. */
const PATIENCE_S = 900;
/** Standard deviations from what was to be expected. */
const DEVIATIONS = 3;

/**
 * NOTE: an incident that reaches its time limit is closed although nothing came back, and only a new signal can be lost
 * again. Hence the longest limit there is.
 */
const LOSS = {
  type: 'static',
  violation_time_limit_seconds: 30 * 86_400,
  expiration_duration: PATIENCE_S,
  open_violation_on_expiration: true,
  close_violations_on_expiration: false,
} as const;
/** Terraform demands a threshold; a record that counts as one is never below one, so this alone opens nothing. */
const NEVER: Term = { severity: 'critical', operator: 'below', threshold: 1, seconds: PATIENCE_S, occurrences: 'all' };
const LOSS_BLIND = 'anything until a first record has arrived: New Relic misses only a signal that it has seen.';

/** What watches the monitor itself. */
export function runConditions(): readonly Condition[] {
  return [missingRuns(), failedRuns(), incompleteRuns(), faultyFiles()];
}

function missingRuns(): Condition {
  return {
    key: 'runs_missing',
    name: 'sentry-monitor: no run',
    what:
      'No run for three intervals that read and delivered anything: ' +
      'no cron, no server, or no run that did not fail.',
    blind: [
      'a run that says ok although a filter is missing from its file; write alert: { missing: true } for that.',
      LOSS_BLIND,
    ],
    attributes: LOSS,
    query: "SELECT count(*) FROM SentryMonitorRun WHERE outcome != 'failed'",
    terms: [NEVER],
    description:
      'No run ended well for 15 minutes. Is the cron job alive, does a server answer POST /run, does Sentry?',
  };
}

function failedRuns(): Condition {
  return {
    key: 'runs_failed',
    name: 'sentry-monitor: filters failed',
    what:
      'Filters that could not be read, or not be delivered to every sink: ' +
      'a warning for one run, critical for three in a row.',
    blind: [
      'a run whose own record could not be sent, which is likely while New Relic is the sink that fails.',
      'that the next try, or the other server, delivered it after all.',
    ],
    attributes: { type: 'static' },
    query: 'SELECT max(failed) FROM SentryMonitorRun',
    terms: [
      { severity: 'critical', operator: 'above', threshold: 0, seconds: PATIENCE_S, occurrences: 'all' },
      { severity: 'warning', operator: 'above', threshold: 0, seconds: WINDOW_S, occurrences: 'at_least_once' },
    ],
    description: 'The answer of POST /run and the log name each filter and the reason.',
  };
}

function incompleteRuns(): Condition {
  return {
    key: 'runs_incomplete',
    name: 'sentry-monitor: counts with gaps',
    what: 'Filters that were counted with something missing, three runs in a row.',
    blind: [
      'which filter and why: that stands in complete and reason of its records.',
      'a gap that a later try filled.',
    ],
    attributes: { type: 'static' },
    query: 'SELECT max(incomplete) FROM SentryMonitorRun',
    terms: [{ severity: 'warning', operator: 'above', threshold: 0, seconds: PATIENCE_S, occurrences: 'all' }],
    description: 'The run health of the team pages names filter and reason.',
  };
}

function faultyFiles(): Condition {
  return {
    key: 'filters_faulty',
    name: 'sentry-monitor: faulty filters file',
    what: 'A filters file with a fault: all of its filters are left out.',
    blind: ['a server that did not start because of it.'],
    attributes: { type: 'static' },
    query: 'SELECT max(faults) FROM SentryMonitorRun',
    terms: [{ severity: 'warning', operator: 'above', threshold: 0, seconds: PATIENCE_S, occurrences: 'all' }],
    description: 'sentry-monitor check names file and line.',
  };
}

/** What a filter asks for, in a fixed order. */
export function filterConditions(filter: Filter): readonly Condition[] {
  const { alert = {} } = filter;
  return [missing(filter, alert), above(filter, alert), anomaly(filter, alert), trending(filter, alert)].filter(
    (it) => it !== undefined,
  );
}

function missing(filter: Filter, { missing: wanted }: FilterAlert): Condition | undefined {
  if (wanted !== true) return undefined;
  return {
    ...about(filter, 'missing', 'no count'),
    what: `${filter.name}: no count arrived for three windows. A zero is a count.`,
    blind: [
      'which windows arrive: late ones also count as a sign of life.',
      'one project of several that cannot be read: that is a gap.',
      LOSS_BLIND,
    ],
    attributes: LOSS,
    query: `SELECT count(*) FROM SentryMonitoring WHERE ${counts(filter)} AND value IS NOT NULL`,
    terms: [NEVER],
  };
}

function above(filter: Filter, { above: threshold }: FilterAlert): Condition | undefined {
  if (threshold === undefined) return undefined;
  return {
    ...about(filter, 'above', `more than ${threshold} events`),
    what: `${filter.name}: more than ${threshold} events in one window.`,
    blind: ['a window without a count.', 'events that arrived in Sentry after the window was counted.'],
    attributes: { type: 'static' },
    query: `SELECT max(value) FROM SentryMonitoring WHERE ${counts(filter)}`,
    terms: [{ severity: 'critical', operator: 'above', threshold, seconds: WINDOW_S, occurrences: 'at_least_once' }],
  };
}

function anomaly(filter: Filter, { anomaly: wanted }: FilterAlert): Condition | undefined {
  if (wanted !== true) return undefined;
  return {
    ...about(filter, 'anomaly', 'unusually many events'),
    what:
      `${filter.name}: for two windows more events than its own past lets expect, ` +
      `by ${DEVIATIONS} standard deviations.`,
    blind: [
      'a surge of a single window.',
      'what has become usual: a trouble of a week is the past of the next.',
      'anything in the first days, while New Relic learns.',
    ],
    attributes: { type: 'baseline', baseline_direction: 'upper_only' },
    query: `SELECT max(value) FROM SentryMonitoring WHERE ${counts(filter)}`,
    terms: [
      { severity: 'critical', operator: 'above', threshold: DEVIATIONS, seconds: 2 * WINDOW_S, occurrences: 'all' },
    ],
  };
}

/** An issue that stops trending sends nothing more: the signal expires, and that closes it. */
function trending(filter: Filter, { trending: score }: FilterAlert): Condition | undefined {
  if (score === undefined) return undefined;
  return {
    ...about(filter, 'trending', 'a trending issue'),
    what: `${filter.name}: an issue trends with a score of ${score} or more. Closes when it no longer does.`,
    blind: [
      'an issue whose past could not be read: it has no score.',
      'issues beyond the 100 biggest of a window: only those are compared with their past.',
    ],
    attributes: {
      type: 'static',
      expiration_duration: PATIENCE_S,
      open_violation_on_expiration: false,
      close_violations_on_expiration: true,
    },
    query:
      `SELECT max(score) FROM SentryMonitoring WHERE type = 'sentry_issue' AND trending = 1 AND ${isOneOf([filter])} ` +
      'FACET sentryIssueId, message, sentryUrl',
    terms: [
      {
        severity: 'critical',
        operator: 'above_or_equals',
        threshold: score,
        seconds: WINDOW_S,
        occurrences: 'at_least_once',
      },
    ],
  };
}

function counts(filter: Filter): string {
  return `type = 'filter_count' AND ${isOneOf([filter])}`;
}

function about(
  filter: Filter,
  kind: keyof FilterAlert,
  words: string,
): Pick<Condition, 'key' | 'name' | 'description' | 'runbook'> {
  return {
    key: `${kind}_${filter.name}`,
    name: `${filter.name}: ${words}`,
    description: describe(filter),
    runbook: filter.runbook,
  };
}

/** Longest text of one label that is shown, and of all together. */
const LABEL = 200;
const DESCRIPTION = 2000;

/** NOTE: New Relic fills in what stands between {{ and }} in a description. */
function describe({ team, projects, labels }: Filter): string {
  const own = Object.entries(labels).map(([key, text]) => `${key}: ${cut(text, LABEL)}`);
  const parts = [...(team === undefined ? [] : [`Team ${team}`]), `Projects ${projects.join(', ')}`, ...own];
  return cut(parts.join('\n').replaceAll(/\{(?=\{)/g, '{ '), DESCRIPTION);
}

function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1).toWellFormed()}…` : text;
}
