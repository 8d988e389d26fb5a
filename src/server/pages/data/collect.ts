import { faultOf } from '../../../core/model/errors.ts';
import type { Filter } from '../../../core/model/filter.ts';
import { PERIOD_MS, reportId, type Window, windowAt } from '../../../core/model/window.ts';
import type {
  ReadModel,
  ReceiptKey,
  ReceiptSeen,
  ReportSeen,
  RunView,
  WindowCount,
} from '../../../core/ports/read-model.ts';
import type { Scope } from '../../../core/ports/scope.ts';
import type { Sink } from '../../../core/ports/sink.ts';
import type { Source } from '../../../core/ports/source.ts';
import { sinksFor } from '../../../core/run/claim-reports.ts';
import type { Memory } from './memory.ts';
import type { FilterSeen, Origin, Seen } from './model.ts';
import { recentCounts } from './recent.ts';
import { before, createSeries, type SeriesSeen } from './series.ts';

export interface CollectOptions {
  readonly filters: readonly Filter[];
  readonly sinks: readonly Sink[];
  readonly source: Source;
  readonly memory: Memory;
  /** Of the shared ledger, if there is one. */
  readonly readModel?: ReadModel | undefined;
  readonly files: Seen['files'];
  readonly settleMs: number;
  readonly server: string;
  readonly dryRun: boolean;
  now(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  openScope(id: string, limitMs: number): Scope & { close(): void };
}

/** What is collected: of some filters, over so long. */
export type Collect = (filters: readonly Filter[], hours: number) => Promise<Seen>;

const HOUR_MS = 3_600_000;
/** A cron's tick and the run itself may come so long after a window settled, ms. */
const GRACE_MS = 180_000;
/** A ledger that does not answer within this is done without, ms. */
const LEDGER_MS = 5_000;
/** A run that did not end within this died with its server, ms. */
const RUN_MS = 600_000;
/** Runs shown of each server. */
const RUNS_A_SERVER = 5;
/** Windows that the usual count is taken from, and how many of them must be known. */
const USUAL = { windows: 12, atLeast: 6 };

/** Reads what a page shows: from the ledger, or else from the source's time series and this process's memory. */
export function createCollect(options: CollectOptions): Collect {
  const { memory, readModel: shared, dryRun } = options;
  const seriesOf = options.source.series === undefined ? null : createSeries(options.source, options);
  const alone = async (filters: readonly Filter[], hours: number, trouble: readonly string[]): Promise<Seen> =>
    collect(filters, hours, options, memory.readModel, async (span) => {
      const seen = (await seriesOf?.(filters, span)) ?? null;
      const isThere = seen !== null && (seen.counts.size > 0 || seen.pending.length > 0);
      const own = (await memory.readModel.counts(namesOf(filters), span.start, span.end)).counts;
      const counts = isThere ? overlaid(revised(seen.counts), own) : own;
      return {
        counts,
        origin: {
          counts: isThere ? 'source' : 'memory',
          runs: 'memory',
          readAt: seen?.readAt ?? null,
          troubles: [...trouble, ...troublesOf(seen)],
          pending: seen?.pending.length ?? 0,
        },
      };
    });
  const recent = shared === undefined ? null : recentCounts(shared);
  const together = (filters: readonly Filter[], hours: number, readModel: ReadModel): Promise<Seen> =>
    collect(filters, hours, options, readModel, async (span) => ({
      counts:
        filters === options.filters
          ? await recent!(namesOf(filters), span.start, span.end)
          : (await readModel.counts(namesOf(filters), span.start, span.end)).counts,
      origin: { counts: 'ledger', runs: 'ledger', readAt: null, troubles: [], pending: 0 },
    }));
  return async (filters, hours) => {
    if (shared === undefined || dryRun) return alone(filters, hours, []);
    const found = await inTime(together(filters, hours, shared), options);
    return typeof found === 'string' ? alone(filters, hours, [`The ledger cannot be read: ${found}`]) : found;
  };
}

/** The value, or why there is none. */
async function inTime<T>(work: Promise<T>, options: CollectOptions): Promise<T | string> {
  const found = work.catch((error: unknown) => faultOf(error).message);
  return (await before(found, LEDGER_MS, options)) ? found : `no answer within ${LEDGER_MS / 1000} s`;
}

type CountsOf = (span: Window) => Promise<{ readonly counts: Counts; readonly origin: Origin }>;

async function collect(
  filters: readonly Filter[],
  hours: number,
  options: CollectOptions,
  readModel: ReadModel,
  countsOf: CountsOf,
): Promise<Seen> {
  const { now, server, dryRun, memory, settleMs, files } = options;
  const at = now();
  const settled = windowAt(at, settleMs);
  const runs = await readModel.runs(at - 24 * HOUR_MS, RUNS_A_SERVER);
  const due = windowAt(at - GRACE_MS, settleMs);
  const read = { start: due.end - hours * HOUR_MS, end: settled.end };
  const { counts, origin } = await countsOf(read);
  const current = currentOf(at, runs, await ownCounts(origin, counts, read, filters, readModel));
  // What settled just now is on its way: it is shown when it is counted or overdue.
  const end = Math.max(due.end, current?.end ?? 0);
  const span = { start: end - hours * HOUR_MS, end };
  const overdue = current === null ? 0 : Math.max(0, (due.start - current.start) / PERIOD_MS);
  const found = current === null ? [] : await reportsOf(filters, current, options.sinks, readModel);
  return {
    now: at,
    server,
    dryRun,
    since: memory.since,
    origin,
    runs,
    current,
    overdue,
    span,
    files,
    sinks: options.sinks.map(({ name }) => name),
    filters: filters.map((filter, index) =>
      seenOf(filter, counts.get(filter.name) ?? [], span, current, found[index], options),
    ),
  };
}

type Counts = ReadonlyMap<string, readonly WindowCount[]>;

/** What we counted: the source's own series say nothing of that. */
async function ownCounts(
  { counts: from }: Origin,
  counts: Counts,
  span: Window,
  filters: readonly Filter[],
  readModel: ReadModel,
): Promise<Counts> {
  return from === 'source' ? (await readModel.counts(namesOf(filters), span.start, span.end)).counts : counts;
}

/** The newest window that a run went through, also in vain, or that was counted; not one that is being counted right now. */
function currentOf(now: number, runs: readonly RunView[], counts: Counts): Window | null {
  const ended = runs.filter(({ endedAt }) => endedAt !== null).map(({ window }) => window.start);
  const begun = runs
    .filter(({ endedAt, startedAt }) => endedAt === null && now - startedAt < RUN_MS)
    .map(({ window }) => window.start);
  const counted = [...counts.values()].flatMap(
    (windows) => windows.findLast(({ start }) => !begun.includes(start) || ended.includes(start))?.start ?? [],
  );
  const start = [...ended, ...counted].reduce((latest, it) => Math.max(latest, it), -Infinity);
  return start === -Infinity ? null : { start, end: start + PERIOD_MS };
}

interface Found {
  readonly report: ReportSeen | null;
  readonly receipts: readonly ReceiptSeen[];
}

async function reportsOf(
  filters: readonly Filter[],
  window: Window,
  sinks: readonly Sink[],
  readModel: ReadModel,
): Promise<readonly Found[]> {
  const reports = new Map(
    (await readModel.reports(filters.map(({ name }) => reportId(name, window)))).map((report) => [
      report.filter,
      report,
    ]),
  );
  const receipts = await readModel.receipts(
    filters.flatMap((filter) => keysOf(filter, reports.get(filter.name), sinks)),
  );
  return filters.map(({ name }) => ({
    report: reports.get(name) ?? null,
    receipts: receipts.filter(({ key }) => key.reportId === reports.get(name)?.id),
  }));
}

/** Of every revision: each was sent. */
export function keysOf(filter: Filter, report: ReportSeen | undefined, sinks: readonly Sink[]): readonly ReceiptKey[] {
  if (report === undefined) return [];
  return Array.from({ length: report.revision + 1 }, (_, revision) =>
    sinksFor(filter, sinks).map((sink) => ({ reportId: report.id, revision, sink })),
  ).flat();
}

function seenOf(
  filter: Filter,
  counts: readonly WindowCount[],
  span: Window,
  current: Window | null,
  found: Found | undefined,
  { memory, filters }: CollectOptions,
): FilterSeen {
  const { name, team = null, runbook = null, projects } = filter;
  const byStart = new Map(counts.map((count) => [count.start, count]));
  const windows = Array.from(
    { length: (span.end - span.start) / PERIOD_MS },
    (_, index) => byStart.get(span.start + index * PERIOD_MS) ?? null,
  );
  const fault = memory.faults().get(name);
  return {
    name,
    team,
    runbook,
    projects,
    configured: filters.includes(filter),
    windows,
    usual: usualOf(byStart, current),
    now: current === null ? null : (byStart.get(current.start) ?? null),
    report: found?.report ?? null,
    receipts: found?.receipts ?? [],
    fault: fault !== undefined && fault.start === current?.start ? fault.message : '',
  };
}

/** The middle of the counts of the hour before the window; incomplete ones tell too little. */
function usualOf(counts: ReadonlyMap<number, WindowCount>, current: Window | null): number | null {
  if (current === null) return null;
  const hour = Array.from({ length: USUAL.windows }, (_, index) => counts.get(current.start - (index + 1) * PERIOD_MS));
  const known = hour.flatMap((count) => (count?.complete === true ? [count.events] : [])).sort((a, b) => a - b);
  if (known.length < USUAL.atLeast) return null;
  const half = known.length / 2;
  return (known[Math.floor(half)]! + known[Math.ceil(half) - 1]!) / 2;
}

/** What we counted, and sent, goes before what the source says of it later. */
function overlaid(counts: Counts, own: Counts): Counts {
  return new Map(
    [...new Set([...counts.keys(), ...own.keys()])].map((name) => [
      name,
      [
        ...new Map(
          [...(counts.get(name) ?? []), ...(own.get(name) ?? [])].map((count) => [count.start, count]),
        ).values(),
      ],
    ]),
  );
}

function revised(counts: SeriesSeen['counts']): ReadonlyMap<string, readonly WindowCount[]> {
  return new Map([...counts].map(([name, windows]) => [name, windows.map((count) => ({ ...count, revision: 0 }))]));
}

/** Each trouble once, with the filters that have it. */
function troublesOf(seen: SeriesSeen | null): readonly string[] {
  if (seen === null) return ['The source has no time series; this is what this server counted itself.'];
  const byText = new Map<string, string[]>();
  for (const [name, text] of seen.troubles) byText.set(text, [...(byText.get(text) ?? []), name]);
  return [...byText].map(
    ([text, names]) => `No time series of ${names.length > 3 ? `${names.length} filters` : names.join(', ')}: ${text}`,
  );
}

function namesOf(filters: readonly Filter[]): readonly string[] {
  return filters.map(({ name }) => name);
}
