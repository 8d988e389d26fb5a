import { receiptsOf, toldApart } from '../delivery/told-apart.ts';
import type { Filter } from '../model/filter.ts';
import type { Order } from '../ports/order.ts';
import type { ReportResult, RunResult } from '../model/results.ts';
import type { RunEnd } from '../model/verdict.ts';
import { reportId } from '../model/window.ts';
import { type BacklogGate, createBacklogGate } from './backlog-gate.ts';
import { sinksFor } from './claim-reports.ts';
import type { Ports } from './ports.ts';
import { resultOf } from './run-result.ts';
import { type Delivered, type RunDeps, startRun } from './run.ts';

export interface Runner {
  /** Runs the order; what another order of this process has in hand is waited for and shared. */
  run(order: Order, runId: string): Promise<RunResult>;
}

export interface RunnerDeps extends RunDeps {
  readonly gate?: BacklogGate;
}

/**
 * Joins overlapping runs per report: same filter, window and kind of run. `ports` for real runs, `debugPorts` for
 * those that only show.
 */
export function joinRuns(ports: Ports, debugPorts: Ports, deps: RunnerDeps): Runner {
  const inHand = createInHand();
  const { gate = createBacklogGate() } = deps;
  /** `order`: what is ours of it. */
  const start = (order: Order, runId: string, isWhole: boolean, deadlineMs: number): Promise<RunResult> => {
    const isDebug = order.kind === 'debug';
    const afterwards = order.kind === 'plain' && isWhole ? deps.afterwards : undefined;
    const run = startRun(order, runId, isDebug ? debugPorts : ports, { ...deps, deadlineMs, afterwards });
    const over = isDebug ? () => undefined : gate.current();
    run.delivered.then(over, over);
    inHand.add(order, run.delivered);
    return run.result;
  };
  return {
    async run(order, runId) {
      const began = deps.now();
      const found: Found = { own: [], ends: [], reports: new Map() };
      for (let open = order.filters; open.length > 0; open = open.filter(({ name }) => !found.reports.has(name))) {
        const joined = inHand.find(open, order);
        const mine = open.filter(({ name }) => !joined.has(name));
        if (joined.size > 0) deps.log.info({ run: runId, reports: [...joined.keys()] }, 'joins a run in hand');
        const isWhole = mine.length === order.filters.length;
        const left = deps.deadlineMs - (deps.now() - began);
        const started = mine.length === 0 ? null : start({ ...order, filters: mine }, runId, isWhole, left);
        for (const it of await Promise.all(joined.values())) addJoined(found, it, order, ports.sinks);
        if (started !== null) addOwn(found, await started);
      }
      const { messenger } = order.kind === 'debug' ? debugPorts : ports;
      const alerts = await messenger?.alertsOf({ order, runId, began });
      const result = merge(order, runId, found, deps.now() - began);
      return alerts === undefined ? result : { ...result, alerts };
    },
  };
}

/** What another order's run came to, for one filter. */
interface Joined {
  readonly result: ReportResult;
  readonly end: RunEnd | null;
}

/** The reports that this process has in hand. */
interface InHand {
  /** By filter, those that another order has in hand. */
  find(filters: readonly Filter[], order: Order): ReadonlyMap<string, Promise<Joined>>;
  add(order: Order, delivered: Promise<Delivered>): void;
}

function createInHand(): InHand {
  const inHand = new Map<string, Promise<Joined>>();
  return {
    find: (filters, order) =>
      new Map(
        filters.flatMap((filter): [string, Promise<Joined>][] => {
          const other = inHand.get(nameOf(filter, order));
          return other === undefined ? [] : [[filter.name, other]];
        }),
      ),
    add: (order, delivered) =>
      order.filters.forEach((filter, index) => {
        const name = nameOf(filter, order);
        const own = delivered.then(({ reports, end }) => ({ result: reports[index]!, end }));
        inHand.set(name, own);
        const forget = (): void => void inHand.delete(name);
        own.then(forget, forget);
      }),
  };
}

function nameOf(filter: Filter, { window, kind }: Order): string {
  return `${kind === 'debug' ? 'debug' : 'real'} ${reportId(filter.name, window)}`;
}

/** What an order came to so far. */
interface Found {
  /** Runs of its own. */
  readonly own: RunResult[];
  /** Of the runs that it joined. */
  readonly ends: (RunEnd | null)[];
  /** By filter. */
  readonly reports: Map<string, ReportResult>;
}

function addOwn({ own, reports }: Found, result: RunResult): void {
  own.push(result);
  for (const report of result.reports) reports.set(report.filter.name, report);
}

/**
 * Only what this order asked for: the other one's sinks are not its business. The other may also have left out sinks
 * that this one wants; then this one runs itself, and finds the rest sent before.
 */
function addJoined(found: Found, { result, end }: Joined, order: Order, enabled: Ports['sinks']): void {
  const { filter, fault } = result;
  const names = sinksFor(filter, enabled, order.sinks);
  const receipts = receiptsOf(result);
  if (fault === undefined && !names.every((name) => name in receipts)) return;
  const own = Object.entries(receipts).filter(([name]) => names.includes(name));
  const { sinks, deciding } = toldApart(own);
  found.reports.set(filter.name, { ...result, sinks, deciding });
  found.ends.push(end);
}

/** NOTE: the verdict is of all reports, also of those that another order's run brought. */
function merge(order: Order, runId: string, { own, ends, reports }: Found, durationMs: number): RunResult {
  return resultOf({
    runId,
    window: order.window,
    end: [...own.map((result) => result.end), ...ends].find((it) => it !== null) ?? null,
    reports: order.filters.map(({ name }) => reports.get(name)!),
    sourceRequests: own.reduce((sum, result) => sum + result.sourceRequests, 0),
    clockSkewMs: own.reduce<number | null>((skew, result) => skew ?? result.clockSkewMs, null),
    after: own.find(({ after }) => after !== undefined)?.after,
    durationMs,
  });
}
