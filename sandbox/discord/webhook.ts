import { type Answer, bare, json, parseJson, type VendorRequest } from '../http/message.ts';
import type { State } from '../world/state.ts';
import { messageFault, type Posted } from './message-rules.ts';
import { plainText } from './message-text.ts';

/** Of the one webhook there is. */
export const WEBHOOK_ID = '1301234567890123456';

/**
 * A webhook of a channel, which says who it is when it is asked. Without `wait` nobody learns that a message was not
 * saved.
 */
export function executeWebhook(state: State, request: VendorRequest): Answer {
  const { received, keys, clock } = state;
  const [id, token] = request.path.split('/').slice(-2);
  const refuse = (status: number, code: number, message: string): Answer => {
    received.discord.refused.push({ n: request.n, to: 'channel', status, why: message, at: clock.now() });
    return json(status, { message, code });
  };
  if (id !== WEBHOOK_ID) return refuse(404, 10015, 'Unknown Webhook');
  if (token !== keys.discordToken) return refuse(401, 50027, 'Invalid Webhook Token');
  if (request.method === 'GET') return json(200, { id, type: 1, name: 'Acme alerts', channel_id: '1301', token });
  if (request.method !== 'POST') return refuse(405, 0, '405: Method Not Allowed');
  const parsed = parseJson(request.raw.toString('utf8'));
  if (parsed === undefined) return refuse(400, 50109, 'The request body contains invalid JSON.');
  const fault = messageFault(parsed.value);
  const isWaiting = request.query.get('wait') === 'true';
  if (fault !== undefined) {
    const answer = refuse(400, 50035, `Invalid Form Body: ${fault}`);
    return isWaiting ? answer : bare(204);
  }
  const posted = parsed.value as Posted;
  const messageId = String(1_310_000_000_000_000_000n + BigInt(request.n));
  const lines = [posted.content ?? '', ...(posted.embeds ?? []).flatMap(({ description = '' }) => ['', description])];
  const text = plainText(lines.join('\n'));
  const [subject = ''] = text.split('\n');
  const shown = (posted.embeds ?? []).find(({ image }) => image !== undefined);
  const picture =
    shown?.image === undefined ? {} : { picture: { src: shown.image.url, alt: plainText(shown.description ?? '') } };
  const told = { to: 'channel', id: messageId, thread: null, subject, text, ...picture };
  received.discord.messages.push({ n: request.n, at: clock.now(), ...told });
  return isWaiting ? json(200, { id: messageId, type: 0, webhook_id: id, ...posted }) : bare(204);
}

/** Seconds with a fraction in the body, whole ones in the header. */
export function rateLimited(seconds = 1.337): Answer {
  const body = { message: 'You are being rate limited.', retry_after: seconds, global: false };
  return json(429, body, { 'retry-after': String(Math.ceil(seconds)), 'x-ratelimit-scope': 'user' });
}
