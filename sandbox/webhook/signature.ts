import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** Seconds that a signature may be off, to either side. */
const TOLERANCE = 300;

/** Why a request is not believed, by the rules of Standard Webhooks; undefined: it is. `now`: epoch milliseconds. */
export function signatureFault(
  headers: IncomingHttpHeaders,
  raw: Buffer,
  key: string,
  now: number,
): string | undefined {
  const id = headers['webhook-id'];
  const timestamp = headers['webhook-timestamp'];
  const signatures = headers['webhook-signature'];
  if (typeof id !== 'string' || id === '' || id.includes('.')) return 'no webhook-id';
  if (typeof timestamp !== 'string' || !/^\d{1,12}$/.test(timestamp)) return 'no webhook-timestamp';
  if (typeof signatures !== 'string') return 'no webhook-signature';
  if (Math.abs(now / 1000 - Number(timestamp)) > TOLERANCE) return 'the timestamp is too old, or ahead';
  const secret = Buffer.from(key.slice('whsec_'.length), 'base64');
  const wanted = createHmac('sha256', secret)
    .update(Buffer.concat([Buffer.from(`${id}.${timestamp}.`), raw]))
    .digest();
  return signatures.split(' ').some((one) => isSame(one, wanted)) ? undefined : 'no signature fits';
}

function isSame(signature: string, wanted: Buffer): boolean {
  const [version, base64 = ''] = signature.split(',');
  const given = Buffer.from(base64, 'base64');
  return version === 'v1' && given.length === wanted.length && timingSafeEqual(given, wanted);
}
