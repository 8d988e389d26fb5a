import type { Condition, Level, RunSignal } from '../conditions/condition.ts';
import { comment } from '../words.ts';
import { clockSkew, gauge, lastSuccess, ledgerDown, oldestMessage, rise } from './run-metrics.ts';

interface Rule {
  readonly alert: string;
  readonly expr: string;
  /** Seconds. */
  readonly patience: number;
  /** Instead of the condition's own. */
  readonly what?: string;
  readonly advice?: string;
  /** Comments for linters. */
  readonly hints?: readonly string[];
}

/** Alerting rules for the conditions that /metrics tells of. `notes`: lines for the top. */
export function prometheusRules(conditions: readonly Condition[], notes: readonly string[]): string {
  const rules = conditions.flatMap((condition) =>
    condition.levels.flatMap((level) => rulesFor(condition, level).map((rule) => ruleText(rule, condition, level))),
  );
  const head = [
    'Made by sentry-monitor; make it anew instead of changing it.',
    ...notes,
    '',
    'About the service itself: the counts of events are where they are sent to, and alerts on them too.',
  ];
  return `${comment(head)}groups:\n  - name: sentry-monitor\n    rules:\n${rules.join('')}`;
}

/** None for what /metrics does not tell. */
function rulesFor({ signal }: Condition, level: Level): readonly Rule[] {
  return signal.of === 'runs' ? RULES[signal.what](level) : [];
}

/** Counters are summed over a quarter of an hour: one that rose once has risen for so long. */
const SPAN_S = 900;

const LOST = 'outcome=~"uncertain|refused|given_up"';

/** Of series that only some servers have. */
function onlyWith(what: string, series: string): readonly string[] {
  return [`Only servers with ${what} have this series.`, `pint disable promql/series(${series})`];
}

const RULES: Readonly<Record<RunSignal, (level: Level) => readonly Rule[]>> = {
  'good runs': ({ lasts }) => [
    { alert: 'SentryMonitorRunMissing', expr: `${lastSuccess('')} > ${lasts}`, patience: 60 },
    {
      alert: 'SentryMonitorNeverRan',
      expr: 'absent(sentry_monitor_last_success_timestamp_seconds)',
      patience: lasts,
      what: 'No server that Prometheus can see has had a good run since its start.',
      advice: 'Is /metrics scraped, with its token? Does the cron job post to these servers?',
    },
  ],
  // A single run that fails is what the next one repairs. 2.5, because increase() reckons a little beyond its points.
  'failed filters': ({ lasts }) =>
    lasts === 0
      ? []
      : [
          {
            alert: 'SentryMonitorRunsFail',
            expr: `${rise('sentry_monitor_runs_total', ['job'], 'outcome!="ok"', '20m')} > 2.5`,
            patience: 60,
          },
        ],
  gaps: ({ lasts, test }) => [
    {
      alert: 'SentryMonitorGaps',
      expr: over(rise('sentry_monitor_gaps_total', ['job', 'reason'], ''), test),
      patience: lasts + SPAN_S,
    },
  ],
  'faulty files': ({ lasts, test }) => [
    {
      alert: 'SentryMonitorFiltersFaulty',
      expr: over(gauge('sentry_monitor_filter_faults', ''), test),
      patience: lasts,
    },
  ],
  'windows behind': ({ lasts, test }) => [
    {
      alert: 'SentryMonitorWindowsBehind',
      expr: over(gauge('sentry_monitor_windows_behind', ''), test),
      patience: lasts,
      hints: onlyWith('a shared ledger', 'sentry_monitor_windows_behind'),
    },
  ],
  'ledger down': ({ lasts, test }) => [
    {
      alert: 'SentryMonitorLedgerDown',
      expr: over(ledgerDown(''), test),
      patience: lasts,
      hints: onlyWith('a shared ledger', 'sentry_monitor_ledger_up'),
    },
  ],
  'lost records': ({ test }) => [
    {
      alert: 'SentryMonitorRecordsLost',
      expr: over(rise('sentry_monitor_items_total', ['job', 'sink', 'outcome'], 'outcome!="accepted"'), test),
      patience: SPAN_S,
    },
  ],
  'oldest message': ({ lasts, test }) => [
    {
      alert: 'SentryMonitorOutboxStuck',
      expr: over(oldestMessage(''), test),
      patience: lasts,
      hints: onlyWith('channels', 'sentry_monitor_outbox_oldest_seconds'),
    },
  ],
  'lost messages': ({ test }) => [
    {
      alert: 'SentryMonitorMessagesLost',
      expr: over(rise('sentry_monitor_messages_total', ['job', 'channel', 'outcome'], LOST), test),
      patience: 60,
      hints: onlyWith('channels', 'sentry_monitor_messages_total'),
    },
  ],
  'clock skew': ({ lasts, test }) => [
    { alert: 'SentryMonitorClockWrong', expr: over(clockSkew(''), test), patience: lasts },
  ],
};

function over(expr: string, test: Level['test']): string {
  if (test.is === 'above') return `${expr} > ${test.limit}`;
  if (test.is === 'at least') return `${expr} >= ${test.limit}`;
  throw new Error(`PromQL has no word for ${test.is}`);
}

/** NOTE: JSON strings are YAML, and nothing in them means anything to it. */
function ruleText(rule: Rule, condition: Condition, { severity, when }: Level): string {
  const { alert, expr, patience, hints = [] } = rule;
  const what = rule.what ?? (when === '' ? condition.what : condition.what.replace(/\.$/, `: ${when}.`));
  return [
    ...hints.map((hint) => `      # ${hint}`),
    `      - alert: ${alert}`,
    `        expr: ${JSON.stringify(expr)}`,
    `        for: ${patience / 60}m`,
    `        labels: { severity: ${severity} }`,
    '        annotations:',
    `          summary: ${JSON.stringify(what)}`,
    `          description: ${JSON.stringify(rule.advice ?? condition.advice)}`,
  ]
    .map((line) => `${line}\n`)
    .join('');
}
