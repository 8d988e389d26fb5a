import type { JsonValue } from '../model/item.ts';
import type { Sought } from './sought.ts';

/** What a thing is called by: another name for it would be another thing. */
const CALLED = new Set([
  ...['id', 'issueId', 'sentryIssueId', 'eventId', 'shortId', 'alertId', 'messageId', 'mute', 'key', 'kind', 'type'],
  ...['filter', 'filters', 'team', 'rule', 'shape', 'channel', 'tell', 'project', 'projectId', 'org', 'sink', 'lane'],
  ...['part', 'server', 'owner', 'ref', 'thread', 'token', 'state', 'status', 'severity', 'eventType', 'what'],
  ...['live', 'path', 'passed', 'generation', 'head', 'tail', 'device', 'inode', 'after', 'firstId', 'lastId'],
]);

/** What a JSON holds, without the names. `isOurs`: what things are called by stays. */
export function jsonWithout(value: JsonValue, names: readonly Sought[], isOurs: boolean): JsonValue {
  if (typeof value === 'string') return textWithout(value, names);
  if (Array.isArray(value)) return value.map((it: JsonValue) => jsonWithout(it, names, isOurs));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, own]) => {
      if (isOurs && CALLED.has(key) && isCall(own)) return [key, own];
      const isForeign = !isOurs || key === 'tags';
      return [isOurs ? key : textWithout(key, names), jsonWithout(own, names, !isForeign)];
    }),
  );
}

/** A text or a list of texts; what a mute is of has its kind and name. */
function isCall(value: JsonValue): boolean {
  if (typeof value === 'string') return true;
  if (Array.isArray(value)) return value.every((it) => typeof it === 'string');
  return typeof value === 'object' && value !== null && 'kind' in value;
}

/** NOTE: one that is looked for only where it is a user stands in texts as something else. */
export function textWithout(text: string, names: readonly Sought[]): string {
  return names.reduce((rest, name) => (name.isNarrow ? rest : name.without(rest)), text);
}

/** The title of something that is theirs: there also a short number is theirs. */
export function ownTextWithout(text: string, names: readonly Sought[]): string {
  return names.reduce((rest, name) => name.without(rest), text);
}

/** Whether an event is of one of them: its user is, or what it says of its user. */
export function isOfUser(
  { user, tags }: { readonly user: string | null; readonly tags: Readonly<Record<string, string>> },
  names: readonly Sought[],
): boolean {
  const all = [user, ...Object.entries(tags).flatMap(([key, value]) => (OF_USERS.test(key) ? [value] : []))];
  return names.some((name) => all.some((it) => name.isUser(it)));
}

const OF_USERS = /^user(?:[._-]|$)/i;

/** Whether something that is not ours to change still holds one of them. */
export function holdsName(text: string, names: readonly Sought[]): boolean {
  return names.some((name) => !name.isNarrow && name.without(text) !== text);
}
