import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Message } from '../../core/model/alerting/message.ts';
import { DAY_MS } from '../../core/model/window.ts';

/** Below the service's own address. */
export const PICTURES = '/pictures';

/** So long after its message the picture can be had, ms. */
const PICTURE_MS = 15 * DAY_MS;

type Pictured = Pick<Message, 'id' | 'sentAt' | 'pictureKey' | 'digest'>;

/** Where a vendor fetches the picture of a message, without any token; null: there is none, or nobody may have it. */
export function pictureUrl(publicUrl: string | undefined, message: Pictured): string | null {
  if (publicUrl === undefined || message.pictureKey === undefined || message.digest?.chart == null) return null;
  const { id, sentAt, pictureKey } = message;
  const until = Date.parse(sentAt) + PICTURE_MS;
  const name = Buffer.from(id).toString('base64url');
  return `${publicUrl.replace(/\/+$/, '')}${PICTURES}/${name}.${until}.${signatureOf(id, until, pictureKey)}.png`;
}

/** An address as it was asked for. */
export interface PictureAsked {
  /** Of the message. */
  readonly id: string;
  /** Epoch ms. */
  readonly until: number;
  readonly signature: string;
}

/** `path`: below `PICTURES`, with its slash. Null: no address of ours looks like that. */
export function askedIn(path: string): PictureAsked | null {
  const [, name, until, signature] = /^\/([\w-]{1,400})\.(\d{13})\.([\w-]{43})\.png$/.exec(path) ?? [];
  if (name === undefined) return null;
  return { id: Buffer.from(name, 'base64url').toString(), until: Number(until), signature: signature! };
}

/** Whether who asks has the address from us, and in time. `now`: epoch ms. */
export function isAllowed({ id, until, signature }: PictureAsked, { pictureKey }: Pictured, now: number): boolean {
  if (pictureKey === undefined || now >= until) return false;
  return timingSafeEqual(Buffer.from(signature), Buffer.from(signatureOf(id, until, pictureKey)));
}

function signatureOf(id: string, until: number, key: string): string {
  return createHmac('sha256', key).update(`${id}\n${until}`).digest('base64url');
}
