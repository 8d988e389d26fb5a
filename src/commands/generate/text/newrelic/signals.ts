import type { RunSignal, Signal } from '../conditions/condition.ts';
import { isOneOf } from './nrql.ts';

/** As conditions take it: no LIMIT, no SINCE, no TIMESERIES. Undefined: New Relic is not told of it, or need not be. */
export function queryFor(signal: Signal): string | undefined {
  if (signal.of === 'runs') return OF_RUNS[signal.what];
  const own = isOneOf([signal.filter]);
  if (signal.what === 'our own memory') return undefined;
  if (signal.what === 'count') return `SELECT max(value) FROM SentryMonitoring WHERE type = 'filter_count' AND ${own}`;
  if (signal.what === 'users') return `SELECT max(users) FROM SentryMonitoring WHERE type = 'filter_count' AND ${own}`;
  const issues = `FROM SentryMonitoring WHERE type = 'sentry_issue' AND ${own}`;
  const each = 'FACET sentryIssueId, message, sentryUrl';
  if (signal.what === 'any') return `SELECT count(*) ${issues} ${each}`;
  if (signal.what === 'events of an issue') return `SELECT max(count) ${issues} ${each}`;
  if (signal.what === 'users of an issue') return `SELECT max(users) ${issues} ${each}`;
  if (signal.what !== 'trending score') return `SELECT count(*) ${issues} AND state = '${signal.what}' ${each}`;
  return (
    `SELECT max(score) FROM SentryMonitoring WHERE type = 'sentry_issue' AND trending = 1 AND ${own} ` +
    'FACET sentryIssueId, message, sentryUrl'
  );
}

/** Of a signal whose loss alarms: what must come. */
export function signOfLife(signal: Signal): string | undefined {
  if (signal.of === 'runs') return OF_RUNS[signal.what];
  const own = isOneOf([signal.filter]);
  return `SELECT count(*) FROM SentryMonitoring WHERE type = 'filter_count' AND ${own} AND value IS NOT NULL`;
}

const OF_RUNS: Readonly<Partial<Record<RunSignal, string>>> = {
  'good runs': "SELECT count(*) FROM SentryMonitorRun WHERE outcome != 'failed'",
  'failed filters': 'SELECT max(failed) FROM SentryMonitorRun',
  gaps: 'SELECT max(incomplete) FROM SentryMonitorRun',
  'faulty files': 'SELECT max(faults) FROM SentryMonitorRun',
  'windows behind': 'SELECT max(behind) FROM SentryMonitorRun',
  'lost messages': 'SELECT max(messagesFailed) FROM SentryMonitorRun',
};
