import { faultOf } from '../model/errors.ts';
import type { Item, Outcome } from '../model/item.ts';
import type { Clock } from '../ports/clock.ts';
import type { Scope } from '../ports/scope.ts';
import type { Sink } from '../ports/sink.ts';
import { batches, bytesOf, fitsAlone, halves } from './batches.ts';

/** Takes the items of one run to one sink, batched over reports. */
export interface BatchSender {
  /** Outcomes in the items' order, once all are known. Never rejects. */
  put(items: readonly Item[]): Promise<readonly Outcome[]>;
  /** Nothing more will come: sends at once what still waits. */
  end(): void;
}

export interface BatchSenderDeps extends Pick<Clock, 'sleep'> {
  /**
   * For each item, whether it is ours to send at this moment: a server may have slept through its lease. Asked before
   * each request, and before each further try of one. Never rejects.
   */
  areOurs(items: readonly Item[]): Promise<readonly boolean[]>;
}

/** Items wait this long for others to share a request with. */
export const LINGER_MS = 250;
/** Waits before items that were refused for the moment are sent again. */
export const RESEND_MS = [2000, 4000, 8000] as const;

interface Waiting {
  readonly item: Item;
  readonly done: (outcome: Outcome) => void;
}

interface Lane {
  waiting: Waiting[];
  /** Of what waits. */
  bytes: number;
  /** Ends when all that was flushed so far has its outcome: a lane sends one request at a time. */
  tail: Promise<void>;
}

export function createBatchSender(sink: Sink, scope: Scope, deps: BatchSenderDeps): BatchSender {
  const lanes = new Map<string, Lane>();
  let ended = false;
  const flush = (lane: Lane): void => {
    const { waiting } = lane;
    lane.waiting = [];
    lane.bytes = 0;
    if (waiting.length > 0) lane.tail = lane.tail.then(() => sendAll(sink, waiting, scope, deps));
  };
  const flushAll = (): void => lanes.forEach(flush);
  const enqueue = (item: Item): Promise<Outcome> => {
    if (!fitsAlone(item, sink.limits))
      return Promise.resolve({ status: 'refused', why: `larger than a request may be (${sink.limits.bytes} bytes)` });
    const lane = lanes.get(item.lane ?? '') ?? { waiting: [], bytes: 0, tail: Promise.resolve() };
    lanes.set(item.lane ?? '', lane);
    return new Promise((done) => {
      lane.waiting.push({ item, done });
      lane.bytes += bytesOf(item);
      if (lane.waiting.length >= sink.limits.items || lane.bytes >= sink.limits.bytes) flush(lane);
      else if (lane.waiting.length === 1 && !ended)
        void deps
          .sleep(LINGER_MS, scope.signal)
          .catch(() => undefined)
          .then(() => flush(lane));
    });
  };
  return {
    put: (items) => {
      const outcomes = Promise.all(items.map(enqueue));
      if (ended) flushAll();
      return outcomes;
    },
    end: () => {
      ended = true;
      flushAll();
    },
  };
}

async function sendAll(sink: Sink, waiting: readonly Waiting[], scope: Scope, deps: BatchSenderDeps): Promise<void> {
  const byItem = new Map(waiting.map((it) => [it.item, it.done]));
  for (const batch of batches(
    waiting.map(({ item }) => item),
    sink.limits,
  )) {
    const outcomes = await sendBatch(sink, batch, scope, deps);
    batch.forEach((item, index) => byItem.get(item)?.(outcomes[index]!));
  }
}

/** Sends one batch to its end: again what was refused for the moment, in halves what was too large. */
async function sendBatch(
  sink: Sink,
  items: readonly Item[],
  scope: Scope,
  deps: BatchSenderDeps,
): Promise<readonly Outcome[]> {
  let outcomes = await sendOurs(sink, items, scope, deps);
  for (const [round, waitMs] of RESEND_MS.entries()) {
    const again = items.filter((_, index) => mayResend(outcomes[index]));
    if (again.length === 0 || scope.signal.aborted) return outcomes;
    const why = `${sink.name}: items were refused for the moment`;
    scope.meter.repeated({ service: sink.name, why, waitMs, isFirst: round === 0 });
    scope.log.debug({ sink: sink.name, items: again.length, waitMs }, 'refused for the moment, sending again');
    const slept = await deps.sleep(waitMs, scope.signal).then(
      () => true,
      () => false,
    );
    if (!slept) return outcomes;
    const answers = new Map(zip(again, await sendOurs(sink, again, scope, deps)));
    outcomes = items.map((item, index) => answers.get(item) ?? outcomes[index]!);
  }
  return outcomes;
}

function mayResend(outcome: Outcome | undefined): boolean {
  return outcome?.status === 'failed' && outcome.fault.resend === true;
}

/** Sends those that are ours; the others have failed. */
async function sendOurs(
  sink: Sink,
  items: readonly Item[],
  scope: Scope,
  deps: BatchSenderDeps,
): Promise<readonly Outcome[]> {
  const ours = await deps.areOurs(items);
  const left = items.filter((_, index) => ours[index]);
  const answers = new Map(left.length === 0 ? [] : zip(left, await sendSplit(sink, left, scope, deps)));
  const message = `${sink.name}: not sent: this server may no longer hold the report`;
  return items.map((item) => answers.get(item) ?? { status: 'failed', fault: { message, retryable: true } });
}

async function sendSplit(
  sink: Sink,
  items: readonly Item[],
  scope: Scope,
  deps: BatchSenderDeps,
): Promise<readonly Outcome[]> {
  // The same request may be tried again after a wait, and the server may sleep just then.
  const mayTry = async (): Promise<boolean> => (await deps.areOurs(items)).every(Boolean);
  const outcomes = await sendOnce(sink, items, { ...scope, mayTry });
  const tooLarge = outcomes.every((outcome) => outcome.status === 'failed' && outcome.fault.tooLarge === true);
  if (!tooLarge) return outcomes;
  if (items.length === 1) return [{ status: 'refused', why: 'too large for the service, even alone' }];
  const [first, second] = halves(items);
  return [...(await sendOurs(sink, first, scope, deps)), ...(await sendOurs(sink, second, scope, deps))];
}

/** A sink that throws or answers for fewer items than it got has a bug; its items are uncertain, the run goes on. */
async function sendOnce(sink: Sink, items: readonly Item[], scope: Scope): Promise<readonly Outcome[]> {
  try {
    scope.meter.sent();
    const outcomes = await sink.send(items, scope);
    if (outcomes.length === items.length) return outcomes;
    throw new Error(`${sink.name} gave ${outcomes.length} outcomes for ${items.length} items`);
  } catch (error) {
    const fault = faultOf(error);
    scope.log.error({ sink: sink.name, error: fault.message }, 'sink broke');
    return items.map(() => ({ status: 'uncertain', fault }));
  }
}

function zip<A, B>(left: readonly A[], right: readonly B[]): readonly [A, B][] {
  return left.map((it, index) => [it, right[index]!]);
}
