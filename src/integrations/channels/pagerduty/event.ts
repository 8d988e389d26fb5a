import { fitWords } from '../../../core/alerts/words/fit-words.ts';
import { cleanText, shortText } from '../../../core/alerts/words/clean-text.ts';
import type { Worded, WordedAlert } from '../../../core/alerts/words/worded.ts';
import type { Alert } from '../../../core/model/alerting/alert.ts';
import type { Fitted, Message } from '../../../core/model/alerting/message.ts';
import { type Severity, SEVERITIES } from '../../../core/model/alerting/rule.ts';
import type { JsonObject } from '../../../core/model/item.ts';
import { incidentOf } from './incident.ts';

/** Of a body, with the key that is added to it, in UTF-8 bytes. */
const MOST_BYTES = 500_000;
/** Code points, of which one may be two of the vendor's. */
const SUMMARY = 500;
const SOURCE = 200;

/** An event without its routing key. What is over needs no words. */
export function fit(message: Message, form: 'rich' | 'plain'): Fitted {
  const { action, key } = incidentOf(message);
  if (action === 'resolve') return { body: { event_action: action, dedup_key: key }, leftOut: 0 };
  const { rendered, leftOut } = fitWords(
    message,
    (words) => ({ event_action: action, dedup_key: key, ...told(words, message, form) }),
    (body) => Buffer.byteLength(JSON.stringify(body)) <= MOST_BYTES,
  );
  return { body: rendered, leftOut };
}

function told(words: Worded, message: Message, form: 'rich' | 'plain'): JsonObject {
  const { alerts, sentAt, server = 'sentry-monitor' } = message;
  const [first] = alerts;
  const payload: JsonObject = {
    summary: summaryOf(words),
    source: shortText(first?.filter ?? server, SOURCE),
    severity: worst(alerts),
    timestamp: first?.window.end ?? sentAt,
    custom_details: detailsOf(words),
  };
  if (form === 'plain') return { payload };
  const links = words.alerts.flatMap((alert) => alert.links.map(({ label, url }) => ({ href: url, text: label })));
  const page = first?.page ?? null;
  return {
    payload: { ...payload, ...placeOf(first) },
    links,
    client: 'sentry-monitor',
    ...(page === null ? {} : { client_url: page }),
  };
}

function placeOf(alert: Alert | undefined): JsonObject {
  if (alert === undefined) return {};
  const { filter, rule, subject } = alert;
  const short = (text: string): string => shortText(cleanText(text), SOURCE);
  const place: JsonObject = { group: filter, class: short(rule) };
  return subject.project === undefined ? place : { ...place, component: short(subject.project) };
}

function summaryOf({ head, alerts }: Worded): string {
  const [only, ...others] = alerts;
  return shortText(only === undefined || others.length > 0 ? head : `${head}: ${only.why}`, SUMMARY);
}

/** One subject has its details one by one; of several each is a line. */
function detailsOf({ notes, alerts, more, foot }: Worded): JsonObject {
  const [only, ...others] = alerts;
  return {
    ...(notes.length === 0 ? {} : { notes }),
    ...(only === undefined || others.length > 0 ? { alerts: alerts.map(lineOf) } : detailsOfOne(only)),
    ...(more === null ? {} : { more: more.text }),
    from: foot,
  };
}

function detailsOfOne({ title, why, when, rule, ends, mute }: WordedAlert): JsonObject {
  return { what: title, why, when, rule, ...(ends === null ? {} : { ends }), mute };
}

function lineOf({ title, why, when, rule }: WordedAlert): string {
  return `${title}; ${why}; ${when}; ${rule}`;
}

function worst(alerts: readonly Alert[]): Severity {
  return SEVERITIES.find((severity) => alerts.some((alert) => alert.severity === severity)) ?? 'warning';
}
