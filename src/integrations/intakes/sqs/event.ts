import type { ErrorEvent } from '../../../core/model/events/event.ts';
import { DAY_MS } from '../../../core/model/window.ts';
import { raisedIn, type Raised } from './exception.ts';
import { isRecord, textOf } from '../../vendors/aws/json.ts';

type Fields = Readonly<Record<string, unknown>>;

/** An event, or what it lacks. */
export type EventRead = { readonly event: ErrorEvent } | { readonly reason: string };

/**
 * An event as Sentry's API serialises it. Without its own id, its issue and a text it could not be told apart, counted
 * or shown; all else may be missing. `sentAt`: when it was put into the queue, epoch ms.
 */
export function readEvent(body: Fields, sentAt: number): EventRead {
  const [id, issueId] = [textOf(body['eventID']) ?? textOf(body['id']), textOf(body['groupID'])];
  const message = textOf(body['message']);
  const title = textOf(body['title']) ?? message;
  if (id === null) return { reason: 'an event without eventID' };
  if (issueId === null) return { reason: 'an event without groupID: it is of no issue' };
  if (title === null) return { reason: 'an event without message' };
  const raised = raisedIn(body['entries']);
  const { level = 'error', environment = null, release = null, ...tags } = tagsOf(body['tags']);
  return {
    event: {
      ...{ id, issueId, title, level, environment, release, tags },
      at: instantOf(body, sentAt),
      culprit: culpritOf(body, raised),
      text: joined([message, ...textsIn(body['metadata'])].filter((it) => it !== title)),
      user: userOf(body['user']),
      url: pageOf(body),
      sample: { text: message, frames: raised.frames, context: [] },
    },
  };
}

/** As far as Sentry believes a client's clock: a minute ahead of the server's, and thirty days behind, ms. */
const AHEAD_MS = 60_000;
const BEHIND_MS = 30 * DAY_MS;

function instantOf({ dateCreated, dateReceived }: Fields, sentAt: number): number {
  const [created, received] = [timeOf(dateCreated), timeOf(dateReceived) ?? sentAt];
  if (created === null) return received;
  return created - received <= AHEAD_MS && received - created <= BEHIND_MS ? created : received;
}

/** Sentry writes `Z` or nothing behind an instant, and means UTC both times. */
function timeOf(value: unknown): number | null {
  if (typeof value !== 'string') return null;
  const at = Date.parse(/T[\d:.]+$/.test(value) ? `${value}Z` : value);
  return Number.isNaN(at) ? null : at;
}

/** NOTE: where a script's address is the exception's own, filters go by that, whatever its callers are called. */
function culpritOf(body: Fields, raised: Raised): string | null {
  const culprit = textOf(body['culprit']);
  const isTold = culprit !== null && (!raised.module?.includes('://') || culprit.includes(raised.module));
  return isTold ? culprit : (placeOf(raised) ?? culprit ?? textOf(body['location']));
}

function placeOf({ module, frames }: Raised): string | null {
  const newest = frames.at(-1);
  const from = module ?? newest?.module ?? null;
  const inside = newest?.function ?? null;
  if (from === null) return inside;
  return inside === null ? from : `${from} in ${inside}`;
}

/** Some senders write tags as pairs. */
function pairOf(tag: unknown): readonly unknown[] {
  if (Array.isArray(tag)) return tag;
  return isRecord(tag) ? [tag['key'], tag['value']] : [];
}

/** NOTE: a client may name a tag as it likes: `user` does not take the user's place. */
function tagsOf(tags: unknown): Record<string, string> {
  const found = new Map<string, string>();
  for (const tag of Array.isArray(tags) ? tags : []) {
    const [key, value] = pairOf(tag);
    const [name, text] = [textOf(key)?.replace(/^sentry:/, '') ?? '', textOf(value)];
    if (name !== '' && name !== 'user' && text !== null) found.set(name, text);
  }
  return Object.fromEntries(found);
}

/** The first that is known, with its kind: a name is no id. */
function userOf(user: unknown): string | null {
  if (!isRecord(user)) return null;
  for (const [kind, ...keys] of [
    ['id', 'id'],
    ['username', 'username'],
    ['email', 'email'],
    ['ip', 'ip_address', 'ipAddress'],
  ]) {
    const value = keys.map((key) => textOf(user[key])).find((it) => it !== null);
    if (value !== undefined) return `${kind}:${value}`;
  }
  return null;
}

/** Where a person can look at the issue, where the event names its page. */
function pageOf(body: Fields): string | null {
  for (const key of ['permalink', 'issue_url', 'web_url']) {
    const text = textOf(body[key]);
    if (text !== null && /^https?:\/\//.test(text) && URL.canParse(text)) return new URL(text).href;
  }
  return null;
}

function textsIn(metadata: unknown): readonly string[] {
  return isRecord(metadata)
    ? Object.values(metadata).flatMap((it) => (typeof it === 'string' && it !== '' ? [it] : []))
    : [];
}

function joined(texts: readonly (string | null)[]): string | null {
  const all = [...new Set(texts.filter((it) => it !== null))];
  return all.length === 0 ? null : all.join(' ');
}
