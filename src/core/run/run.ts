import { openLeases } from '../delivery/leases.ts';
import { receiptsOf } from '../delivery/told-apart.ts';
import type { Aftermath } from '../model/aftermath.ts';
import { chunks } from '../model/chunks.ts';
import { faultOf } from '../model/errors.ts';
import type { Filter } from '../model/filter.ts';
import type { Order } from '../ports/order.ts';
import type { ReportResult, RunResult } from '../model/results.ts';
import { createBackpressure } from './backpressure.ts';
import { claimReports } from './claim-reports.ts';
import { createPendingCount } from './pending-count.ts';
import { closeLanes, type Lane, lanesOf } from './lanes.ts';
import { sendMessages } from './messages/send-messages.ts';
import type { Afterwards, Ports, Work } from './ports.ts';
import { finishParts, notRead, startPart } from './run-part.ts';
import { resultOf } from './run-result.ts';
import { openScope, type ScopeDeps } from './scope.ts';

/** What became of a run's own window. */
export type Delivered = Pick<RunResult, 'reports' | 'end'>;

/** A run that is under way. */
export interface RunInHand {
  /** Its own window is delivered. Who joins the run waits for this, and not for what comes afterwards. */
  readonly delivered: Promise<Delivered>;
  readonly result: Promise<RunResult>;
}

export interface RunDeps extends ScopeDeps {
  /** Of plain runs. */
  readonly afterwards?: Afterwards | undefined;
}

/**
 * Reads each filter's window and brings the reports to the sinks. Its promises never reject for what a service does.
 */
export function startRun(order: Order, runId: string, ports: Ports, deps: RunDeps): RunInHand {
  const began = deps.now();
  const work = openWork(order, runId, ports, deps);
  const delivered = deliver(work);
  const end = async ({ reports, end: why }: Delivered): Promise<RunResult> => {
    const after = await afterwardsOf(work, reports, deps);
    const { sinkRequests, ...seen } = work.scope.meter.read();
    const { window } = order;
    const result = resultOf({ runId, window, end: why, reports, ...seen, after, durationMs: deps.now() - began });
    const { outcome } = result.verdict;
    await work.ledger.history.ended({ runId, outcome, sinkRequests, ...seen });
    return { ...result, durationMs: deps.now() - began };
  };
  const whole = async (): Promise<RunResult> => {
    try {
      return await end(await delivered);
    } finally {
      await close(work);
    }
  };
  return { delivered, result: whole() };
}

function openWork(order: Order, runId: string, ports: Ports, deps: ScopeDeps): Work {
  const scope = openScope(runId, deps);
  const leases = openLeases(ports.ledger, scope, deps);
  return {
    order,
    ...ports,
    scope,
    leases,
    couriers: new Map(ports.sinks.map((sink) => [sink.name, ports.courier(sink, leases, scope)])),
    reading: createPendingCount(),
    backpressure: createBackpressure(scope.signal, deps),
    handed: [],
  };
}

async function afterwardsOf(
  work: Work,
  reports: readonly ReportResult[],
  { afterwards, ...deps }: RunDeps,
): Promise<Aftermath | undefined> {
  if (afterwards !== undefined) return afterwards(work, reports);
  await sendMessages(work, deps);
  return undefined;
}

async function close({ leases, scope }: Work): Promise<void> {
  await leases
    .close()
    .catch((error: unknown) => scope.log.error({ error: faultOf(error).message }, 'claims not given back'));
  scope.close();
}

async function deliver(work: Work): Promise<Delivered> {
  const { order, scope, ledger } = work;
  const begun = ledger.history.began({ runId: scope.runId, window: order.window, reports: order.filters.length });
  const [reports] = await Promise.all([workOff(work), begun]);
  return { reports, end: scope.ended() };
}

/**
 * The next part is claimed while so many answers are still owed, or half of a part when that is more: a source has
 * several requests in flight.
 */
const AHEAD = 2;

/** Connections side by side. What is read last is not waited for by the sinks' couriers. */
async function workOff(work: Work): Promise<readonly ReportResult[]> {
  const lanes = lanesOf(work);
  let open = lanes.length;
  const allRead = (): void => {
    open -= 1;
    if (open === 0) for (const courier of work.couriers.values()) courier.end();
  };
  const found = await Promise.all(lanes.map((lane) => workOffLane(lane, allRead)));
  closeLanes(lanes, work.scope);
  const reports = new Map(found.flat().map((report) => [report.filter.name, report]));
  return work.order.filters.map(({ name }) => reports.get(name)!);
}

/**
 * Claims and reads part by part; the next begins before one is read to its end, so that there is always something to
 * read.
 */
async function workOffLane({ filters, work }: Lane, read: () => void): Promise<readonly ReportResult[]> {
  const { ledger, source, scope, reading } = work;
  const { sharing } = ledger;
  const results = new Map<string, Promise<ReportResult>>();
  const isOnePart = sharing.parts === 1 || (await source.sharesReading?.(scope, filters)) === true;
  const parts: Promise<void>[] = [];
  for (const some of inParts(filters, isOnePart ? 1 : sharing.parts)) {
    if (parts.length > 0 && scope.ended() !== null) break;
    parts.push(startPart(await claimReports(some, work), work, results));
    await reading.atMost(Math.max(AHEAD, some.length / 2));
  }
  await finishParts(parts, work);
  read();
  const reports = await Promise.all(
    filters.map((filter) => results.get(filter.name) ?? Promise.resolve(notRead(filter, work))),
  );
  return sharing.parts > 1 && scope.ended() === null ? lookAgain(reports, work) : reports;
}

/** At least one, also of nothing. */
function inParts(filters: readonly Filter[], count: number): readonly (readonly Filter[])[] {
  return filters.length === 0 ? [filters] : chunks(filters, Math.ceil(filters.length / count));
}

/** What others held may be done by now, or free because they died. */
async function lookAgain(reports: readonly ReportResult[], work: Work): Promise<readonly ReportResult[]> {
  const held = new Map(
    reports.map((report) => [
      report.filter,
      Object.entries(receiptsOf(report)).flatMap(([name, { status }]) =>
        status === 'in hand elsewhere' ? [name] : [],
      ),
    ]),
  );
  const some = [...held.keys()].filter((filter) => held.get(filter)!.length > 0);
  if (some.length === 0) return reports;
  const again = new Map<string, Promise<ReportResult>>();
  const jobs = await claimReports(some, work, (filter, sink) => held.get(filter)!.includes(sink));
  await finishParts([startPart(jobs, work, again)], work);
  return Promise.all(
    reports.map(async (report) => {
      const second = await again.get(report.filter.name);
      return second === undefined ? report : together(report, second);
    }),
  );
}

function together(first: ReportResult, second: ReportResult): ReportResult {
  return {
    ...first,
    report: first.report ?? second.report,
    fault: first.fault ?? second.fault,
    sinks: { ...first.sinks, ...second.sinks },
    deciding: second.deciding ?? first.deciding,
  };
}
