import { openLeases } from '../delivery/leases.ts';
import { faultOf } from '../model/errors.ts';
import type { ReportResult } from '../model/results.ts';
import { createBackpressure } from './backpressure.ts';
import { claimReports } from './claim-reports.ts';
import { createPendingCount } from './pending-count.ts';
import type { Ports, RunDeps, RunHooks, RunRequest, RunResult, Work } from './ports.ts';
import { notRead, startPart, through } from './run-part.ts';
import { openScope } from './scope.ts';
import { judge } from './verdict.ts';

/** Reads each filter's window and brings the reports to the sinks. Never rejects for what a service does. */
export async function run(request: RunRequest, ports: Ports, deps: RunDeps, hooks: RunHooks = {}): Promise<RunResult> {
  const { runId, window } = request;
  const { history } = ports.ledger;
  const began = deps.now();
  const scope = openScope(runId, deps);
  const leases = openLeases(ports.ledger, scope, deps);
  const couriers = new Map(ports.sinks.map((sink) => [sink.name, ports.courier(sink, leases, scope)]));
  try {
    const begun = history.began({ runId, window, reports: request.filters.length });
    const work: Work = {
      request,
      ...ports,
      scope,
      leases,
      couriers,
      reading: createPendingCount(),
      backpressure: createBackpressure(scope.signal, deps),
      handed: [],
    };
    const [reports] = await Promise.all([workOff(work), begun]);
    const end = scope.ended();
    hooks.delivered?.(reports, end);
    const after = await hooks.afterwards?.(work, reports);
    const { sinkRequests, ...seen } = scope.meter.read();
    await history.ended({
      runId,
      outcome: judge(reports, end).outcome,
      sourceRequests: seen.sourceRequests,
      sinkRequests,
    });
    return { runId, window, end, reports, ...seen, after, durationMs: deps.now() - began };
  } finally {
    await leases
      .close()
      .catch((error: unknown) => scope.log.error({ error: faultOf(error).message }, 'claims not given back'));
    scope.close();
  }
}

/** The next part is claimed while so many answers are still owed, or half of a part when that is more: a source has several requests in flight. */
const AHEAD = 2;

/** Claims and reads part by part; the next begins before one is read to its end, so that there is always something to read. */
async function workOff(work: Work): Promise<readonly ReportResult[]> {
  const {
    request: { filters },
    ledger: { sharing },
    source,
    scope,
    couriers,
    reading,
  } = work;
  const results = new Map<string, Promise<ReportResult>>();
  const isOnePart = sharing.parts === 1 || (await source.sharesReading?.(scope)) === true;
  const parts: Promise<void>[] = [];
  for (const some of inParts(filters, isOnePart ? 1 : sharing.parts)) {
    if (parts.length > 0 && scope.ended() !== null) break;
    parts.push(startPart(await claimReports(some, work), work, results));
    await reading.atMost(Math.max(AHEAD, some.length / 2));
  }
  await through(parts, work);
  for (const courier of couriers.values()) courier.end();
  const reports = await Promise.all(
    filters.map((filter) => results.get(filter.name) ?? Promise.resolve(notRead(filter, work))),
  );
  return sharing.parts > 1 && scope.ended() === null ? lookAgain(reports, work) : reports;
}

function inParts<T>(all: readonly T[], count: number): readonly (readonly T[])[] {
  const size = Math.max(1, Math.ceil(all.length / count));
  return Array.from({ length: Math.max(1, Math.ceil(all.length / size)) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
}

/** What others held may be done by now, or free because they died. */
async function lookAgain(reports: readonly ReportResult[], work: Work): Promise<readonly ReportResult[]> {
  const held = new Map(
    reports.map(({ filter, sinks }) => [
      filter,
      Object.keys(sinks).filter((name) => sinks[name]!.status === 'in hand elsewhere'),
    ]),
  );
  const some = [...held.keys()].filter((filter) => held.get(filter)!.length > 0);
  if (some.length === 0) return reports;
  const again = new Map<string, Promise<ReportResult>>();
  await through(
    [startPart(await claimReports(some, work, (filter, sink) => held.get(filter)!.includes(sink)), work, again)],
    work,
  );
  return Promise.all(
    reports.map(async (report) => {
      const second = await again.get(report.filter.name);
      if (second === undefined) return report;
      return {
        ...report,
        report: report.report ?? second.report,
        fault: report.fault ?? second.fault,
        sinks: { ...report.sinks, ...second.sinks },
      };
    }),
  );
}
