import type { SendOutcome } from '../../../core/ports/alerting/channel.ts';
import type { Answered } from '../../../platform/http/client.ts';
import { parseJson } from '../../../platform/http/json.ts';
import { later, refused } from '../../../platform/posting/outcome.ts';
import { postMessage } from '../../../platform/posting/post.ts';
import { secretPartsOf } from '../../../platform/posting/secret-parts.ts';
import type { ChannelActs, Deps } from '../../plugin.ts';
import { fit } from './embeds.ts';

export interface Settings {
  readonly url: string;
}

/** Posts to a channel's webhook. */
export function createDiscord({ url }: Settings, deps: Deps, service: string): ChannelActs {
  const waiting = new URL(url);
  // NOTE: without it the vendor says 204 also of a message that was not saved.
  waiting.searchParams.set('wait', 'true');
  const target = {
    service,
    urlVariable: 'discord',
    url: waiting.href,
    secrets: secretPartsOf(url),
    taken,
    judged,
    advice,
  } as const;
  return {
    fit: (message, form) => fit(message, form, deps.pictureUrl(message)),
    send: ({ body }, _message, scope) => postMessage({ ...target, body: body as object, scope }, deps),
  };
}

function taken({ status, text }: Answered, why: (text: string) => string): SendOutcome | undefined {
  const { id } = read(text);
  if (typeof id === 'string') return { status: 'accepted', ref: id };
  return status === 204 ? refused(why('took it without saying that it is saved; check its address')) : undefined;
}

/** The vendor's codes for what is not about the text: no such channel, no such webhook, a bad token, not allowed. */
const FOR_GOOD = new Set([10003, 10015, 50013, 50027]);

export function judged({ status, text }: Answered, why: string): SendOutcome | undefined {
  const { code, retry_after: seconds } = read(text);
  // NOTE: the body is exact, seconds with a fraction; the header is rounded up.
  if (status === 429 && typeof seconds === 'number' && seconds >= 0) return later(why, Math.ceil(seconds * 1000));
  return status < 500 && FOR_GOOD.has(code as number) ? refused(why) : undefined;
}

export function advice({ status, text }: Answered): string | undefined {
  return status === 404 || read(text)['code'] === 10015
    ? 'the webhook was deleted; make another one in the settings of the channel'
    : undefined;
}

export function read(text: string): Readonly<Record<string, unknown>> {
  const body = parseJson(text);
  return typeof body === 'object' && body !== null ? (body as Readonly<Record<string, unknown>>) : {};
}
