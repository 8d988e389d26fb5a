import { type Gap, GAP_REASONS } from '../../../core/model/gap.ts';
import type { Outcome } from '../../../core/model/item.ts';
import type { RunSummary } from '../../../core/model/results.ts';
import { RUN_OUTCOMES } from '../../../core/model/verdict.ts';
import type { FiltersInForce } from '../../../core/ports/filters-in-force.ts';
import { ofPlainRuns, type RunListener } from '../../../core/ports/run-listener.ts';
import type { Log } from '../../../core/ports/scope.ts';
import type { HttpWatch } from '../../../platform/http/client.ts';
import { type Exposition, expositionOf, type Format } from './exposition.ts';
import { createInstruments, type Gauge, type Instruments } from './instruments.ts';
import { type MessageNumbers, messageNumbers, type People } from './messages.ts';

/** What is known before the first run: its counters are there from the start, with 0. */
export interface Known {
  /** Instances that send requests; a part of one is named `<instance>-<part>` and counts with it. */
  readonly vendors: readonly string[];
  readonly sinks: readonly string[];
  /** Asked each time that somebody looks, whether the shared ledger works; absent: there is none. Never rejects. */
  isLedgerUp?(): Promise<boolean>;
  readonly log: Log;
}

/** The program's own numbers for Prometheus. No label comes from outside but a status: series are never many. */
export interface Metrics {
  /** Once, before anything is counted. */
  know(known: Known): void;
  /** Once, where somebody is told something: from then on it is counted, too. */
  people(people: People): void;
  readonly messages: Pick<MessageNumbers, 'posted'>;
  /** What is in force, each time that it is read. */
  filters(inForce: Pick<FiltersInForce, 'faults' | 'loadedAt'>): void;
  /** Runs are counted when they are plain, gaps and records of all runs but debug runs. */
  readonly listener: RunListener;
  readonly http: HttpWatch;
  page(format: Format): Promise<Exposition>;
}

/** What a filter lacks that could not be read, when nothing more is known. */
const NOT_ANSWERED: readonly Pick<Gap, 'reason'>[] = [{ reason: 'not_answered' }];

const ITEM_OUTCOMES: readonly Outcome['status'][] = ['accepted', 'refused', 'failed', 'uncertain'];
/** Answers that rules look for; others begin with their first one. */
const STATUSES = ['200', '202', '400', '401', '403', '429', '500', '502', '503', '504', 'none'];

/** Loads prom-client, which only the service needs: a command does without. `now`: epoch ms. */
export async function loadMetrics(now: () => number): Promise<Metrics> {
  const { default: client } = await import('prom-client');
  const registry = new client.Registry();
  const instruments = createInstruments(client, registry);
  let expose: ReturnType<typeof expositionOf> | undefined;
  return createMetrics(instruments, {
    page: (format) => (expose ??= expositionOf(client, registry))(format),
    createNumbers: (people) => messageNumbers(client, registry, people),
    now,
  });
}

interface Means extends Pick<Metrics, 'page'> {
  createNumbers(people: People): MessageNumbers;
  now(): number;
}

function createMetrics(instruments: Instruments, { page, createNumbers, now }: Means): Metrics {
  const { filterFaults, filtersLoaded, ledgerUp } = instruments;
  let known: Known | undefined;
  let numbers: MessageNumbers | undefined;
  const vendorOf = (service: string): string => nameOf(service, known?.vendors ?? []);
  // Whoever is watched must not break because counting does.
  const safely = (count: () => void): void => {
    try {
      count();
    } catch (error) {
      known?.log.error({ error: String(error) }, 'a metric could not be counted');
    }
  };
  return {
    know: (it) => {
      known = it;
      safely(() => begin(instruments, it));
    },
    people: (people) => safely(() => void (numbers = createNumbers(people))),
    messages: { posted: (channel, outcome) => safely(() => numbers?.posted(channel, outcome)) },
    filters: ({ faults, loadedAt }) =>
      safely(() => {
        filterFaults.set(faults.length);
        filtersLoaded.set(loadedAt / 1000);
      }),
    listener: listenerOf(instruments, safely, now),
    http: watchRequests(instruments, vendorOf, safely),
    page: async (format) => {
      const isUp = await known?.isLedgerUp?.();
      if (isUp !== undefined) ledgerUp.set(isUp ? 1 : 0);
      await numbers?.look();
      return page(format);
    },
  };
}

function listenerOf(instruments: Instruments, safely: (count: () => void) => void, now: () => number): RunListener {
  const { items, gaps, corrections } = instruments;
  return {
    ...ofPlainRuns({ name: 'metrics', ended: async (summary) => noteRun(instruments, summary, now()) }),
    read: (answer) =>
      safely(() => {
        const found = 'fault' in answer ? (answer.fault.gaps ?? NOT_ANSWERED) : answer.reading.gaps;
        for (const { reason } of found) gaps.inc({ reason });
      }),
    delivered: ({ sink, revision }, outcomes) =>
      safely(() => {
        for (const { status } of outcomes) items.inc({ sink, outcome: status });
        if (revision > 0 && outcomes.some(({ status }) => status === 'accepted')) corrections.inc({ sink });
      }),
  };
}

/** Its own name, or that of the instance whose part it is: the longest that fits. */
function nameOf(service: string, instances: readonly string[]): string {
  const whole = instances.filter((name) => service === name || service.startsWith(`${name}-`));
  return whole.reduce((longest, name) => (name.length > longest.length ? name : longest), '') || service;
}

function watchRequests(
  { requests, retries, limitWaits }: Instruments,
  vendorOf: (service: string) => string,
  safely: (count: () => void) => void,
): HttpWatch {
  return {
    tried: (service, status, again) =>
      safely(() => {
        const vendor = vendorOf(service);
        requests.inc({ vendor, status: status === null ? 'none' : String(status) });
        if (again) retries.inc({ vendor });
      }),
    waited: (service, ms) => safely(() => limitWaits.inc({ vendor: vendorOf(service) }, Math.max(0, ms) / 1000)),
  };
}

function begin(
  { duration, runs, requests, retries, limitWaits, items, gaps, corrections }: Instruments,
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
