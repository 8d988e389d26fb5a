import { chunks } from '../../../core/model/chunks.ts';
import { faultOf } from '../../../core/model/errors.ts';
import { type EventStore, MOST_EVENTS } from '../../../core/ports/events/event-store.ts';
import type { IntakeOrder, Taken } from '../../../core/ports/events/intake.ts';
import type { Scope } from '../../../core/ports/scope.ts';
import { joined } from '../../../platform/http/joined.ts';
import type { Deps } from '../../plugin.ts';
import { AT_ONCE, type Queue, type QueueMessage, VISIBLE_MS } from './queue.ts';
import { type MessageRead, type ReadDeps, readMessage } from './read-message.ts';
import { createTally, type Tally } from './tally.ts';

export interface Work {
  readonly queue: Queue;
  readonly store: Pick<EventStore, 'add'>;
  readonly order: IntakeOrder;
  readonly scope: Scope;
  /** Of the intake. */
  readonly name: string;
  readonly reading: ReadDeps;
  readonly deps: Pick<Deps, 'now' | 'sleep' | 'redact'>;
}

/** So many receives wait at once. */
const POLLERS = 4;
/** What is stored together at most: messages, and bytes of them. */
const BATCH = { messages: 100, bytes: 8 * 1024 * 1024, ms: 10_000 };
/** So long a receive waits for messages: one that does not wait may miss some that are there. */
const WAIT_MS = 2_000;
/** Of the scope's time so much is kept for what was received, ms. */
const KEPT_MS = 2_000;
/** What was received before the end is stored and deleted within this, ms. */
const GRACE_MS = 10_000;

/** Reads until receives come back empty, the order's limit is reached, or the scope ends. */
export async function drain(work: Work): Promise<Taken> {
  const tally = createTally(work.order.limit);
  const broken = new AbortController();
  const stop = joined([work.scope.signal, broken.signal]);
  const pollers = Array.from({ length: POLLERS }, async () => {
    try {
      return await poll({ ...work, tally, signal: stop.signal });
    } catch (error) {
      broken.abort();
      throw error;
    }
  });
  const ends = await Promise.allSettled(pollers);
  stop.part();
  const failed = ends.find((it) => it.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  const empties = ends.map((it) => (it.status === 'fulfilled' ? it.value : null));
  const isDrained = empties.every((at) => at !== null);
  if (isDrained) await moveOn(work, Math.min(...empties));
  return tally.taken(isDrained);
}

/** NOTE: after all that was received is stored: what was put in before then is in the store. */
async function moveOn({ store, name }: Work, watermark: number): Promise<void> {
  await store.add({ project: name, events: [], cursor: { name: '', position: null, watermark } });
}

interface Polling extends Work {
  readonly tally: Tally;
  readonly signal: AbortSignal;
}

/** Begin of the receive that came back empty, epoch ms; null: it ended before. */
async function poll(polling: Polling): Promise<number | null> {
  for (;;) {
    const { messages, emptyAt, isOver } = await fill(polling);
    const others = messages.length === 0 ? 0 : await settle(messages, polling);
    polling.tally.free(others);
    if (emptyAt !== null) return emptyAt;
    if (isOver && others === 0) return null;
  }
}

interface Filled {
  readonly messages: readonly QueueMessage[];
  readonly emptyAt: number | null;
  readonly isOver: boolean;
}

/** As many messages as are stored together. */
async function fill({ queue, tally, scope, signal, deps: { now } }: Polling): Promise<Filled> {
  const [messages, began]: [QueueMessage[], number] = [[], now()];
  let bytes = 0;
  while (messages.length < BATCH.messages && bytes < BATCH.bytes && now() - began < BATCH.ms) {
    const waitMs = Math.min(WAIT_MS, scope.deadline - KEPT_MS - now());
    const most = signal.aborted || waitMs <= 0 ? 0 : tally.reserve(AT_ONCE);
    if (most === 0) return { messages, emptyAt: null, isOver: true };
    const at = now();
    const some = await unlessEnded(signal, () => queue.receive(most, waitMs, signal));
    tally.free(most - (some?.length ?? 0));
    if (some === null) return { messages, emptyAt: null, isOver: true };
    if (some.length === 0) return { messages, emptyAt: at, isOver: false };
    messages.push(...some);
    bytes += some.reduce((sum, { text }) => sum + text.length, 0);
  }
  return { messages, emptyAt: null, isOver: false };
}

/** Null: it was ended. */
async function unlessEnded<T>(signal: AbortSignal, act: () => Promise<T>): Promise<T | null> {
  try {
    return await act();
  } catch (error) {
    if (signal.aborted) return null;
    throw error;
  }
}

/** Stores what messages bring, and deletes those that are done with. Gives back how many brought no event. */
async function settle(messages: readonly QueueMessage[], polling: Polling): Promise<number> {
  const { tally, store, name, scope, deps } = polling;
  const held = hold(messages, polling);
  try {
    const reads: MessageRead[] = [];
    for (const some of chunks(messages, AT_ONCE))
      reads.push(...(await Promise.all(some.map((it) => readSafely(it, polling)))));
    const [events, rejects] = [reads.flatMap((it) => it.events), reads.flatMap((it) => it.rejects)];
    const [first = [], ...rest] = chunks(events, MOST_EVENTS);
    for (const [index, some] of [first, ...rest].entries())
      tally.add(
        some,
        await store.add({ project: name, events: some, ...(index === 0 ? { rejects } : {}) }),
        index === 0 ? rejects.length : 0,
      );
    const stays = reads.filter((it) => it.stays !== null);
    if (stays.length > 0)
      scope.log.warn(
        { intake: name, messages: stays.length, why: deps.redact(stays[0]!.stays!) },
        'messages stay in the queue',
      );
    await letGo(
      messages.filter((_, index) => reads[index]!.stays === null),
      polling,
    );
    return reads.filter(({ events: own }) => own.length === 0).length;
  } finally {
    held.end();
  }
}

/** What cannot be had now of one message is that message's trouble. */
async function readSafely(message: QueueMessage, { reading, signal, deps }: Polling): Promise<MessageRead> {
  try {
    return await readMessage(message, reading, signal);
  } catch (error) {
    const { name = 'Error', message: said = '' } = error as Error;
    return { events: [], rejects: [], stays: deps.redact(`${name}: ${said}`).slice(0, 200) };
  }
}

/** NOTE: one that stays is received again, and is a repeat then: nothing is lost, and nothing counted twice. */
async function letGo(messages: readonly QueueMessage[], { queue, name, scope }: Polling): Promise<void> {
  const signal = AbortSignal.timeout(GRACE_MS);
  try {
    const left = await queue.delete(messages, signal);
    const still = left.length === 0 ? [] : await queue.delete(left, signal);
    if (still.length > 0) scope.log.warn({ intake: name, messages: still.length }, 'messages not deleted');
  } catch (error) {
    scope.log.warn({ intake: name, messages: messages.length, error: faultOf(error).message }, 'messages not deleted');
  }
}

/** Nobody else gets them as long as they are worked on. */
function hold(messages: readonly QueueMessage[], { queue, scope, name, deps }: Polling): { end(): void } {
  const over = new AbortController();
  const go = async (): Promise<void> => {
    for (;;) {
      await deps.sleep(VISIBLE_MS / 2, over.signal);
      await queue.hold(messages, VISIBLE_MS, over.signal);
    }
  };
  void go().catch((error: unknown) => {
    if (!over.signal.aborted)
      scope.log.warn({ intake: name, messages: messages.length, error: faultOf(error).message }, 'messages not held');
  });
  return { end: () => over.abort() };
}
