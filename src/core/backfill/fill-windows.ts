import { openLeases } from '../delivery/leases.ts';
import { troubleIn } from '../delivery/receipt.ts';
import { receiptsOf } from '../delivery/told-apart.ts';
import type { Filled, Missing, Rest, Stop } from '../model/aftermath.ts';
import { faultOf } from '../model/errors.ts';
import type { Filter } from '../model/filter.ts';
import type { Order } from '../ports/order.ts';
import type { ReportResult } from '../model/results.ts';
import { isoOf } from '../model/window.ts';
import { ALERTS } from '../ports/alerting/decider.ts';
import type { Clock } from '../ports/clock.ts';
import type { Scope } from '../ports/scope.ts';
import type { BacklogGate } from '../run/backlog-gate.ts';
import { createBackpressure } from '../run/backpressure.ts';
import { claimReports } from '../run/claim-reports.ts';
import { createPendingCount } from '../run/pending-count.ts';
import type { Ports, Work } from '../run/ports.ts';
import { quiet, type ReadDeadline } from '../run/read-deadline.ts';
import { finishParts, notRead, startPart } from '../run/run-part.ts';
import type { OpenScope } from '../run/scope.ts';
import { sourceNameOf } from '../run/sources/down-sources.ts';
import { judge } from '../run/verdict.ts';
import { type MissingWindow, split } from './missing-windows.ts';
import { type KnownTrouble, watchTrouble } from './watch-trouble.ts';

/** What the windows are worked off with. */
export interface FillWork extends Ports {
  readonly scope: OpenScope;
  readonly filters: readonly Filter[];
  /** Ends before the run's: what was read must still be sent. */
  readonly reading: ReadDeadline;
}

export interface FillDeps extends Clock, KnownTrouble {
  readonly gate: BacklogGate;
  /** So long a window takes, as far as is known, ms. */
  readonly expectMs: number;
  /** `isCut`: the time was up before all of it was done. */
  onWindow(filled: Filled, isCut: boolean): void;
}

/**
 * So many windows are in hand at once: few, so that the oldest come first; several, so that they share the sinks'
 * requests.
 */
const AHEAD = 4;

/** Works off windows in their order, as a run over each would, until the work's deadline comes near. */
export async function fillWindows(all: readonly MissingWindow[], work: FillWork, deps: FillDeps): Promise<Rest> {
  const { scope, reading } = work;
  const queue = [...all];
  const rest: Missing[] = [];
  const trouble = watchTrouble(deps, work.filters);
  let [longest, begun] = [deps.expectMs, 0];
  let stopped: Stop | null = null;
  // NOTE: one is always begun: where a window takes most of a run, the filters that were read in time are delivered,
  // and the rest is less.
  const isLate = (): boolean =>
    deps.now() > (begun === 0 ? reading.beginBy : Math.min(reading.beginBy, reading.deadline - 2 * longest));
  const next = async (): Promise<MissingWindow | undefined> => {
    await deps.gate.clear(scope.signal);
    for (let missingWindow = queue.shift(); missingWindow !== undefined; missingWindow = queue.shift()) {
      stopped ??= reading.ended() ?? (deps.gate.isResting() ? 'shutdown' : null) ?? (isLate() ? 'deadline' : null);
      const [now, later] = split(missingWindow, (it) => stopped === null && trouble.passes(it));
      rest.push(...later);
      if (now === null) continue;
      begun++;
      return now;
    }
    return undefined;
  };
  const fill = async (): Promise<void> => {
    for (let missingWindow = await next(); missingWindow !== undefined; missingWindow = await next()) {
      const began = deps.now();
      const reports = await fillOne(missingWindow, work, deps);
      longest = Math.max(longest, deps.now() - began);
      const isCut = reading.ended() !== null;
      if (!isCut) trouble.note(reports);
      if (reports.some(isBlind)) stopped ??= 'ledger';
      const filled = summaryOf(missingWindow, reports);
      note(filled, scope);
      deps.onWindow(filled, isCut);
    }
  };
  await allEnded(Array.from({ length: await aheadOf(work, deps) }, fill));
  return { missing: rest, stopped: rest.length === 0 ? null : (stopped ?? 'trouble') };
}

