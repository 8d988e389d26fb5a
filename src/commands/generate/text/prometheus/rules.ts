import { comment } from '../words.ts';
import { clockSkew, gauge, lastSuccess, rise } from './run-metrics.ts';

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly severity: 'critical' | 'warning';
  readonly summary: string;
  readonly description: string;
}

const RULES: readonly Rule[] = [
  {
    alert: 'SentryMonitorRunMissing',
    expr: `${lastSuccess('')} > 900`,
    for: '1m',
    severity: 'critical',
    summary: 'No run ended ok for three intervals, on any server.',
    description: 'Is the cron job alive, does a server answer POST /run, do Sentry and every sink?',
  },
  {
    alert: 'SentryMonitorNeverRan',
    expr: 'absent(sentry_monitor_last_success_timestamp_seconds)',
    for: '15m',
    severity: 'critical',
    summary: 'No server that Prometheus can see has had a good run since its start.',
    description: 'Is /metrics scraped, with its token? Does the cron job post to these servers?',
  },
  {
    // 2.5, because increase() reckons a little beyond the points it has.
    alert: 'SentryMonitorRunsFail',
    expr: `${rise('sentry_monitor_runs_total', ['job'], 'outcome!="ok"', '20m')} > 2.5`,
    for: '1m',
    severity: 'warning',
    summary: 'Three runs of the last 20 minutes failed, wholly or in part.',
    description: 'The answer of POST /run and the log name each filter and the reason.',
  },
  {
    alert: 'SentryMonitorWindowsBehind',
    expr: `${gauge('sentry_monitor_windows_behind', '')} > 0`,
    for: '30m',
    severity: 'warning',
    summary: 'For half an hour windows have waited to be made up for.',
    description: 'The answer of POST /run and the log say which, and what keeps them.',
  },
  {
    alert: 'SentryMonitorRecordsLost',
    expr: `${rise('sentry_monitor_items_total', ['job', 'sink', 'outcome'], 'outcome!="accepted"')} > 0`,
    for: '15m',
    severity: 'warning',
    summary: 'Records did not reach their sink.',
    description:
      'Refused ones will not come again: the log names the reason. Failed and uncertain ones wait for a repair.',
  },
  {
    alert: 'SentryMonitorGaps',
    expr: `${rise('sentry_monitor_gaps_total', ['job', 'reason'], '')} > 0`,
    for: '30m',
    severity: 'warning',
    summary: 'What is sent has been incomplete for half an hour.',
    description: 'The label says why; the docs say what to do.',
  },
  {
    alert: 'SentryMonitorClockWrong',
    expr: `${clockSkew('')} > 10`,
    for: '15m',
    severity: 'warning',
    summary: 'The clock of a server differs from the one of Sentry.',
    description: 'From 30 seconds on it sends nothing. Is its time synchronized?',
  },
  {
    alert: 'SentryMonitorFiltersFaulty',
    expr: `${gauge('sentry_monitor_filter_faults', '')} > 0`,
    for: '15m',
    severity: 'warning',
    summary: 'A filters file has a fault: all of its filters are left out.',
    description: 'sentry-monitor check names file and line.',
  },
];

/** Alerting rules for Prometheus over the service's own metrics. `notes`: lines for the top. */
export function prometheusRules(notes: readonly string[]): string {
  const head = [
    'Made by sentry-monitor; make it anew instead of changing it.',
    ...notes,
    '',
    'About the service itself: the counts of events are where they are sent to, and alerts on them too.',
  ];
  return `${comment(head)}groups:\n  - name: sentry-monitor\n    rules:\n${RULES.map(ruleText).join('')}`;
}

/** NOTE: JSON strings are YAML, and nothing in them means anything to it. */
function ruleText({ alert, expr, for: patience, severity, summary, description }: Rule): string {
  return [
    `      - alert: ${alert}`,
    `        expr: ${JSON.stringify(expr)}`,
    `        for: ${patience}`,
    `        labels: { severity: ${severity} }`,
    '        annotations:',
    `          summary: ${JSON.stringify(summary)}`,
    `          description: ${JSON.stringify(description)}`,
  ]
    .map((line) => `${line}\n`)
    .join('');
}
