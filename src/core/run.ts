import type { ClaimKey, Claimed, Claims, Ledger, Receipt, ReportResult, ReportView, RunEnd, Scope, Sink, Source } from './ports.ts';
import type { Ask, Fault, Filter, Report, Window } from './types.ts';
import { NOTHING, type Courier, type CourierDeps } from './courier.ts';
import { faultOf } from './errors.ts';
import { judge } from './outcome.ts';
import { receiptOf } from './receipt.ts';
import { makeReport, viewOf } from './report.ts';
import { reportId } from './window.ts';
import { openScope, type OpenScope, type ScopeDeps } from './scope.ts';

/** What a run is made of. The debug run's parts are other objects with the same interfaces. */
export interface Ports {
  readonly org: string;
  readonly source: Source;
  readonly sinks: readonly Sink[];
  readonly ledger: Ledger;
  courier(sink: Sink, claims: Claims, scope: Scope): Courier;
}

export interface RunRequest {
  readonly runId: string;
  readonly filters: readonly Filter[];
  readonly window: Window;
  /** Names; undefined: each filter's own. */
  readonly sinks?: readonly string[] | undefined;
  /** The caller named the window, so a wrong clock here does no harm. */
  readonly windowGiven: boolean;
}

export interface RunResult {
  readonly runId: string;
  readonly window: Window;
  /** What cut the run short; null: nothing did. */
  readonly end: RunEnd | null;
  /** In the order of the filters. */
  readonly reports: readonly ReportResult[];
  readonly sourceRequests: number;
  readonly clockSkewMs: number | null;
  readonly durationMs: number;
}

export type RunDeps = CourierDeps & ScopeDeps;

/** Our clock and the source's may differ by this much, ms. */
export const MAX_SKEW_MS = 30_000;
/** A claim outlives its run by this, ms. */
const LEASE_MARGIN_MS = 10_000;

/** Reads each filter's window and brings the reports to the sinks. Never rejects for what a service does. */
export async function run(request: RunRequest, ports: Ports, deps: RunDeps): Promise<RunResult> {
  const { runId, window } = request;
  const { history } = ports.ledger;
  const began = deps.now();
  const scope = openScope(runId, deps);
  const couriers = ports.sinks.map((sink) => ports.courier(sink, ports.ledger.claims, scope));
  try {
    await history.began({ runId, window, reports: request.filters.length });
    const jobs = await plan(request, ports, scope, deps);
    const reports = await work(jobs, request, ports, couriers, scope);
    const [end, { sinkRequests, ...seen }] = [scope.ended(), scope.meter.read()];
    await history.ended({ runId, outcome: judge(reports, end).outcome, sourceRequests: seen.sourceRequests, sinkRequests });
    return { runId, window, end, reports, ...seen, durationMs: deps.now() - began };
  } finally {
    scope.close();
  }
}

/** One filter's part of a run. */
interface Job {
  readonly filter: Filter;
  readonly id: string;
  readonly keys: readonly ClaimKey[];
  readonly claimed: readonly Claimed[];
  readonly remembered: ReportView | undefined;
}

async function plan({ filters, window, sinks }: RunRequest, { ledger, sinks: enabled }: Ports, scope: Scope, deps: RunDeps): Promise<readonly Job[]> {
  const drafts = filters.map((filter) => {
    const id = reportId(filter.name, window);
    return { filter, id, keys: sinksFor(filter, enabled, sinks).map((sink): ClaimKey => ({ reportId: id, revision: 0, sink })) };
  });
  const keys = drafts.flatMap((draft) => draft.keys);
  const answers = await ledger.claims.claim(keys, scope.deadline - deps.now() + LEASE_MARGIN_MS);
  const claimed = new Map(keys.map((key, index) => [key, answers[index]!]));
  const remembered = await ledger.history.get(drafts.map(({ id }) => id));
  return drafts.map((draft) => ({ ...draft, claimed: draft.keys.map((key) => claimed.get(key)!), remembered: remembered.get(draft.id) }));
}

/** Names of the enabled sinks that a filter's report goes to; `only` narrows them further. */
export function sinksFor(filter: Filter, enabled: readonly Sink[], only?: readonly string[]): readonly string[] {
  return enabled.map((sink) => sink.name).filter((name) => (only?.includes(name) ?? true) && (filter.sinks?.includes(name) ?? true));
}

