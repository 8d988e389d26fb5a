import { createHash } from 'node:crypto';

/** What a queue takes, as the vendor documents it. */
export const LIMITS = { bytes: 1_048_576, batch: 10, waitSeconds: 20, visibleSeconds: 43_200 } as const;
/** Controls but TAB, LF and CR, and halves of letters. */
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

/** A message as it lies in a queue. */
export interface Stored {
  readonly id: string;
  readonly body: string;
  readonly sentAt: number;
  receives: number;
  /** Nobody gets it before, epoch ms. */
  visibleAt: number;
  /** Of the newest receive: older ones count no more. */
  handle: string;
}

/** A standard queue: at least once, in any order. */
export interface QueueBook {
  /** Gives back its id. `sentAt`: epoch ms; absent: now. Throws a `Refused` for what no queue takes. */
  send(body: string, sentAt?: number): string;
  /** Those that nobody has just now. */
  receive(most: number, visibleMs: number): readonly Stored[];
  /** False: the handle is none, or an old one. */
  delete(handle: string): boolean;
  hold(handle: string, forMs: number): boolean;
  /** How many were deleted so far. */
  deleted(): number;
  /** All that are there, with those that somebody has. */
  all(): readonly Stored[];
  /** The next receive hands out those that somebody has as well, as if their time were over. */
  release(): void;
}

export class Refused extends Error {
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

export function createQueue(now: () => number): QueueBook {
  const messages = new Map<string, Stored>();
  let [sent, handed] = [0, 0];
  const byHandle = new Map<string, Stored>();
  return {
    send(body, sentAt = now()) {
      vet(body);
      const id = `00000000-0000-4000-8000-${String(++sent).padStart(12, '0')}`;
      messages.set(id, { id, body, sentAt, receives: 0, visibleAt: 0, handle: '' });
      return id;
    },
    receive(most, visibleMs) {
      const there = messages.values().filter(({ visibleAt }) => visibleAt <= now());
      const some = there.take(most).toArray();
      for (const it of some) {
        it.receives++;
        it.visibleAt = now() + visibleMs;
        byHandle.delete(it.handle);
        it.handle = `handle-${++handed}`;
        byHandle.set(it.handle, it);
      }
      return some;
    },
    delete(handle) {
      const found = byHandle.get(handle);
      byHandle.delete(handle);
      return found !== undefined && messages.delete(found.id);
    },
    deleted: () => sent - messages.size,
    hold(handle, forMs) {
      const found = byHandle.get(handle);
      if (found !== undefined) found.visibleAt = now() + forMs;
      return found !== undefined;
    },
    all: () => [...messages.values()],
    release: () => {
      for (const it of messages.values()) it.visibleAt = 0;
    },
  };
}

function vet(body: string): void {
  const bytes = Buffer.byteLength(body);
  if (bytes === 0 || bytes > LIMITS.bytes || FORBIDDEN.test(body) || !body.isWellFormed())
    throw new Refused('InvalidMessageContents', 'the body is empty, too long, or has letters that may not be');
}

export function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
