import { isRecord } from '../http/message.ts';

export type PagerEvent = {
  readonly routing_key: string;
  readonly event_action: 'trigger' | 'acknowledge' | 'resolve';
  readonly dedup_key?: string;
  readonly payload?: {
    readonly summary: string;
    readonly source: string;
    readonly severity: string;
    readonly custom_details?: Readonly<Record<string, unknown>>;
  };
  readonly links?: readonly { readonly href: string; readonly text?: string }[];
};

type Rule = (value: unknown) => boolean;

const text =
  (most: number): Rule =>
  (value) =>
    typeof value === 'string' && value !== '' && value.length <= most && value.isWellFormed();
const address: Rule = (value) => typeof value === 'string' && /^https?:\/\//.test(value);
const optional =
  (rule: Rule): Rule =>
  (value) =>
    value === undefined || rule(value);

const EVENT: Readonly<Record<string, Rule>> = {
  routing_key: text(32),
  event_action: (value) => ['trigger', 'acknowledge', 'resolve'].includes(String(value)),
  dedup_key: optional(text(255)),
  payload: optional(isRecord),
  links: optional((value) => Array.isArray(value) && value.every((link) => isRecord(link) && address(link['href']))),
  images: optional(Array.isArray),
  client: optional(text(1024)),
  client_url: optional(address),
};

const PAYLOAD: Readonly<Record<string, Rule>> = {
  summary: text(1024),
  source: text(1024),
  severity: (value) => ['critical', 'error', 'warning', 'info'].includes(String(value)),
  timestamp: optional((value) => typeof value === 'string' && !Number.isNaN(Date.parse(value))),
  component: optional(text(1024)),
  group: optional(text(1024)),
  class: optional(text(1024)),
  custom_details: optional(isRecord),
};

/** What is wrong with an event; undefined: nothing. */
export function eventFault(event: unknown, key: string): string | undefined {
  if (!isRecord(event)) return 'the event is no object';
  const wrong = faultIn(event, EVENT, '');
  if (wrong !== undefined) return wrong;
  if (event['routing_key'] !== key) return 'routing_key: nobody has it';
  const isTrigger = event['event_action'] === 'trigger';
  if (!isTrigger) return event['dedup_key'] === undefined ? 'dedup_key: missing' : undefined;
  return isRecord(event['payload']) ? faultIn(event['payload'], PAYLOAD, 'payload.') : 'payload: missing';
}

function faultIn(value: Readonly<Record<string, unknown>>, rules: Readonly<Record<string, Rule>>, before: string) {
  const strange = Object.keys(value).find((key) => rules[key] === undefined);
  if (strange !== undefined) return `${before}${strange}: not known`;
  const wrong = Object.entries(rules).find(([key, rule]) => !rule(value[key]));
  return wrong === undefined ? undefined : `${before}${wrong[0]}: invalid`;
}
