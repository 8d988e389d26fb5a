import type { Registry } from 'prom-client';
import { GAP_REASONS } from '../../core/model/gap.ts';
import type { Outcome } from '../../core/model/item.ts';
import type { RunSummary } from '../../core/model/results.ts';
import { RUN_OUTCOMES } from '../../core/model/verdict.ts';
import { ofPlainRuns, type RunListener } from '../../core/ports/run-listener.ts';
import type { Log } from '../../core/ports/scope.ts';
import type { HttpWatch } from '../../platform/http/client.ts';

/** What is known before the first run: its counters are there from the start, with 0. */
export interface Known {
  /** Instances that send requests; a part of one is named `<instance>-<part>` and counts with it. */
  readonly vendors: readonly string[];
  readonly sinks: readonly string[];
  /** In all files. */
  readonly filterFaults: number;
  readonly log: Log;
}

/** The program's own numbers for Prometheus. No label comes from outside but a status, so there are never many series. */
export interface Metrics {
  /** Once, before anything is counted. */
  know(known: Known): void;
  /** Runs are counted when they are plain, gaps and records of all runs but debug runs. */
  readonly listener: RunListener;
  readonly http: HttpWatch;
  /** In Prometheus's text format. */
  page(): Promise<{ readonly type: string; readonly text: string }>;
}

/** Seconds. A run is over in a few; its deadline is 120 unless somebody set another. */
const DURATIONS = [0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];
const ITEM_OUTCOMES: readonly Outcome['status'][] = ['accepted', 'refused', 'failed', 'uncertain'];
/** Answers that rules look for; others begin with their first one. */
const STATUSES = ['200', '202', '400', '401', '403', '429', '500', '502', '503', '504', 'none'];
/** Gauges by their names, which promtool refuses; the same numbers by type stay. */
const REFUSED = ['nodejs_active_handles_total', 'nodejs_active_requests_total', 'nodejs_active_resources_total'];

/** Loads prom-client, which only the service needs: a command does without. `now`: epoch ms. */
export async function loadMetrics(now: () => number): Promise<Metrics> {
  const client = (await import('prom-client')).default;
  const registers = [new client.Registry()];
  client.collectDefaultMetrics({ register: registers[0]! });
  for (const name of REFUSED) registers[0]!.removeSingleMetric(name);
  const counter = <L extends string>(
    name: string,
    help: string,
    labelNames: readonly L[],
  ): InstanceType<typeof client.Counter<L>> =>
    new client.Counter({ name: `sentry_monitor_${name}`, help, labelNames, registers });
  const gauge = (name: string, help: string): Gauge => {
    const made = new client.Gauge({ name: `sentry_monitor_${name}`, help, registers });
    made.remove(); // without a value until there is one: a 0 would be a lie
    return made;
  };
  return createMetrics(
    {
      duration: new client.Histogram({
        name: 'sentry_monitor_run_duration_seconds',
        help: 'How long plain runs took, by outcome.',
        labelNames: ['outcome'],
        buckets: DURATIONS,
        registers,
      }),
      runs: counter(
        'runs_total',
        'Plain runs, by outcome; debug runs and those for some filters, sinks or a named window are none.',
        ['outcome'],
      ),
      lastSuccess: gauge('last_success_timestamp_seconds', 'When the last plain run with outcome ok ended, Unix time.'),
      clockSkew: gauge('clock_skew_seconds', "This server's clock minus the source's, in the last plain run."),
      requests: counter(
        'requests_total',
        'Requests by vendor and status of the answer, each try; none: no answer came.',
        ['vendor', 'status'],
      ),
      retries: counter('retries_total', 'Requests that were sent again, each try.', ['vendor']),
      limitWaits: counter(
        'limit_wait_seconds_total',
        'Time that requests were held back because the vendor had said that we ask too often.',
        ['vendor'],
      ),
      items: counter(
        'items_total',
        'Records that were handed to a sink, by what became of them; one that is delivered again counts again.',
        ['sink', 'outcome'],
      ),
      gaps: counter(
        'gaps_total',
        'Missing parts of readings, by reason; a filter that could not be read is one, not_answered.',
        ['reason'],
      ),
      behind: gauge('windows_behind', 'Settled windows, times filters, that are still missing.'),
      corrections: counter(
        'corrections_total',
        'Windows, times filters, of which the sink was told another count later.',
        ['sink'],
      ),
      filterFaults: gauge('filter_faults', 'Faults in filter files; a file with one is left out.'),
    },
    registers[0]!,
    now,
  );
}

