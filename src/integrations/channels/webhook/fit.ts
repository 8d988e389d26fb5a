import { cleanText, shortText } from '../../../core/alerts/words/clean-text.ts';
import type { Alert } from '../../../core/model/alerting/alert.ts';
import type { Digest } from '../../../core/model/alerting/digest.ts';
import type { Fitted, Message } from '../../../core/model/alerting/message.ts';
import type { JsonObject, JsonValue } from '../../../core/model/item.ts';
import type { Hits } from '../../../core/model/ticketing/content.ts';
import { isoOf } from '../../../core/model/window.ts';
import { fitDigest } from './digest.ts';

/** Receivers take so much, in UTF-8 bytes. */
const MOST_BYTES = 256 * 1024;
/** What stands beside lines and digest, at most. */
const HEAD_BYTES = 1024;
/** What is said before alerts. NOTE: `maxBytes` leaves room for it. */
const MOST_LINES = 7000;
/** What stands around calls, and around events. */
const KEY_BYTES = 12;
/** Characters of a text in the plain form. */
const PLAIN = 500;

/**
 * The body as it is promised: type, id, sentAt and alerts, the lines of a message that has more to say, what calls led
 * to alerts, events of their issues, and a digest or a report as data. Where there is no room for all, events are left
 * out first, then calls, then alerts, each from the end.
 */
export function fit(message: Message, form: 'rich' | 'plain'): Fitted {
  const { type, id, sentAt, digest, report } = message;
  const text = form === 'plain' ? plainText : (given: string) => given;
  const lines = message.lines.map(text);
  if (digest === undefined && report === undefined) return fitAlerts({ ...message, lines }, form);
  // NOTE: what a report says of files' own names is short: there is room for all.
  const whole =
    digest === undefined ? { lines, report: report as unknown as JsonObject } : digestIn(digest, lines, text);
  return { body: { type, id, sentAt, alerts: [], ...whole }, leftOut: 0 };
}

/** The digest itself beside its lines; what there is no room for is said. */
function digestIn(digest: Digest, lines: readonly string[], text: (given: string) => string): JsonObject {
  const fitted = fitDigest({ digest, lines }, text, (it) => bytesOf(it) <= MOST_BYTES - HEAD_BYTES);
  const { filtersLeftOut } = fitted;
  const left: JsonObject = filtersLeftOut === 0 ? {} : { filtersLeftOut };
  return { lines: fitted.lines, digest: fitted.digest as unknown as JsonObject, ...left };
}

function fitAlerts(message: Message, form: 'rich' | 'plain'): Fitted {
  const { type, id, sentAt } = message;
  const given = message.alerts.map((alert) => (form === 'plain' ? plain(alert) : alert) as unknown as JsonObject);
  const lines = type === 'alerts' ? linesIn(message.lines, MOST_LINES) : message.lines;
  const said: JsonObject = lines.length === 0 && type === 'alerts' ? {} : { lines };
  const body = (alerts: readonly JsonObject[]): JsonObject => ({ type, id, sentAt, alerts, ...said });
  let room = MOST_BYTES - bytesOf(body([]));
  const alerts: JsonObject[] = [];
  for (const alert of given) {
    room -= bytesOf(alert) + 1;
    if (room < 0) break;
    alerts.push(alert);
  }
  const named = message.alerts.slice(0, alerts.length).map((alert) => alert.id);
  const besides = form === 'plain' ? {} : besidesIn(message, named, room);
  return { body: { ...body(alerts), ...besides }, leftOut: given.length - alerts.length };
}

/** What there is by alert id, as far as there is room. */
function besidesIn({ calls = {}, hits = {} }: Message, ids: readonly string[], room: number): JsonObject {
  let left = room;
  const fitting = (key: string, valueOf: (id: string) => JsonValue | undefined): JsonObject => {
    left -= KEY_BYTES;
    const all = ids.flatMap((id) => {
      const own = valueOf(id);
      if (own === undefined) return [];
      left -= bytesOf(id) + bytesOf(own) + 2;
      return left < 0 ? [] : [[id, own] as const];
    });
    return all.length === 0 ? {} : { [key]: Object.fromEntries(all) };
  };
  return { ...fitting('calls', (id) => calls[id]), ...fitting('hits', (id) => hitsJson(hits[id])) };
}

function hitsJson(hits: Hits | undefined): JsonObject | undefined {
  if (hits === undefined) return undefined;
  const { listed, more, lack } = hits;
  return {
    listed: listed.map(({ at, user, url }) => ({ at: isoOf(at), user, url })),
    more,
    ...(lack !== undefined && { lack }),
  };
}

/** As many as have room, from the first one on. */
function linesIn(lines: readonly string[], room: number): readonly string[] {
  let bytes = 0;
  const over = lines.findIndex((line) => (bytes += bytesOf(line) + 1) > room);
  return over < 0 ? lines : [...lines.slice(0, over), `and ${lines.length - over} more`];
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

/** The same with texts that any parser and database takes. */
function plain(alert: Alert): Alert {
  const { subject, why } = alert;
  return { ...alert, why: plainText(why), subject: { ...subject, title: plainText(subject.title) } };
}

function plainText(text: string): string {
  return shortText(cleanText(text), PLAIN);
}
