import { isRecord } from '../http/message.ts';

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

type Rule = (value: unknown) => boolean;

const text: Rule = (value) => typeof value === 'string' && value.isWellFormed();
const anyText: Rule = (value) => typeof value === 'string';
const flag: Rule = (value) => typeof value === 'boolean';
const instant: Rule = (value) => typeof value === 'string' && ISO.test(value);
const number: Rule = (value) => typeof value === 'number' && Number.isFinite(value);
const oneOf =
  (...words: readonly string[]): Rule =>
  (value) =>
    words.some((word) => word === value);
const orNull =
  (rule: Rule): Rule =>
  (value) =>
    value === null || rule(value);

/** What an alert has, all of it. */
const ALERT: Readonly<Record<string, Rule>> = {
  id: text,
  state: oneOf('firing', 'resolved', 'told'),
  severity: oneOf('critical', 'warning', 'info'),
  filter: text,
  team: orNull(text),
  rule: text,
  subject: (value) => isRecord(value) && ['kind', 'id'].every((key) => text(value[key])) && anyText(value['title']),
  since: instant,
  window: (value) => isRecord(value) && instant(value['start']) && instant(value['end']),
  value: orNull(number),
  limit: orNull(number),
  expected: orNull(number),
  atLeast: flag,
  late: flag,
  why: anyText,
  endsWhen: orNull(text),
  runbook: orNull(text),
  page: orNull(text),
};

/** What is wrong with a body; undefined: nothing. */
export function bodyFault(body: unknown, id: string): string | undefined {
  if (!isRecord(body)) return 'the body is no object';
  const { type, alerts, lines, digest, filtersLeftOut, ...rest } = body;
  const others = Object.keys(rest).filter((key) => key !== 'id' && key !== 'sentAt');
  if (others.length > 0) return `${others.join(', ')}: not known`;
  if (!oneOf('alerts', 'digest', 'message')(type)) return 'type is not known';
  if (digest !== undefined && !(type === 'digest' && isDigest(digest))) return 'digest is none';
  if (filtersLeftOut !== undefined && !(number(filtersLeftOut) && digest !== undefined))
    return 'filtersLeftOut is of a digest';
  if (rest['id'] !== id) return 'id is not the webhook-id';
  if (!instant(rest['sentAt'])) return 'sentAt is no instant';
  if (!Array.isArray(alerts)) return 'alerts is no list';
  if (type !== 'alerts' && lines === undefined) return 'digests and messages have lines';
  if (lines !== undefined && !areTexts(lines)) return 'lines are no list of sentences';
  return alerts.map(alertFault).find((fault) => fault !== undefined);
}

function isDigest(digest: unknown): boolean {
  if (!isRecord(digest)) return false;
  const { name, slot, zone, filters } = digest;
  const isSpan = isRecord(slot) && instant(slot['start']) && instant(slot['end']);
  return text(name) && text(zone) && isSpan && Array.isArray(filters);
}

function areTexts(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every(anyText);
}

function alertFault(alert: unknown, index: number): string | undefined {
  if (!isRecord(alert)) return `alerts[${String(index)}] is no object`;
  const wrong = Object.entries(ALERT).find(([key, rule]) => !rule(alert[key]));
  if (wrong !== undefined)
    return `alerts[${String(index)}].${wrong[0]}: ${JSON.stringify(alert[wrong[0]]) ?? 'missing'}`;
  const strange = Object.keys(alert).find((key) => ALERT[key] === undefined);
  return strange === undefined ? undefined : `alerts[${String(index)}].${strange}: not known`;
}
