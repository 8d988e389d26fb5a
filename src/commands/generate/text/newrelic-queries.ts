import type { Filter } from '../../../core/model/filter.ts';
import { oneOfFilters } from './words.ts';

/**
 * NRQL over our records. Counts are read with `max` by window: then a record that came twice, or once more with a higher
 * revision, changes nothing. A bucket of five minutes holds the start of exactly one window, wherever it begins. A day has
 * 288 buckets; New Relic shows at most 366, so charts do not follow the time picker.
 */
const BY_WINDOW = 'TIMESERIES 5 minutes LIMIT MAX';
const A_DAY = 'SINCE 1 day ago';

/** Every filter's count, window by window. */
export function eventsByFilter(filters: readonly Filter[]): string {
  return `SELECT max(value) AS 'Events' FROM SentryMonitoring WHERE type = 'filter_count' AND ${oneOfFilters(filters)} FACET \`filter\` ${BY_WINDOW} ${A_DAY}`;
}

/** Every filter's sum over a day. */
export function eventsOfADay(filters: readonly Filter[]): string {
  const inner = `SELECT max(value) AS v FROM SentryMonitoring WHERE type = 'filter_count' AND ${oneOfFilters(filters)} FACET \`filter\` ${BY_WINDOW}`;
  return `SELECT sum(v) AS 'Events' FROM (${inner}) FACET \`filter\` LIMIT MAX ${A_DAY}`;
}

/** Users cannot be added up, neither over projects nor over windows. */
export function users(filters: readonly Filter[]): string {
  return `SELECT max(users) AS 'Users' FROM SentryMonitoring WHERE type = 'event_count' AND ${oneOfFilters(filters)} FACET \`filter\`, project ${BY_WINDOW} ${A_DAY}`;
}

/** One filter, project by project. */
export function eventsByProject(filter: Filter): string {
  return `SELECT max(value) AS 'Events' FROM SentryMonitoring WHERE type = 'event_count' AND ${oneOfFilters([filter])} FACET project ${BY_WINDOW} ${A_DAY}`;
}

/** The highest score first: a table is ordered by its first number. */
export function trending(filters: readonly Filter[]): string {
  const columns = [
    "max(score) AS 'Score'",
    "max(`count`) AS 'Events in its biggest window'",
    "max(users) AS 'Users'",
    "latest(expected) AS 'Expected'",
    "latest(state) AS 'State'",
    "latest(message) AS 'Issue'",
    "latest(assignee) AS 'Assignee'",
    "latest(sentryUrl) AS 'Link'",
  ];
  const where = `type = 'sentry_issue' AND trending = 1 AND ${oneOfFilters(filters)}`;
  return `SELECT ${columns.join(', ')} FROM SentryMonitoring WHERE ${where} FACET \`filter\`, project, sentryIssueId LIMIT 100 SINCE 1 hour ago`;
}

/** NOTE: `uniqueCount` is exact up to 256 values; half a day has 144 windows. */
export function windowsCounted(filters: readonly Filter[]): string {
  const columns = [
    "uniqueCount(windowStart) AS 'Windows'",
    "filter(uniqueCount(windowStart), WHERE complete = 0) AS 'With a gap'",
    "latest(reason) AS 'Last reason'",
  ];
  return `SELECT ${columns.join(', ')} FROM SentryMonitoring WHERE type = 'filter_count' AND ${oneOfFilters(filters)} FACET \`filter\` LIMIT MAX SINCE 12 hours ago`;
}

/** Runs are stamped when they end; two servers are two runs. */
export const RUNS = {
  lately:
    "SELECT filter(count(*), WHERE outcome != 'failed') AS 'Not failed', filter(count(*), WHERE outcome = 'failed') AS 'Failed' FROM SentryMonitorRun SINCE 15 minutes ago",
  outcomes: `SELECT count(*) AS 'Runs' FROM SentryMonitorRun FACET outcome ${BY_WINDOW} ${A_DAY}`,
  servers:
    "SELECT latest(timestamp) AS 'Last run', latest(outcome) AS 'Outcome', latest(filters) AS 'Filters', latest(sinks) AS 'Sinks', latest(version) AS 'Version' " +
    `FROM SentryMonitorRun FACET server LIMIT MAX ${A_DAY}`,
  trouble: `SELECT max(failed) AS 'Filters failed', max(incomplete) AS 'Filters with a gap', max(faults) AS 'Faulty filter files' FROM SentryMonitorRun TIMESERIES 5 minutes ${A_DAY}`,
  duration: `SELECT max(durationMs) AS 'ms' FROM SentryMonitorRun FACET server ${BY_WINDOW} ${A_DAY}`,
  requests: `SELECT max(sentryRequests) AS 'Requests' FROM SentryMonitorRun FACET server ${BY_WINDOW} ${A_DAY}`,
  clock: `SELECT max(clockSkewMs) AS 'Most', min(clockSkewMs) AS 'Least' FROM SentryMonitorRun FACET server ${BY_WINDOW} ${A_DAY}`,
} as const;
