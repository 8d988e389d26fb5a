const ALL = ['filter', 'team', 'org', 'revision', 'windowStart', 'windowEnd', 'reportId', 'timestamp', 'type'];

/**
 * The attributes of our records, written by hand from the contract.
 * By event type, or by `type` of SentryMonitoring.
 */
export const NAMES: Readonly<Record<string, readonly string[]>> = {
  event_count: [...ALL, 'project', 'projectId', 'value', 'issues', 'users', 'complete', 'reason'],
  filter_count: [...ALL, 'value', 'issues', 'unattributed', 'complete', 'reason', 'users'],
  sentry_issue: [
    ...ALL,
    'project',
    'sentryIssueId',
    'shortId',
    'sentryUrl',
    'message',
    'culprit',
    'level',
    'count',
    'users',
    'state',
    'expected',
    'trend',
    'score',
    'trending',
    'rank',
    'assignee',
    'firstSeen',
    'status',
    'substatus',
  ],
  SentryMonitorRun: [
    'timestamp',
    'outcome',
    'durationMs',
    'filters',
    'failed',
    'incomplete',
    'faults',
    'sentryRequests',
    'sinks',
    'clockSkewMs',
    'behind',
    'alertsFiring',
    'messagesFailed',
    'server',
    'version',
    'windowStart',
  ],
};
