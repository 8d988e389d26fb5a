import { chunks } from '../../../../core/model/chunks.ts';
import { faultOf } from '../../../../core/model/errors.ts';
import type { Scope } from '../../../../core/ports/scope.ts';
import { joined } from '../../../../platform/http/joined.ts';
import type { Deps } from '../../../plugin.ts';
import { AT_ONCE, type Queue, type QueueMessage, VISIBLE_MS } from './queue.ts';

/** What was made of a message. */
export interface MessageRead {
  /** Null: it is done with, and leaves the queue; else why it stays there and comes again. */
  readonly stays: string | null;
  /** It counts towards the limit. */
  readonly isCounted: boolean;
}

export interface Draining<R extends MessageRead> {
  readonly queue: Queue;
  /** Messages that count, at most; undefined: all that there are. */
  readonly limit?: number | undefined;
  readonly scope: Scope;
  /** Of the intake. */
  readonly name: string;
  readonly deps: Pick<Deps, 'now' | 'sleep' | 'redact'>;
  /** So many receives wait at once. */
  readonly pollers: number;
  /** Whatever it rejects with, its message stays. */
  read(message: QueueMessage, signal: AbortSignal): Promise<R>;
  /** Stores what messages brought: only then they leave. */
  keep(reads: readonly R[]): Promise<void>;
}

/** How far a queue was read, epoch ms. */
export interface Drained {
  /** All that was put in before this was received; null: there may be more. */
  readonly emptyAt: number | null;
  /** When the oldest message that came was put in; null: none came. */
  readonly oldestAt: number | null;
}

/** What is stored together at most: messages, and bytes of them. */
const BATCH = { messages: 100, bytes: 8 * 1024 * 1024, ms: 10_000 };
/** So long a receive waits for messages: one that does not wait may miss some that are there. */
const WAIT_MS = 2_000;
/** Of the scope's time so much is kept for what was received, ms. */
const KEPT_MS = 2_000;
/** What was received before the end is stored and deleted within this, ms. */
const GRACE_MS = 10_000;

/** Reads until receives come back empty, the limit is reached, or the scope ends. */
export async function drain<R extends MessageRead>(work: Draining<R>): Promise<Drained> {
  const [allowance, broken] = [createAllowance(work.limit), new AbortController()];
  const stop = joined([work.scope.signal, broken.signal]);
  const seen = { oldestAt: null as number | null };
  const pollers = Array.from({ length: work.pollers }, async () => {
    try {
      return await poll({ ...work, allowance, seen, signal: stop.signal });
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
  return { emptyAt: isDrained ? Math.min(...empties) : null, ...seen };
}

/** How many messages all receives together may still bring. */
interface Allowance {
  /** How many of them may be received at once; 0: there were as many as are wanted. */
  reserve(most: number): number;
  /** So many of them did not come, or do not count. */
  free(count: number): void;
}

function createAllowance(limit = Infinity): Allowance {
  let left = limit;
  return {
    reserve(most) {
      const some = Math.min(most, left);
      left -= some;
      return some;
    },
    free: (count) => void (left += count),
  };
}

interface Polling<R extends MessageRead> extends Draining<R> {
  readonly allowance: Allowance;
  readonly seen: { oldestAt: number | null };
  readonly signal: AbortSignal;
}

/** Begin of the receive that came back empty, epoch ms; null: it ended before. */
async function poll<R extends MessageRead>(polling: Polling<R>): Promise<number | null> {
  for (;;) {
    const { messages, emptyAt, isOver } = await fill(polling);
    const others = messages.length === 0 ? 0 : await settle(messages, polling);
    polling.allowance.free(others);
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
async function fill<R extends MessageRead>(polling: Polling<R>): Promise<Filled> {
  const { queue, allowance, seen, scope, signal, deps } = polling;
  const { now } = deps;
  const [messages, began]: [QueueMessage[], number] = [[], now()];
  let bytes = 0;
  while (messages.length < BATCH.messages && bytes < BATCH.bytes && now() - began < BATCH.ms) {
    const waitMs = Math.min(WAIT_MS, scope.deadline - KEPT_MS - now());
    const most = signal.aborted || waitMs <= 0 ? 0 : allowance.reserve(AT_ONCE);
    if (most === 0) return { messages, emptyAt: null, isOver: true };
    const at = now();
    const some = await unlessEnded(signal, () => queue.receive(most, waitMs, signal));
    allowance.free(most - (some?.length ?? 0));
    if (some === null) return { messages, emptyAt: null, isOver: true };
    if (some.length === 0) return { messages, emptyAt: at, isOver: false };
    messages.push(...some);
    for (const { sentAt } of some) if (sentAt !== null) seen.oldestAt = Math.min(seen.oldestAt ?? sentAt, sentAt);
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

/** Keeps what messages bring, and deletes those that are done with. Gives back how many do not count. */
async function settle<R extends MessageRead>(messages: readonly QueueMessage[], polling: Polling<R>): Promise<number> {
  const held = hold(messages, polling);
  try {
    const all: Read<R>[] = [];
    for (const some of chunks(messages, AT_ONCE))
      all.push(...(await Promise.all(some.map((it) => readSafely(it, polling)))));
    await polling.keep(all.flatMap((it) => ('read' in it ? [it.read] : [])));
    const reads = all.map((it) => ('read' in it ? it.read : { stays: it.failed, isCounted: false }));
    const stays = reads.filter((it) => it.stays !== null);
    if (stays.length > 0)
      polling.scope.log.warn(
        { intake: polling.name, messages: stays.length, why: polling.deps.redact(stays[0]!.stays!) },
        'messages stay in the queue',
      );
    await letGo(
      messages.filter((_, index) => reads[index]!.stays === null),
      polling,
    );
    return reads.filter(({ isCounted }) => !isCounted).length;
  } finally {
    held.end();
  }
}

type Read<R> = { readonly read: R } | { readonly failed: string };

/** What cannot be had now of one message is that message's trouble. */
async function readSafely<R extends MessageRead>(message: QueueMessage, polling: Polling<R>): Promise<Read<R>> {
  try {
    return { read: await polling.read(message, polling.signal) };
  } catch (error) {
    const { name = 'Error', message: said = '' } = error as Error;
    return { failed: polling.deps.redact(`${name}: ${said}`).slice(0, 200) };
  }
}

type Held = Pick<Draining<MessageRead>, 'queue' | 'name' | 'scope' | 'deps'>;

/** NOTE: one that stays is received again, and is a repeat then: nothing is lost, and nothing counted twice. */
async function letGo(messages: readonly QueueMessage[], { queue, name, scope }: Held): Promise<void> {
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
function hold(messages: readonly QueueMessage[], { queue, scope, name, deps }: Held): { end(): void } {
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
