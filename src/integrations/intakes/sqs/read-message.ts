import type { ErrorEvent, Reject } from '../../../core/model/events/event.ts';
import { bodyOf, eventIn } from './body.ts';
import { readEvent } from './event.ts';
import type { Objects } from './objects.ts';
import type { Pointer } from '../../vendors/aws/pointer.ts';
import type { QueueMessage } from '../../vendors/aws/queue/queue.ts';

/** What a message brings. */
export interface MessageRead {
  readonly events: readonly ErrorEvent[];
  readonly rejects: readonly Reject[];
  /** Null: it is done with, and leaves the queue; else why it stays there and comes again. */
  readonly stays: string | null;
}

export interface ReadDeps {
  /** Opened when the first object is to be read. */
  objects(): Promise<Objects>;
  readonly endpoint: string | undefined;
  /** Names of those that may be read; none: all. */
  readonly buckets: readonly string[];
  /** So often a message is received whose object is not there, until it is a reject. */
  readonly tries: number;
  now(): number;
}

/** Never rejects for what a message holds. */
export async function readMessage(message: QueueMessage, deps: ReadDeps, signal: AbortSignal): Promise<MessageRead> {
  if (message.isBroken) return missing(message, 'its text is not what its checksum says', deps);
  const body = bodyOf(message.text, deps.endpoint);
  switch (body.kind) {
    case 'test':
      return { events: [], rejects: [], stays: null };
    case 'reject':
      return rejected(message, body.reason, deps);
    case 'event': {
      const read = readEvent(body.fields, message.sentAt ?? deps.now());
      return 'event' in read
        ? { events: [read.event], rejects: [], stays: null }
        : rejected(message, read.reason, deps);
    }
    case 'pointers':
      return readAll(message, body.pointers, deps, signal);
  }
}

async function readAll(
  message: QueueMessage,
  pointers: readonly Pointer[],
  deps: ReadDeps,
  signal: AbortSignal,
): Promise<MessageRead> {
  const [events, rejects]: [ErrorEvent[], Reject[]] = [[], []];
  for (const [index, pointer] of pointers.entries()) {
    const read = await readOne(message, pointer, deps, signal);
    if ('stays' in read) return missing(message, read.stays, deps);
    if ('event' in read) events.push(read.event);
    else rejects.push(...rejected(message, read.reason, deps, pointers.length === 1 ? '' : `/${index}`).rejects);
  }
  return { events, rejects, stays: null };
}

async function readOne(
  { sentAt }: QueueMessage,
  pointer: Pointer,
  { objects, buckets, now }: ReadDeps,
  signal: AbortSignal,
): Promise<{ readonly event: ErrorEvent } | { readonly reason: string } | { readonly stays: string }> {
  const { bucket, key } = pointer;
  if (buckets.length > 0 && !buckets.includes(bucket)) return { reason: `bucket ${bucket} is none of this intake's` };
  const found = await (await objects()).read(pointer, signal);
  if (found === null) return { stays: `object ${key} of bucket ${bucket} is not there` };
  if ('tooLarge' in found) return { reason: `object ${key} of bucket ${bucket} is too large` };
  const content = eventIn(found.text);
  return 'reason' in content
    ? { reason: `object ${key} of bucket ${bucket}: ${content.reason}` }
    : readEvent(content.fields, sentAt ?? now());
}

/** It may come yet: the message stays, until it was received too often. */
function missing(message: QueueMessage, why: string, deps: ReadDeps): MessageRead {
  if (message.receives >= deps.tries) return rejected(message, why, deps);
  return { events: [], rejects: [], stays: why };
}

function rejected({ id, text }: QueueMessage, reason: string, { now }: ReadDeps, part = ''): MessageRead {
  const reject = { id: `${id}${part}`, at: now(), reason, place: `message ${id}`, text };
  return { events: [], rejects: [reject], stays: null };
}
