import { encode, type GivenUp, giveUp } from '../delivery/courier.ts';
import type { Leases } from '../delivery/leases.ts';
import { NOTHING, receiptOf } from '../delivery/receipt.ts';
import { toldApart, waitsAlone } from '../delivery/told-apart.ts';
import { faultOf } from '../model/errors.ts';
import type { Fault } from '../model/fault.ts';
import type { Filter } from '../model/filter.ts';
import type { Item } from '../model/item.ts';
import { makeReport, readLater, viewOf } from '../model/make-report.ts';
import type { Ask, Reading } from '../model/reading.ts';
import type { ClaimKey, Receipt } from '../model/receipt.ts';
import type { Report, ReportView } from '../model/report.ts';
import type { ReportResult } from '../model/results.ts';
import { END_WORDS } from '../model/verdict.ts';
import { reportId } from '../model/window.ts';
import type { Claimed, Hold } from '../ports/claims.ts';
import type { Kept, MaySend, Parcel } from '../ports/ledger.ts';
import type { ProgressListener } from '../ports/run-listener.ts';
import type { Sink } from '../ports/sink.ts';
import { isDone, type Job, mustRead, sinksFor } from './claim-reports.ts';
import { MAX_SKEW_MS, type Work } from './ports.ts';
import { readAnswers } from './read-answers.ts';
import type { OpenScope } from './scope.ts';

/**
 * Reads and delivers; puts one result per job into `results`. Resolves when all have one, or will have one without
 * further reading.
 */
export async function startPart(
  jobs: readonly Job[],
  work: Work,
  results: Map<string, Promise<ReportResult>>,
): Promise<void> {
  const open = new Map<string, Job>();
  for (const job of jobs) {
    if (isDone(job) || !mustRead(job)) results.set(job.filter.name, deliverKept(job, work));
    else open.set(job.filter.name, job);
  }
  work.reading.add(open.size);
  const answered = await read(open, work, results);
  work.reading.subtract(open.size - answered);
}

/** All is read, kept and handed to the couriers. */
export async function finishParts(parts: readonly Promise<void>[], { leases, handed }: Work): Promise<void> {
  await Promise.all(parts);
  leases.flush();
  await Promise.all(handed);
}

/** How many had an answer. */
async function read(
  open: ReadonlyMap<string, Job>,
  work: Work,
  results: Map<string, Promise<ReportResult>>,
): Promise<number> {
  const { order, source, scope, reading, backpressure } = work;
  const { window, isLate = false } = order;
  const seen = (filter: Filter, reading: Reading): Reading => (isLate ? readLater(filter, reading) : reading);
  const asks = [...open.values()].map(({ filter }): Ask => ({ filter, window, want: 'full' }));
  let answered = 0;
  try {
    for await (const answer of readAnswers(source, asks, scope, listenerOf(work))) {
      const job = open.get(answer.ask.filter.name);
      if (job === undefined || results.has(job.filter.name)) continue;
      if (scope.ended() === 'clock') break;
      results.set(
        job.filter.name,
        'fault' in answer
          ? unread(job, answer.fault, work)
          : deliverRead(job, makeReport(job.filter, window, seen(job.filter, answer.reading)), work),
      );
      answered++;
      reading.subtract();
      await backpressure.ease();
    }
  } catch (error) {
    scope.log.error({ error: faultOf(error).message }, 'source broke');
  }
  for (const [name, job] of open) if (!results.has(name)) results.set(name, unread(job, unanswered(scope), work));
  return answered;
}

/** Who listens hears nothing of numbers that a wrong clock asked for: the first answer shows it, and ends the run. */
function listenerOf(work: Work): Pick<ProgressListener, 'read'> {
  const { scope, progress, order } = work;
  return {
    read: (answer) => {
      if (!order.windowGiven && scope.meter.isOff(MAX_SKEW_MS)) scope.end('clock');
      progress.read(scope.ended() === 'clock' ? { ask: answer.ask, fault: unanswered(scope) } : answer);
    },
  };
}

/** What was read is kept, then sent. */
function deliverRead(job: Job, report: Report, work: Work): Promise<ReportResult> {
  const issues = report.issues.length;
  work.backpressure.add(issues);
  const handed = handOver(job, report, work);
  work.handed.push(handed.catch(() => undefined));
  return handed
    .then(async (receipts) => finish(job, work, viewOf(report), await Promise.all(receipts)))
    .finally(() => work.backpressure.subtract(issues));
}

async function handOver(job: Job, report: Report, work: Work): Promise<readonly Promise<Receipt>[]> {
  const { sinks, leases } = work;
  const claims = job.claims.map((claim) => prepare(claim, report, sinks));
  const fresh = claims.flatMap((claim) => (claim.status === 'encoded' ? [claim.parcel] : []));
  const kept: Kept = { report, parcels: [...fresh, ...parcelsForOtherSinks(job, report, work)] };
  const answers = await leases.keep(kept);
  const may = new Map(kept.parcels.map(({ key }, index) => [key, answers[index]!]));
  return claims.map((claim) => dispatch(claim, may, work));
}

/** A claim, and what there is to send for it. */
type Prepared =
  | { readonly status: 'not ours'; readonly receipt: Receipt }
  | (OurClaim & { readonly status: 'kept'; readonly items: readonly Item[] })
  | (OurClaim & { readonly status: 'encoded'; readonly parcel: Parcel })
  | (OurClaim & { readonly status: 'failed'; readonly error: string });

