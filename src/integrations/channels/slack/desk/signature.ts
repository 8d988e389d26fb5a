import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Posted } from '../../../../core/ports/alerting/desk.ts';

/** A post is good for so long before and after, seconds. */
const WINDOW = 300;

/** Whether Slack signed it, lately (its scheme v0, over every byte). `now`: epoch ms. */
export function isSigned({ body, headers }: Posted, secret: string, now: number): boolean {
  const [time, given] = ['x-slack-request-timestamp', 'x-slack-signature'].map((name) => headers[name]);
  if (typeof time !== 'string' || typeof given !== 'string' || !/^\d{1,12}$/.test(time)) return false;
  const own = createHmac('sha256', secret).update(`v0:${time}:`).update(body).digest();
  const hex = /^v0=([0-9a-f]{64})$/.exec(given)?.[1] ?? '';
  const theirs = Buffer.from(hex.padEnd(64, '0'), 'hex');
  return timingSafeEqual(own, theirs) && hex !== '' && Math.abs(now / 1000 - Number(time)) <= WINDOW;
}
