import { isRecord, parseWithIds, textOf } from '../../vendors/aws/json.ts';
import { objectsIn } from '../../vendors/aws/notification.ts';
import { type Pointer, pointerOf } from '../../vendors/aws/pointer.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What a message of the queue is. */
export type Body =
  | { readonly kind: 'event'; readonly fields: Fields }
  /** Where events lie, one an object. */
  | { readonly kind: 'pointers'; readonly pointers: readonly Pointer[] }
  /** S3 tries whether its notifications arrive. */
  | { readonly kind: 'test' }
  | { readonly kind: 'reject'; readonly reason: string };

/** A topic may stand behind a topic. */
const MOST_ENVELOPES = 3;

/** NOTE: an envelope's signature is not looked at: who may put something into the queue is the queue's own policy. */
export function bodyOf(text: string, endpoint: string | undefined, depth = 0): Body {
  const fields = parsed(text);
  if (typeof fields === 'string') return reject(fields);
  const { Type: type, TopicArn: topic, Message: message, Records: records, Event: event, s3Url: address } = fields;
  if (type !== undefined && topic !== undefined && typeof message === 'string')
    return depth < MOST_ENVELOPES ? bodyOf(message, endpoint, depth + 1) : reject('envelopes of SNS inside each other');
  if (records !== undefined) return ofRecords(records);
  if (event === 's3:TestEvent') return { kind: 'test' };
  if (address === undefined) return { kind: 'event', fields };
  const pointer = pointerOf(textOf(address) ?? '', endpoint);
  return pointer === null ? reject('its s3Url is no address of S3') : { kind: 'pointers', pointers: [pointer] };
}

/** What an object of S3 holds. */
export function eventIn(text: string): { readonly fields: Fields } | { readonly reason: string } {
  const fields = parsed(text);
  return typeof fields === 'string' ? { reason: fields } : { fields };
}

/** Why it is none, where it is no object of JSON. */
function parsed(text: string): Fields | string {
  try {
    const value = parseWithIds(text);
    return isRecord(value) ? value : 'JSON, but no object';
  } catch {
    return 'no JSON';
  }
}

function ofRecords(records: unknown): Body {
  const pointers = objectsIn(records);
  return pointers === null ? reject('a notification that names no object of S3') : { kind: 'pointers', pointers };
}

function reject(reason: string): Body {
  return { kind: 'reject', reason };
}
