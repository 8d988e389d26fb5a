import type prom from 'prom-client';

export interface Counter<L extends string> {
  inc(labels: Record<L, string>, by?: number): void;
}

export interface Gauge {
  set(value: number): void;
  remove(): void;
}

export interface Instruments {
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
  readonly filtersLoaded: Gauge;
  readonly ledgerUp: Gauge;
}

/** Seconds. A run is over in a few; its deadline is 120 unless somebody set another. */
const DURATIONS = [0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];
/** Gauges by their names, which promtool refuses; the same numbers by type stay. */
const REFUSED = ['nodejs_active_handles_total', 'nodejs_active_requests_total', 'nodejs_active_resources_total'];

type Client = typeof prom;

/** Ways to make an instrument of one registry. */
interface Maker {
  counter<L extends string>(name: string, help: string, labelNames: readonly L[]): Counter<L>;
  gauge(name: string, help: string): Gauge;
}

/** What is counted, in a registry that has the process's own numbers besides. */
export function createInstruments(client: Client, registry: prom.Registry): Instruments {
  client.collectDefaultMetrics({ register: registry });
  for (const name of REFUSED) registry.removeSingleMetric(name);
  const make = makerOf(client, registry);
  const duration = new client.Histogram({
    name: 'sentry_monitor_run_duration_seconds',
    help: 'How long plain runs took, by outcome.',
    labelNames: ['outcome'],
    buckets: DURATIONS,
    registers: [registry],
  });
  return { duration, ...ofRuns(make), ...ofRequests(make), ...ofRecords(make) };
}

function makerOf(client: Client, registry: prom.Registry): Maker {
  const registers = [registry];
  return {
    counter: (name, help, labelNames) =>
      new client.Counter({ name: `sentry_monitor_${name}`, help, labelNames, registers }),
    gauge: (name, help) => {
      const made = new client.Gauge({ name: `sentry_monitor_${name}`, help, registers });
      made.remove(); // without a value until there is one: a 0 would be a lie
      return made;
    },
  };
}

type OfRuns = Pick<
  Instruments,
  'runs' | 'lastSuccess' | 'clockSkew' | 'behind' | 'filterFaults' | 'filtersLoaded' | 'ledgerUp'
>;

function ofRuns({ counter, gauge }: Maker): OfRuns {
  return {
    runs: counter(
      'runs_total',
      'Plain runs, by outcome; debug runs and those for some filters, sinks or a named window are none.',
      ['outcome'],
    ),
    lastSuccess: gauge('last_success_timestamp_seconds', 'When the last plain run with outcome ok ended, Unix time.'),
    clockSkew: gauge('clock_skew_seconds', "This server's clock minus the source's, in the last plain run."),
    behind: gauge('windows_behind', 'Settled windows, times filters, that are still missing.'),
    filterFaults: gauge(
      'filter_faults',
      'Faults in filter files; a file with one is left out, or its former text stays in force.',
    ),
    filtersLoaded: gauge('filters_loaded_timestamp_seconds', 'When the filters in force were read, Unix time.'),
    ledgerUp: gauge('ledger_up', '1: the shared ledger answers and takes what a run writes; 0: it does not.'),
  };
}

function ofRequests({ counter }: Maker): Pick<Instruments, 'requests' | 'retries' | 'limitWaits'> {
  return {
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
  };
}

function ofRecords({ counter }: Maker): Pick<Instruments, 'items' | 'gaps' | 'corrections'> {
  return {
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
    corrections: counter(
      'corrections_total',
      'Windows, times filters, of which the sink was told another count later.',
      ['sink'],
    ),
  };
}
