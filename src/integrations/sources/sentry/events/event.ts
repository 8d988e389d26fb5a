import { DAY_MS } from '../../../../core/model/window.ts';
import * as z from 'zod/mini';
import { cutText } from '../../../../platform/cut-text.ts';
import { titleIn } from '../issues/details-cache.ts';
import { instantOf } from '../api/instant.ts';
import type { CountedEvent } from '../../../../core/model/counting/counted-event.ts';
import { foldAscii } from '../../../../core/model/counting/terms.ts';
import { fieldOf } from './shown-fields.ts';

/** What Sentry takes of a client's clock, ms. */
export const AHEAD_MS = 60_000;
const BEHIND_MS = 30 * DAY_MS;

/** One event as a project's list shows it, whatever the server's age. */
export interface SeenEvent extends CountedEvent {
  /** 32 hex digits. */
  readonly id: string;
  /** When it arrived, epoch ms; null: the server does not say. Where told, it orders the list. */
  readonly arrivedAt: number | null;
}

const text = z.catch(z.nullish(z.string()), null);
const id = z.catch(z.nullish(z.pipe(z.union([z.string(), z.number()]), z.transform(String))), null);
const Tag = z.object({
  key: z.string(),
  value: z.pipe(z.union([z.string(), z.number(), z.boolean()]), z.transform(String)),
});
const User = z.object({ id, username: text, email: text, ip_address: text, ipAddress: text });

/** What Sentry's and GlitchTip's events have in common; all else is ignored. */
const Raw = z.object({
  id: text,
  eventID: text,
  groupID: id,
  issue: id,
  dateCreated: text,
  dateReceived: text,
  title: z.optional(z.unknown()),
  culprit: text,
  message: text,
  platform: text,
  level: text,
  metadata: z.catch(z.nullish(z.record(z.string(), z.unknown())), null),
  tags: z.catch(z.nullish(z.array(z.unknown())), null),
  user: z.catch(z.nullish(User), null),
});
type RawEvent = Omit<z.infer<typeof Raw>, 'title'> & { readonly title: string };

/** Null when it is no event: without an id nothing could be told apart. */
export function readEvent(entry: unknown, isGlitchTip: boolean): SeenEvent | null {
  const parsed = Raw.safeParse(entry);
  const eventId = parsed.data?.eventID || parsed.data?.id;
  if (!parsed.success || !eventId) return null;
  const raw: RawEvent = { ...parsed.data, title: titleIn(parsed.data.title) };
  const received = instantOf(raw.dateReceived);
  const created = believable(instantOf(raw.dateCreated), received);
  const tags = tagsOf(raw, isGlitchTip);
  return {
    id: eventId,
    at: created ?? received,
    arrivedAt: received,
    issueId: issueOf(raw),
    text: foldAscii(searchText(raw, isGlitchTip)),
    title: cutText(raw.title),
    culprit: raw.culprit ? cutText(raw.culprit) : null,
    user: tags.get('user') || null,
    tag: (name) => cutText(fieldOf(raw, name) ?? tags.get(name) ?? ''),
  };
}

/** A client's clock is believed as far as Sentry believes it: a minute ahead, 30 days behind. */
function believable(created: number | null, received: number | null): number | null {
  if (created === null || received === null) return created;
  return created - received <= AHEAD_MS && received - created <= BEHIND_MS ? created : received;
}

/** GlitchTip says `issue`; `0` stands for none in some answers. */
function issueOf({ groupID, issue }: RawEvent): string | null {
  const given = groupID ?? issue ?? '';
  return given === '' || given === '0' ? null : given;
}

/**
 * What Sentry's own search looks into: log message, all texts of the metadata, culprit, and the title where
 * the metadata lack it. Where there was no log message, old servers put the same composition into `message`,
 * and GlitchTip the title.
 */
function searchText({ message, metadata, culprit, title }: RawEvent, isGlitchTip: boolean): string {
  const texts = Object.values(metadata ?? {}).filter((value) => typeof value === 'string');
  const stored = joined([...texts, culprit]);
  const rest = joined([stored, texts.includes(title) ? '' : title]);
  const isNone = message === stored || message === rest || (isGlitchTip && message === title);
  return joined([isNone ? '' : message, rest]);
}

function joined(parts: readonly (string | null | undefined)[]): string {
  return parts.filter((part) => part).join(' ');
}

/**
 * Tags, and the columns that Sentry lets tags share a name with. NOTE: a tag that a client named `user` does not
 * replace the user. The level is a tag in Sentry's lists; in GlitchTip's there is none, and a tag of that name is the
 * client's.
 */
function tagsOf({ tags, user, platform, level }: RawEvent, isGlitchTip: boolean): ReadonlyMap<string, string> {
  const given = (tags ?? []).flatMap((entry): [string, string][] => {
    const parsed = Tag.safeParse(entry);
    return parsed.success ? [[parsed.data.key.replace(/^sentry:/, ''), parsed.data.value]] : [];
  });
  const all = new Map(given);
  const columns = { platform, user: userOf(user), level: level ?? (isGlitchTip ? '' : all.get('level')) };
  for (const [name, value] of Object.entries(columns)) all.set(name, value ?? '');
  return all;
}

/** A client asks the server by this to fill in the address that it sees. GlitchTip leaves it as it is. */
const UNFILLED = '{{auto}}';

/** As Sentry writes the tag: the first part that is known, with its kind. */
function userOf(user: RawEvent['user']): string {
  const ip = user?.ip_address ?? user?.ipAddress;
  const parts = [
    ['id', user?.id],
    ['username', user?.username],
    ['email', user?.email],
    ['ip', ip === UNFILLED ? null : ip],
  ] as const;
  const [kind, value] = parts.find(([, it]) => it) ?? [];
  return value ? `${kind}:${value}` : '';
}