interface OurClaim {
  readonly key: ClaimKey;
  readonly claimed: Ours;
}

function prepare({ key, claimed }: Job['claims'][number], report: Report, sinks: readonly Sink[]): Prepared {
  if (claimed.status !== 'ours') return { status: 'not ours', receipt: standing(claimed) };
  if (claimed.items !== undefined) return { status: 'kept', key, claimed, items: claimed.items };
  const encoded = encode(sinkOf(key, sinks), report);
  return encoded.status === 'failed'
    ? { ...encoded, key, claimed }
    : { status: 'encoded', key, claimed, parcel: { key, token: claimed.token, items: encoded.items } };
}

/** `may`: what the ledger answered to the parcels that it was to keep. */
async function dispatch(claim: Prepared, may: ReadonlyMap<ClaimKey, MaySend>, work: Work): Promise<Receipt> {
  if (claim.status === 'not ours') return claim.receipt;
  const { key, claimed } = claim;
  const cancel = (why: GivenUp): Promise<Receipt> =>
    giveUp(work.leases, { key, token: claimed.token }, claimed.delivered, why);
  if (claim.status === 'failed') return cancel({ error: claim.error });
  if (claim.status === 'kept') return send(key, claimed, claim.items, work);
  const answer = may.get(key)!;
  if (typeof answer === 'object') return cancel({ error: answer.why, reason: 'ledger' });
  return answer ? send(key, claimed, claim.parcel.items, work) : ELSEWHERE;
}

/** Items for the filter's sinks that this run does not serve: whoever does will not have to read again. */
function parcelsForOtherSinks({ filter, id, claims }: Job, report: Report, { sinks }: Work): readonly Parcel[] {
  return sinksFor(filter, sinks)
    .filter((sink) => !claims.some(({ key }) => key.sink === sink))
    .flatMap((name): Parcel[] => {
      const key: ClaimKey = { reportId: id, revision: report.revision, sink: name };
      const encoded = encode(sinkOf(key, sinks), report);
      return encoded.status === 'failed' ? [] : [{ key, token: null, items: encoded.items }];
    });
}

type Ours = Extract<Claimed, { status: 'ours' }>;

function send(
  key: ClaimKey,
  { token, delivered }: Ours,
  items: readonly Item[],
  { couriers, order: { window } }: Work,
): Promise<Receipt> {
  return couriers.get(key.sink)!.deliver({ hold: { key, token }, window, items, delivered });
}

/** Nothing needs to be read: what is ours was kept by whoever read it. */
async function deliverKept(job: Job, work: Work): Promise<ReportResult> {
  const receipts = job.claims.map(({ key, claimed }) =>
    claimed.status === 'ours' ? send(key, claimed, claimed.items ?? [], work) : Promise.resolve(standing(claimed)),
  );
  const result = finish(job, work, job.remembered ?? null, await Promise.all(receipts));
  const fault = waitsAlone(result);
  return fault === undefined ? result : { ...result, fault };
}

/** The filter could not be read: its claims are given back, but for those of which the items are known. */
async function unread(job: Job, fault: Fault, work: Work): Promise<ReportResult> {
  work.scope.log.error({ filter: job.filter.name, report: job.id, error: fault.message }, 'filter not read');
  const receipts = await Promise.all(
    job.claims.map(async ({ key, claimed }): Promise<[string, Receipt][]> => {
      if (claimed.status !== 'ours') return [];
      if (claimed.items !== undefined) return [[key.sink, await send(key, claimed, claimed.items, work)]];
      await release({ key, token: claimed.token }, claimed, work.leases);
      return [];
    }),
  );
  return { ...finish(job, work, job.remembered ?? null, []), ...toldApart(receipts.flat()), fault };
}

async function release(hold: Hold, { delivered }: Ours, leases: Leases): Promise<void> {
  await leases.settle({ ...hold, receipt: NOTHING, done: false, delivered });
}

/** The run ended before it came to this filter. */
export function notRead(filter: Filter, { order: { window }, scope }: Work): ReportResult {
  return { id: reportId(filter.name, window), filter, window, report: null, sinks: {}, fault: unanswered(scope) };
}

function unanswered(scope: OpenScope): Fault {
  const end = scope.ended();
  return { message: end === null ? 'the source gave no answer' : END_WORDS[end], retryable: true };
}

const ELSEWHERE: Receipt = { status: 'in hand elsewhere' };

/** What is known of a claim that is not ours. */
function standing(claimed: Claimed): Receipt {
  if (claimed.status === 'waiting') return { status: 'failed', ...NOTHING, error: claimed.why, reason: 'ledger' };
  if (claimed.status !== 'done') return ELSEWHERE;
  const receipt = receiptOf(claimed.receipt, true);
  if (!('accepted' in receipt)) return receipt;
  return {
    ...receipt,
    status: receipt.status === 'sent' ? 'sent before' : receipt.status,
    ...(claimed.unledgered === true ? { unledgered: true } : {}),
  };
}

function finish(
  job: Job,
  { order: { window } }: Work,
  view: ReportView | null,
  receipts: readonly Receipt[],
): ReportResult {
  const named = receipts.map((receipt, index) => [job.claims[index]!.key.sink, receipt] as const);
  return { id: job.id, filter: job.filter, window, report: view, ...toldApart(named) };
}

function sinkOf({ sink: name }: ClaimKey, sinks: readonly Sink[]): Sink {
  return sinks.find((sink) => sink.name === name)!;
}