/** Delivered before, and still known: nothing to ask. */
function isDone({ keys, claimed, remembered }: Job): boolean {
  return keys.length > 0 && remembered !== undefined && claimed.every(({ status }) => status === 'done');
}

async function work(jobs: readonly Job[], request: RunRequest, ports: Ports, couriers: readonly Courier[], scope: OpenScope): Promise<ReportResult[]> {
  const results = new Map<Job, Promise<ReportResult>>();
  for (const job of jobs) {
    if (isDone(job)) results.set(job, Promise.resolve(finish(job, request, job.remembered ?? null, job.claimed.map(standing))));
  }
  const open = new Map(jobs.filter((job) => !results.has(job)).map((job) => [job.filter.name, job]));
  try {
    for await (const answer of ports.source.read(asksOf(open.values(), request.window), scope)) {
      const job = open.get(answer.ask.filter.name);
      if (job === undefined || results.has(job)) continue;
      if (!request.windowGiven && Math.abs(scope.meter.read().clockSkewMs ?? 0) > MAX_SKEW_MS) scope.end('clock');
      if (scope.ended() === 'clock') break;
      const settled = 'fault' in answer ? unread(job, request, ports, answer.fault, scope) : report(job, request, ports, makeReport(job.filter, ports.org, request.window, answer.reading), couriers);
      results.set(job, settled);
    }
  } catch (error) {
    scope.log.error({ error: faultOf(error).message }, 'source broke');
  }
  for (const courier of couriers) courier.end();
  return Promise.all(jobs.map((job) => results.get(job) ?? unread(job, request, ports, unanswered(scope), scope)));
}

function asksOf(jobs: Iterable<Job>, window: Window): readonly Ask[] {
  return [...jobs].map(({ filter }) => ({ filter, window, want: 'full' }));
}

async function report(job: Job, request: RunRequest, ports: Ports, made: Report, couriers: readonly Courier[]): Promise<ReportResult> {
  const receipts = await Promise.all(
    job.keys.map(async (key, index) => {
      const claimed = job.claimed[index]!;
      const courier = couriers.find(({ sink }) => sink === key.sink)!;
      return claimed.status === 'ours' ? courier.deliver(made, { key, token: claimed.token }, claimed.delivered) : standing(claimed);
    }),
  );
  await ports.ledger.history.put([made]);
  return finish(job, request, viewOf(made), receipts);
}

/** The filter could not be read: its claims are given back. */
async function unread(job: Job, request: RunRequest, ports: Ports, fault: Fault, scope: Scope): Promise<ReportResult> {
  const ours = job.keys.flatMap((key, index) => {
    const claimed = job.claimed[index]!;
    return claimed.status === 'ours' ? [{ key, token: claimed.token, receipt: NOTHING, done: false, delivered: claimed.delivered }] : [];
  });
  await ports.ledger.claims.settle(ours);
  scope.log.error({ filter: job.filter.name, report: job.id, error: fault.message }, 'filter not read');
  return { ...finish(job, request, null, []), fault };
}

function unanswered(scope: OpenScope): Fault {
  const why = { deadline: 'the deadline passed (RUN_DEADLINE_SECONDS)', shutdown: 'the server is shutting down', clock: "this server's clock differs from the source's by more than 30 s; set it right, or name the window with at or end" };
  const end = scope.ended();
  return { message: `not read: ${end === null ? 'the source gave no answer' : why[end]}`, retryable: true };
}

/** What is known of a claim that is not ours. */
function standing(claimed: Claimed): Receipt {
  if (claimed.status !== 'done') return { status: 'in hand elsewhere' };
  const receipt = receiptOf(claimed.receipt);
  return 'accepted' in receipt && receipt.status === 'sent' ? { ...receipt, status: 'sent before' } : receipt;
}

function finish(job: Job, { window }: RunRequest, view: ReportView | null, receipts: readonly Receipt[]): ReportResult {
  const sinks = Object.fromEntries(receipts.map((receipt, index) => [job.keys[index]!.sink, receipt]));
  return { id: job.id, filter: job.filter, window, report: view, sinks };
}
