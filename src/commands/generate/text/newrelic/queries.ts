import type { Filter } from '../../../../core/model/filter.ts';
import { isOneOf } from './nrql.ts';

/**
 * NRQL over our records. Counts are read with `max` by window: then a record that came twice, or once more with a
 * higher revision, changes nothing. A bucket of five minutes holds the start of exactly one window, wherever it begins.
 * A day has 288 buckets; New Relic shows at most 366, so charts do not follow the time picker.
 */
const BY_WINDOW = 'TIMESERIES 5 minutes LIMIT MAX';
const A_DAY = 'SINCE 1 day ago';

type RecordType = 'filter_count' | 'event_count' | 'sentry_issue';

/** Every filter's count, window by window. */
export function eventsByFilter(filters: readonly Filter[]): string {
  return select(["max(value) AS 'Events'"], from('filter_count', filters), `FACET \`filter\` ${BY_WINDOW} ${A_DAY}`);
}

/** Every filter's sum over a day. */
export function eventsOfADay(filters: readonly Filter[]): string {
  const byWindow = select(['max(value) AS v'], from('filter_count', filters), `FACET \`filter\` ${BY_WINDOW}`);
  return select(["sum(v) AS 'Events'"], `(${byWindow})`, `FACET \`filter\` LIMIT MAX ${A_DAY}`);
}

/** Users cannot be added up, neither over projects nor over windows. */
export function users(filters: readonly Filter[]): string {
  const facet = `FACET \`filter\`, project ${BY_WINDOW} ${A_DAY}`;
  return select(["max(users) AS 'Users'"], from('event_count', filters), facet);
}

/** One filter, project by project. */
export function eventsByProject(filter: Filter): string {
  return select(["max(value) AS 'Events'"], from('event_count', [filter]), `FACET project ${BY_WINDOW} ${A_DAY}`);
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
  const facet = 'FACET `filter`, project, sentryIssueId LIMIT 100 SINCE 1 hour ago';
  return select(columns, from('sentry_issue', filters, 'trending = 1'), facet);
}

/** NOTE: `uniqueCount` is exact up to 256 values; half a day has 144 windows. */
export function windowsCounted(filters: readonly Filter[]): string {
  const columns = [
    "uniqueCount(windowStart) AS 'Windows'",
    "filter(uniqueCount(windowStart), WHERE complete = 0) AS 'With a gap'",
    "latest(reason) AS 'Last reason'",
  ];
  return select(columns, from('filter_count', filters), 'FACET `filter` LIMIT MAX SINCE 12 hours ago');
}

const RUN = 'SentryMonitorRun';
const BY_SERVER = `FACET server ${BY_WINDOW} ${A_DAY}`;

/** Runs are stamped when they end; two servers are two runs. */
export const RUNS = {
  lately: select(
    [
      "filter(count(*), WHERE outcome != 'failed') AS 'Not failed'",
      "filter(count(*), WHERE outcome = 'failed') AS 'Failed'",
    ],
    RUN,
    'SINCE 15 minutes ago',
  ),
  outcomes: select(["count(*) AS 'Runs'"], RUN, `FACET outcome ${BY_WINDOW} ${A_DAY}`),
  servers: select(
    [
      "latest(timestamp) AS 'Last run'",
      "latest(outcome) AS 'Outcome'",
      "latest(filters) AS 'Filters'",
      "latest(sinks) AS 'Sinks'",
      "latest(version) AS 'Version'",
    ],
    RUN,
    `FACET server LIMIT MAX ${A_DAY}`,
  ),
  trouble: select(
    [
      "max(failed) AS 'Filters failed'",
      "max(incomplete) AS 'Filters with a gap'",
      "max(faults) AS 'Faulty filter files'",
    ],
    RUN,
    `TIMESERIES 5 minutes ${A_DAY}`,
  ),
  duration: select(["max(durationMs) AS 'ms'"], RUN, BY_SERVER),
  requests: select(["max(sentryRequests) AS 'Requests'"], RUN, BY_SERVER),
  clock: select(["max(clockSkewMs) AS 'Most'", "min(clockSkewMs) AS 'Least'"], RUN, BY_SERVER),
} as const;

function select(columns: readonly string[], source: string, rest: string): string {
  return `SELECT ${columns.join(', ')} FROM ${source} ${rest}`;
}

/** Records of one type that any of the filters counted. */
function from(type: RecordType, filters: readonly Filter[], also?: string): string {
  const conditions = [`type = '${type}'`, ...(also === undefined ? [] : [also]), isOneOf(filters)];
  return `SentryMonitoring WHERE ${conditions.join(' AND ')}`;
}