/** NOTE: a source that is down is not asked: that would hold up the others. */
async function aheadOf({ source, scope, filters }: FillWork, { downSources }: FillDeps): Promise<number> {
  const readable = filters.filter((filter) => !downSources.has(sourceNameOf(filter)));
  return (await source.sharesReading?.(scope, readable)) === true ? 1 : AHEAD;
}

function note({ window, reports, unread, sinks, error }: Filled, { log }: Scope): void {
  const fields = { window: isoOf(window.start), reports, unread, sinks };
  if (error === null) log.info(fields, 'caught up');
  else log.warn({ ...fields, error }, 'not caught up');
}

/** NOTE: all have ended before one's trouble goes on: nothing works on after the run. */
async function allEnded(all: readonly Promise<void>[]): Promise<void> {
  for (const ended of await Promise.allSettled(all)) if (ended.status === 'rejected') throw ended.reason;
}

/**
 * As a run over this window would, in one part, and only for what is missing. NOTE: nothing is kept for other sinks:
 * one that is new would be replayed.
 */
async function fillOne(
  { window, missing, sinks: lacking }: MissingWindow,
  { scope, reading, filters: all, ...ports }: FillWork,
  deps: FillDeps,
): Promise<readonly ReportResult[]> {
  const filters = all
    .filter(({ name }) => missing.has(name))
    .map((filter) => ({ ...filter, ...narrowed(filter, lacking.get(filter.name)!) }));
  const leases = openLeases(ports.ledger, scope, deps);
  const log = quiet(scope.log);
  const couriers = new Map(ports.sinks.map((sink) => [sink.name, ports.courier(sink, leases, { ...scope, log })]));
  const order: Order = { kind: 'repair', filters, window, windowGiven: true, isLate: true };
  const own: Work = {
    ...ports,
    order,
    scope: reading,
    leases,
    couriers,
    reading: createPendingCount(),
    backpressure: createBackpressure(reading.signal, deps),
    handed: [],
  };
  const results = new Map<string, Promise<ReportResult>>();
  try {
    const isMissing = (filter: Filter, sink: string): boolean =>
      missing.get(filter.name)!.some((it) => it.sink === sink);
    await finishParts([startPart(await claimReports(filters, own, isMissing), own, results)], own);
    for (const courier of couriers.values()) courier.end();
    return await Promise.all(
      filters.map((filter) => results.get(filter.name) ?? Promise.resolve(notRead(filter, own))),
    );
  } finally {
    await leases
      .close()
      .catch((error: unknown) => scope.log.error({ error: faultOf(error).message }, 'claims not given back'));
  }
}

/** To the sinks that lack the window; rules are one of them. */
function narrowed(
  { alerts, digested }: Filter,
  lacking: readonly string[],
): Pick<Filter, 'sinks' | 'alerts' | 'digested'> {
  const decided = lacking.includes(ALERTS) ? { alerts, digested } : { alerts: undefined, digested: undefined };
  return { sinks: lacking, ...decided };
}

function summaryOf({ window, missing }: MissingWindow, reports: readonly ReportResult[]): Filled {
  const sinks: Record<string, Record<string, number>> = {};
  for (const [name, { status }] of reports.flatMap((report) => Object.entries(report.sinks))) {
    const counts = (sinks[name] ??= {});
    counts[status] = (counts[status] ?? 0) + 1;
  }
  const verdict = judge(reports, null);
  return {
    window,
    reports: missing.size,
    unread: reports.filter(({ fault }) => fault !== undefined).length,
    sinks,
    error: errorIn(reports),
    verdict,
  };
}

function errorIn(reports: readonly ReportResult[]): string | null {
  for (const { fault, sinks } of reports) {
    if (fault !== undefined) return fault.message;
    for (const [name, receipt] of Object.entries(sinks)) {
      const trouble = troubleIn(name, receipt);
      if (trouble !== null) return trouble;
    }
  }
  return null;
}

function isBlind(report: ReportResult): boolean {
  return Object.values(receiptsOf(report)).some(
    (receipt) => 'accepted' in receipt && (receipt.unledgered === true || receipt.reason === 'ledger'),
  );
}