interface Counter<L extends string> {
  inc(labels: Record<L, string>, by?: number): void;
}

interface Gauge {
  set(value: number): void;
  remove(): void;
}

interface Instruments {
  readonly duration: {
    zero(labels: { outcome: string }): void;
    observe(labels: { outcome: string }, seconds: number): void;
  };
  readonly runs: Counter<'outcome'>;
  readonly lastSuccess: Gauge;
  readonly clockSkew: Gauge;
  readonly requests: Counter<'vendor' | 'status'>;
  readonly retries: Counter<'vendor'>;
  readonly limitWaits: Counter<'vendor'>;
  readonly items: Counter<'sink' | 'outcome'>;
  readonly gaps: Counter<'reason'>;
  readonly behind: Gauge;
  readonly corrections: Counter<'sink'>;
  readonly filterFaults: Gauge;
}

function createMetrics(instruments: Instruments, registry: Registry, now: () => number): Metrics {
  const { requests, retries, limitWaits, items, gaps, corrections } = instruments;
  const late: { log?: Log; vendors: readonly string[] } = { vendors: [] };
  const vendorOf = (service: string): string =>
    late.vendors.find((name) => service === name || service.startsWith(`${name}-`)) ?? service;
  // Whoever is watched must not break because counting does.
  const safely = (count: () => void): void => {
    try {
      count();
    } catch (error) {
      late.log?.error({ error: String(error) }, 'a metric could not be counted');
    }
  };
  return {
    know: (known) => {
      Object.assign(late, { log: known.log, vendors: known.vendors });
      safely(() => begin(instruments, known));
    },
    listener: {
      ...ofPlainRuns({ name: 'metrics', ended: async (summary) => noteRun(instruments, summary, now()) }),
      read: (answer) =>
        safely(() => {
          if ('fault' in answer) gaps.inc({ reason: 'not_answered' });
          else for (const { reason } of answer.reading.gaps) gaps.inc({ reason });
        }),
      delivered: ({ sink, revision }, outcomes) =>
        safely(() => {
          for (const { status } of outcomes) items.inc({ sink, outcome: status });
          if (revision > 0 && outcomes.some(({ status }) => status === 'accepted')) corrections.inc({ sink });
        }),
    },
    http: {
      tried: (service, status, again) =>
        safely(() => {
          const vendor = vendorOf(service);
          requests.inc({ vendor, status: status === null ? 'none' : String(status) });
          if (again) retries.inc({ vendor });
        }),
      waited: (service, ms) => safely(() => limitWaits.inc({ vendor: vendorOf(service) }, Math.max(0, ms) / 1000)),
    },
    page: async () => ({ type: registry.contentType, text: await registry.metrics() }),
  };
}

function begin(
  { duration, runs, requests, retries, limitWaits, items, gaps, corrections, filterFaults }: Instruments,
  known: Known,
): void {
  for (const outcome of RUN_OUTCOMES) {
    duration.zero({ outcome });
    runs.inc({ outcome }, 0);
  }
  for (const vendor of known.vendors) {
    for (const status of STATUSES) requests.inc({ vendor, status }, 0);
    retries.inc({ vendor }, 0);
    limitWaits.inc({ vendor }, 0);
  }
  for (const sink of known.sinks) {
    for (const outcome of ITEM_OUTCOMES) items.inc({ sink, outcome }, 0);
    corrections.inc({ sink }, 0);
  }
  for (const reason of GAP_REASONS) gaps.inc({ reason }, 0);
  filterFaults.set(known.filterFaults);
}

function noteRun(
  { duration, runs, lastSuccess, clockSkew, behind: windows }: Instruments,
  { outcome, durationMs, clockSkewMs, behind }: RunSummary,
  now: number,
): void {
  runs.inc({ outcome });
  duration.observe({ outcome }, durationMs / 1000);
  if (outcome === 'ok') lastSuccess.set(now / 1000);
  show(clockSkew, clockSkewMs === null ? null : clockSkewMs / 1000);
  show(windows, behind);
}

/** What is not known now has no value, rather than an old one. */
function show(gauge: Gauge, value: number | null): void {
  if (value === null) gauge.remove();
  else gauge.set(value);
}
