/**
 * PromQL over the service's own metrics. Runs come every five minutes, so counters are looked at over a quarter of an
 * hour at least. `only`: a matcher such as `job=~"$job"`, or ''.
 */

/** Over which counters are summed. */
const SPAN = '15m';

/** Seconds; no series until a server had one. */
export function lastSuccess(only: string): string {
  return `time() - max by (job) (sentry_monitor_last_success_timestamp_seconds${braces(only)})`;
}

export function gauge(name: GaugeName, only: string): string {
  return `max by (job, instance) (${name}${braces(only)})`;
}

export type GaugeName = 'sentry_monitor_windows_behind' | 'sentry_monitor_filter_faults';

/** Each server says it of all. */
export function firing(only: string): string {
  return `max by (severity) (sentry_monitor_alerts_firing${braces(only)})`;
}

/** As `firing`. */
export function waiting(only: string): string {
  return `max by (job) (sentry_monitor_outbox_pending${braces(only)})`;
}

/** Seconds; each server says it of all. */
export function oldestMessage(only: string): string {
  return `max by (job) (sentry_monitor_outbox_oldest_seconds${braces(only)})`;
}

/** Before or behind is the same trouble. */
export function clockSkew(only: string): string {
  return `max by (job, instance) (abs(sentry_monitor_clock_skew_seconds${braces(only)}))`;
}

/** 1 for a server whose shared ledger does not work, 0 for one whose does. */
export function ledgerDown(only: string): string {
  return `max by (job, instance) (1 - sentry_monitor_ledger_up${braces(only)})`;
}

/** How much a counter rose. */
export function rise(counter: CounterName, by: readonly string[], only: string, span = SPAN): string {
  return `sum by (${by.join(', ')}) (increase(${counter}${braces(only)}[${span}]))`;
}

export type CounterName =
  | 'sentry_monitor_runs_total'
  | 'sentry_monitor_requests_total'
  | 'sentry_monitor_retries_total'
  | 'sentry_monitor_limit_wait_seconds_total'
  | 'sentry_monitor_items_total'
  | 'sentry_monitor_gaps_total'
  | 'sentry_monitor_corrections_total'
  | 'sentry_monitor_messages_total';

/** `share` of the runs of the span took at most this long. */
export function duration(share: number, only: string, span: string): string {
  const buckets = `sentry_monitor_run_duration_seconds_bucket${braces(only)}`;
  return `histogram_quantile(${share}, sum by (le) (rate(${buckets}[${span}])))`;
}

export function processMetric(
  name: 'process_resident_memory_bytes' | 'nodejs_eventloop_lag_p99_seconds',
  only: string,
): string {
  return `${name}${braces(only)}`;
}

export function cpu(only: string, span: string): string {
  return `rate(process_cpu_seconds_total${braces(only)}[${span}])`;
}

function braces(only: string): string {
  return only === '' ? '' : `{${only}}`;
}
