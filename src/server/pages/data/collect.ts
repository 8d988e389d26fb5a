import type { Filter } from '../../../core/model/filter.ts';
import { DAY_MS, type Window } from '../../../core/model/window.ts';
import type { Clock } from '../../../core/ports/clock.ts';
import type { EventStore } from '../../../core/ports/events/event-store.ts';
import type { FiltersInForce } from '../../../core/ports/filters-in-force.ts';
import type { Outbox } from '../../../core/ports/alerting/outbox.ts';
import type { OnError } from '../../../core/ports/ledger.ts';
import type { ReadModel, RunView } from '../../../core/ports/read-model.ts';
import type { Scope } from '../../../core/ports/scope.ts';
import type { Sink } from '../../../core/ports/sink.ts';
import type { Source } from '../../../core/ports/source.ts';
import { alertsOf, firingOf, forPeople, type PageAlerting } from './alerts/of-page.ts';
import { type Counted, ledgerCounts, type ReadCounts, serverCounts } from './counts/counts.ts';
import { currentOf, type Due, dueAt, type Look, overdueOf, shownSpan } from './current.ts';
import { filterData, keysOf, type Shown } from './filter-data.ts';
import type { Memory } from './memory.ts';
import { deploysIn, outagesIn } from './marks.ts';
import type { FilterData, Mark, OriginTrouble, PageData } from './model.ts';
import { createSeries } from './counts/series.ts';
import { each, inSlices } from '../slices.ts';
import { shareWork } from './under-way.ts';
import { unread, whyNot } from './why-not.ts';
import { detailsOfFilters, type Kept, type WindowDetail } from './windows.ts';

export interface CollectOptions extends Clock {
  /** The filters that count now. */
  inForce(): FiltersInForce;
  readonly sinks: readonly Sink[];
  readonly source: Source;
  readonly memory: Memory;
  /** Of the shared ledger, if there is one. */
  readonly readModel?: ReadModel | undefined;
  /** Why it did not take the last write; null: it did. */
  ledgerTrouble?(): string | null;
  /** Absent: this ledger keeps nothing of alerts. */
  readonly alerting?: PageAlerting | undefined;
  /** Whether there is room for events of intakes. Absent: there are none. */
  readonly events?: { readonly store: Pick<EventStore, 'room'> } | undefined;
  /** What is done while it does not work. */
  readonly onError?: OnError | undefined;
  readonly settleMs: number;
  readonly server: string;
  readonly dryRun: boolean;
  openScope(id: string, limitMs: number): Scope & { close(): void };
}

/** What is collected of some filters, as it is looked at. */
export type Collect = (filters: readonly Filter[], look: Look) => Promise<PageData>;

/** Runs shown of each server. */
const RUNS_A_SERVER = 5;

/** Reads what a page shows: from the ledger, or else from the source's time series and this process's memory. */
export function createCollect(options: CollectOptions): Collect {
  const { memory, readModel: shared, dryRun, inForce } = options;
  const readSeries = options.source.series === undefined ? null : createSeries(options.source, options);
  const fromServer = (...trouble: OriginTrouble[]): Collect =>
    collectFrom(memory.readModel, serverCounts(memory.readModel, readSeries, trouble), options);
  if (shared === undefined || dryRun) return fromServer();
  const fromLedger = collectFrom(
    shared,
    ledgerCounts(shared, readSeries, () => inForce().filters),
    options,
  );
  const share = shareWork<PageData>(options);
  return async (filters, look) => {
    // NOTE: what is given up here goes on: a slow ledger must not be asked again by each who looks.
    const names = filters === inForce().filters ? 'all' : filters.map(({ name }) => name);
    const work = share(JSON.stringify([names, look]), () => fromLedger(filters, look));
    const why = await whyNot(work, options);
    if (why === null) return withTroubles(await work, await troublesOf(options));
    return fromServer({ of: 'ledger', text: unread(why) })(filters, look);
  };
}

function withTroubles(data: PageData, more: readonly OriginTrouble[]): PageData {
  if (more.length === 0) return data;
  return { ...data, origin: { ...data.origin, troubles: [...data.origin.troubles, ...more] } };
}

async function troublesOf({ ledgerTrouble, events }: CollectOptions): Promise<readonly OriginTrouble[]> {
  const why = ledgerTrouble?.() ?? null;
  const room = (await events?.store.room().catch(() => null)) ?? null;
  return [
    ...(why === null ? [] : [{ of: 'writes', text: `Nothing can be written: ${why}.` } as const]),
    ...(room?.full == null ? [] : [{ of: 'events', text: `${room.full}.` } as const]),
  ];
}

/** Without a shared ledger nobody can mark a release. */
function releasesIn({ readModel, alerting }: CollectOptions): Outbox | undefined {
  return readModel === undefined ? undefined : alerting?.outbox;
}

