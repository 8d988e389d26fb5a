import {
  clockSkew,
  cpu,
  duration,
  firing,
  gauge,
  lastSuccess,
  oldestMessage,
  processMetric,
  rise,
  waiting,
} from './run-metrics.ts';

const ONLY = 'job=~"$job", instance=~"$instance"';
/** Grafana fills it in: a step of the chart and one scrape, so that no rise falls between two points. */
const STEP = '$__rate_interval';
const QUARTER = '15m';
const IN_A_STEP = 'In a quarter of an hour, or in a step of the chart where that is longer.';

/** A query and how its series are called. */
type Series = readonly [expr: string, legend: string];

export interface Panel {
  readonly title: string;
  readonly type: 'stat' | 'timeseries';
  readonly unit: string;
  readonly series: readonly Series[];
  /** From there on yellow, and red; null: never. */
  readonly steps?: readonly [yellow: number | null, red: number | null];
  /**
   * Shortest step of the chart, as Grafana writes it: what is looked at over a step then sees three runs at least. It
   * is the panel's, because a query's own would become four times as long.
   */
  readonly interval?: string;
  readonly description: string;
}

export const PANELS: readonly Panel[] = [
  {
    title: 'Since the last good run',
    type: 'stat',
    unit: 's',
    steps: [600, 900],
    series: [[lastSuccess(ONLY), '{{job}}']],
    description:
      'Of any server; good is a run with outcome ok. Over 15 minutes: no cron, no server, or trouble in every run.',
  },
  {
    title: 'Windows behind',
    type: 'stat',
    unit: 'none',
    steps: [1, null],
    series: [[gauge('sentry_monitor_windows_behind', ONLY), '{{instance}}']],
    description: 'Windows, times filters, that are still to be made up for. No value without a shared ledger.',
  },
  {
    title: 'Faults in filter files',
    type: 'stat',
    unit: 'none',
    steps: [null, 1],
    series: [[gauge('sentry_monitor_filter_faults', ONLY), '{{instance}}']],
    description: 'The filters of these files are left out; the command check names file and line.',
  },
  {
    title: 'Clock against Sentry',
    type: 'stat',
    unit: 's',
    steps: [5, 30],
    series: [[clockSkew(ONLY), '{{instance}}']],
    description: 'From 30 seconds on nothing is sent.',
  },
  {
    title: 'Runs by outcome',
    type: 'timeseries',
    unit: 'none',
    interval: QUARTER,
    series: [[rise('sentry_monitor_runs_total', ['outcome'], ONLY, STEP), '{{outcome}}']],
    description: `${IN_A_STEP} Three of each server.`,
  },
  {
    title: 'How long runs take',
    type: 'timeseries',
    unit: 's',
    interval: QUARTER,
    series: [
      [duration(0.5, ONLY, STEP), 'half of them'],
      [duration(0.95, ONLY, STEP), '95 %'],
    ],
    description: `At most so long. ${IN_A_STEP}`,
  },
  {
    title: 'Requests by vendor and status',
    type: 'timeseries',
    unit: 'none',
    interval: QUARTER,
    series: [[rise('sentry_monitor_requests_total', ['vendor', 'status'], ONLY, STEP), '{{vendor}} {{status}}']],
    description: IN_A_STEP,
  },
  {
    title: 'Tries again, and waits for limits',
    type: 'timeseries',
    unit: 'none',
    interval: QUARTER,
    series: [
      [rise('sentry_monitor_retries_total', ['vendor'], ONLY, STEP), '{{vendor}} tries'],
      [rise('sentry_monitor_limit_wait_seconds_total', ['vendor'], ONLY, STEP), '{{vendor}} seconds'],
    ],
    description: `${IN_A_STEP} Requests sent again, and seconds that a vendor asked to wait.`,
  },
  {
    title: 'Records by sink and outcome',
    type: 'timeseries',
    unit: 'none',
    interval: QUARTER,
    series: [[rise('sentry_monitor_items_total', ['sink', 'outcome'], ONLY, STEP), '{{sink}} {{outcome}}']],
    description: IN_A_STEP,
  },
  {
    title: 'Gaps by reason',
    type: 'timeseries',
    unit: 'none',
    interval: QUARTER,
    series: [[rise('sentry_monitor_gaps_total', ['reason'], ONLY, STEP), '{{reason}}']],
    description: `${IN_A_STEP} Parts that are missing in what was sent.`,
  },
  {
    title: 'Corrections by sink',
    type: 'timeseries',
    unit: 'none',
    interval: QUARTER,
    series: [[rise('sentry_monitor_corrections_total', ['sink'], ONLY, STEP), '{{sink}}']],
    description: `${IN_A_STEP} Windows sent again, because events came late.`,
  },
  {
    title: 'Alerts firing',
    type: 'timeseries',
    unit: 'none',
    series: [[firing(ONLY), '{{severity}}']],
    description: 'By severity. No value where no filter has alerts.',
  },
  {
    title: 'Messages by channel and outcome',
    type: 'timeseries',
    unit: 'none',
    interval: QUARTER,
    series: [[rise('sentry_monitor_messages_total', ['channel', 'outcome'], ONLY, STEP), '{{channel}} {{outcome}}']],
    description: `${IN_A_STEP} Each try is one; refused and given up are lost.`,
  },
  {
    title: 'Messages that wait',
    type: 'timeseries',
    unit: 'none',
    series: [[waiting(ONLY), '{{job}}']],
    description: 'For their channel, with what is in no message yet although nothing holds it back.',
  },
  {
    title: 'Oldest message that waits',
    type: 'timeseries',
    unit: 's',
    series: [[oldestMessage(ONLY), '{{job}}']],
    description: 'Of all channels. Over an hour: one does not take what it is to bring.',
  },
  {
    title: 'Memory',
    type: 'timeseries',
    unit: 'bytes',
    series: [[processMetric('process_resident_memory_bytes', ONLY), '{{instance}}']],
    description: 'Of the process.',
  },
  {
    title: 'CPU',
    type: 'timeseries',
    unit: 'percentunit',
    series: [[cpu(ONLY, STEP), '{{instance}}']],
    description: 'Of one core.',
  },
  {
    title: 'Event loop',
    type: 'timeseries',
    unit: 's',
    series: [[processMetric('nodejs_eventloop_lag_p99_seconds', ONLY), '{{instance}}']],
    description: 'How long the process is deaf, at worst but one in a hundred.',
  },
];
