import type { JsonObject } from '../../../../core/model/item.ts';
import { clockSkew, cpu, duration, gauge, lastSuccess, processMetric, rise } from './run-metrics.ts';

/** A dashboard to import: how the service itself fares, by its /metrics. `notes`: lines for the description. */
export function grafanaDashboard(notes: readonly string[]): string {
  const dashboard = {
    uid: 'sentry-monitor',
    title: 'Sentry monitor',
    tags: ['sentry-monitor'],
    description: [
      'Made by sentry-monitor; make it anew instead of changing it.',
      'The counts of events are where they are sent to, not here.',
      ...notes,
    ].join(' '),
    schemaVersion: 39,
    version: 1,
    editable: true,
    graphTooltip: 1,
    refresh: '1m',
    timezone: 'utc',
    time: { from: 'now-12h', to: 'now' },
    templating: { list: [datasource(), jobs()] },
    panels: panels(),
  };
  return `${JSON.stringify(dashboard, null, 2)}\n`;
}

function datasource(): JsonObject {
  return { name: 'datasource', label: 'Prometheus', type: 'datasource', query: 'prometheus' };
}

function jobs(): JsonObject {
  const query = 'label_values(sentry_monitor_runs_total, job)';
  return {
    name: 'job',
    label: 'Job',
    type: 'query',
    datasource: SOURCE,
    query: { query, refId: 'job' },
    definition: query,
    refresh: 1,
    includeAll: true,
    allValue: '.+',
    current: { text: 'All', value: '$__all' },
  };
}

const SOURCE = { type: 'prometheus', uid: '${datasource}' };
const ONLY = 'job=~"$job"';

/** A query and how its series are called. */
type Series = readonly [expr: string, legend: string];

interface Panel {
  readonly title: string;
  readonly type: 'stat' | 'timeseries';
  readonly unit: string;
  readonly series: readonly Series[];
  /** From there on yellow, and red; null: never. */
  readonly steps?: readonly [yellow: number | null, red: number | null];
  readonly description: string;
}

const PANELS: readonly Panel[] = [
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
    description: 'The filters of these files are left out; sentry-monitor check names file and line.',
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
    series: [[rise('sentry_monitor_runs_total', ['outcome'], ONLY), '{{outcome}}']],
    description: 'In 15 minutes: three of each server.',
  },
  {
    title: 'How long runs take',
    type: 'timeseries',
    unit: 's',
    series: [
      [duration(0.5, ONLY), 'half of them'],
      [duration(0.95, ONLY), '95 %'],
    ],
    description: 'At most so long, over the last hour.',
  },
  {
    title: 'Requests by vendor and status',
    type: 'timeseries',
    unit: 'none',
    series: [[rise('sentry_monitor_requests_total', ['vendor', 'status'], ONLY), '{{vendor}} {{status}}']],
    description: 'In 15 minutes.',
  },
  {
    title: 'Tries again, and waits for limits',
    type: 'timeseries',
    unit: 'none',
    series: [
      [rise('sentry_monitor_retries_total', ['vendor'], ONLY), '{{vendor}} tries'],
      [rise('sentry_monitor_limit_wait_seconds_total', ['vendor'], ONLY), '{{vendor}} seconds'],
    ],
    description: 'In 15 minutes: requests sent again, and seconds that a vendor asked to wait.',
  },
  {
    title: 'Records by sink and outcome',
    type: 'timeseries',
    unit: 'none',
    series: [[rise('sentry_monitor_items_total', ['sink', 'outcome'], ONLY), '{{sink}} {{outcome}}']],
    description: 'In 15 minutes.',
  },
  {
    title: 'Gaps by reason',
    type: 'timeseries',
    unit: 'none',
    series: [[rise('sentry_monitor_gaps_total', ['reason'], ONLY), '{{reason}}']],
    description: 'In 15 minutes: parts that are missing in what was sent.',
  },
  {
    title: 'Corrections by sink',
    type: 'timeseries',
    unit: 'none',
    series: [[rise('sentry_monitor_corrections_total', ['sink'], ONLY), '{{sink}}']],
    description: 'In 15 minutes: windows sent again, because events came late.',
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
    series: [[cpu(ONLY), '{{instance}}']],
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

/** Four numbers in a row, then two charts in each. */
function panels(): readonly JsonObject[] {
  const stats = PANELS.filter(({ type }) => type === 'stat').length;
  return PANELS.map((panel, index) => {
    const chart = index - stats;
    const gridPos =
      chart < 0
        ? { x: index * 6, y: 0, w: 6, h: 4 }
        : { x: (chart % 2) * 12, y: 4 + 8 * Math.floor(chart / 2), w: 12, h: 8 };
    return panelOf(panel, index + 1, gridPos);
  });
}

function panelOf(
  { title, type, unit, series, steps, description }: Panel,
  id: number,
  gridPos: JsonObject,
): JsonObject {
  const targets = series.map(([expr, legendFormat], index) => ({
    refId: String.fromCharCode(65 + index),
    datasource: SOURCE,
    expr,
    legendFormat,
  }));
  return {
    id,
    title,
    description,
    type,
    datasource: SOURCE,
    gridPos,
    fieldConfig: {
      defaults: { unit, min: 0, ...(steps === undefined ? {} : { thresholds: thresholds(steps) }) },
      overrides: [],
    },
    targets,
  };
}

function thresholds([yellow, red]: NonNullable<Panel['steps']>): JsonObject {
  const steps = [
    { color: 'green', value: null },
    { color: 'yellow', value: yellow },
    { color: 'red', value: red },
  ];
  return { mode: 'absolute', steps: steps.filter(({ color, value }) => color === 'green' || value !== null) };
}