function collectFrom(readModel: ReadModel, readCounts: ReadCounts, options: CollectOptions): Collect {
  const { memory, settleMs, inForce, sinks, source, alerting } = options;
  return async (filters, look) => {
    const { filters: configured, faults: files } = inForce();
    const isInForce = new Set(configured);
    const outbox = look.deploys === true ? releasesIn(options) : undefined;
    const [now, due] = [options.now(), dueAt(options.now(), settleMs, look)];
    const runs = await runsUpTo(due, look, readModel);
    const counted = await readCounts(filters, due, look);
    const current = currentOf(due, runs, counted.own);
    const alerts =
      look.at === null ? await alertsOf(filters, { current, ...counted, configured }, alerting, now) : null;
    const shown = { ...shownSpan(due, current, look), step: look.range.step, current, before: look.before };
    const keys = keysOf(shown);
    const details = await detailsIn(filters, current, look, { readModel, sinks });
    const dataOf = (filter: Filter): FilterData => ({
      ...filterData(filter, counted.of(filter.name), shown, keys),
      searchUrl: (span) => source.searchUrl?.(filter, span) ?? null,
      configured: isInForce.has(filter),
      fault: faultIn(filter.name, current, memory),
      ...detailIn(filter.name, details),
      firing: firingOf(filter.name, alerts),
    });
    return {
      now,
      ...serverIn(options),
      origin: counted.origin,
      runs,
      current,
      span: shown.span,
      step: shown.step,
      marks: await marksIn(filters, counted, shown, { readModel, configured, outbox }),
      overdue: overdueOf(due, current),
      files,
      faults: [],
      alerts,
      filters: await inSlices(each(filters, dataOf), options),
    };
  };
}

function serverIn({
  server,
  dryRun,
  memory: { since },
  readModel: shared,
  onError: asSet = 'safe',
  sinks: enabled,
  alerting,
}: CollectOptions): Pick<PageData, 'server' | 'dryRun' | 'since' | 'onError' | 'sinks' | 'hasMessages' | 'hasActions'> {
  const onError = shared === undefined || dryRun ? null : asSet;
  const sinks = enabled.map(({ name }) => name);
  return { server, dryRun, since, onError, sinks, ...forPeople(alerting) };
}

async function detailsIn(
  filters: readonly Filter[],
  current: Window | null,
  { issues = 'all' }: Look,
  kept: Kept,
): Promise<ReadonlyMap<string, WindowDetail> | null> {
  return current === null ? null : detailsOfFilters(filters, current, kept, issues);
}

function detailIn(
  name: string,
  details: ReadonlyMap<string, WindowDetail> | null,
): Pick<PageData['filters'][number], 'report' | 'receipts'> {
  const { report = null, receipts = [] } = details?.get(name) ?? {};
  return { report, receipts };
}

/** Of a day, newest first. */
async function runsUpTo({ asOf }: Due, { at }: Look, readModel: ReadModel): Promise<readonly RunView[]> {
  return readModel.runs(asOf - DAY_MS, RUNS_A_SERVER, at === null ? undefined : asOf);
}

interface MarkSources {
  readonly readModel: ReadModel;
  readonly configured: readonly Filter[];
  /** Of releases, where they are wanted. */
  readonly outbox: Pick<Outbox, 'deploys'> | undefined;
}

/** NOTE: of releases the ledger knows: while it cannot be read, nothing waits for it. */
async function marksIn(
  filters: readonly Filter[],
  counted: Counted,
  shown: Shown,
  sources: MarkSources,
): Promise<readonly Mark[]> {
  const outages = await missedIn(filters, counted, shown, sources);
  const isAway = counted.origin.troubles.some(({ of }) => of === 'ledger');
  if (sources.outbox === undefined || isAway) return outages;
  return [...outages, ...(await deploysIn(filters, shown.span, sources.outbox))];
}

/** With a ledger only: one server's memory does not tell what others did. */
async function missedIn(
  filters: readonly Filter[],
  { first, of }: Counted,
  { span, until }: Shown,
  { readModel, configured }: MarkSources,
): Promise<readonly Mark[]> {
  if (first === null) return [];
  const others = configured.filter((filter) => !filters.includes(filter)).map(({ name }) => name);
  return outagesIn(
    filters.map(({ name }) => of(name).bars),
    {
      span,
      until,
      first,
      countedElsewhere: async (spans) => (others.length === 0 ? [] : readModel.countedIn(others, spans)),
    },
  );
}

/** Why the current window could not be read here; '' when it could. */
function faultIn(name: string, current: Window | null, memory: Memory): string {
  const fault = memory.faults().get(name);
  return fault !== undefined && fault.start === current?.start ? fault.message : '';
}
