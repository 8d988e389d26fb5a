import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod/mini';
import type { Posted } from '../../../core/ports/alerting/desk.ts';
import type { HeardTicket } from '../../../core/ports/tickets/tracker.ts';
import { parseJson } from '../../../platform/http/json.ts';

const Event = z.object({
  webhookEvent: z.string(),
  issue: z.optional(z.object({ id: z.union([z.string(), z.number()]) })),
});

/** What a post of Jira's webhook tells of; nothing of it is understood before it is known to be signed. */
export function heard({ body, headers }: Posted, secret: string): HeardTicket {
  if (!isSigned(body, headers['x-hub-signature'], secret)) return 'unsigned';
  const { data } = z.safeParse(Event, parseJson(Buffer.from(body).toString()));
  if (data === undefined) return 'unread';
  const id = data.issue === undefined ? null : String(data.issue.id);
  return id === null || !/^\d{1,20}$/.test(id) ? null : { id, isGone: data.webhookEvent === 'jira:issue_deleted' };
}

function isSigned(body: Uint8Array, given: unknown, secret: string): boolean {
  const hex = typeof given === 'string' ? /^sha256=([0-9a-f]{64})$/.exec(given)?.[1] : undefined;
  const own = createHmac('sha256', secret).update(body).digest();
  return timingSafeEqual(own, Buffer.from((hex ?? '').padEnd(64, '0'), 'hex')) && hex !== undefined;
}
