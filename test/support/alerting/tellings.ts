import type { Alert, Telling } from '../../../src/core/model/alerting/alert.ts';
import type { KeptTelling, OpenChannel } from '../../../src/core/ports/alerting/outbox.ts';

/** 2026-11-20T10:00:00Z: start of the window that most alerts here are of. */
export const TEN = Date.UTC(2026, 10, 20, 10);
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export interface AlertInput extends Partial<Omit<Alert, 'subject' | 'window'>> {
  readonly subject?: Partial<Alert['subject']>;
  /** Start of its window, epoch ms. */
  readonly at?: number;
}

/** An alert of crm-checkout about one issue; what is given stands in place of the usual. */
export function alertOf({ subject, at = TEN, ...over }: AlertInput = {}): Alert {
  const start = new Date(at).toISOString();
  const about = { kind: 'issue', id: '6507376925', title: 'TypeError: x is undefined', project: 'crm-web', ...subject };
  const filter = over.filter ?? 'crm-checkout';
  const rule = over.rule ?? 'trending';
  const since = over.since ?? start;
  return {
    id: `${filter}/${rule}/${about.id}@${since}`,
    state: 'firing',
    severity: 'warning',
    filter,
    team: 'crm',
    rule,
    subject: { url: 'https://sentry.example.com/issues/6507376925/', ...about } as Alert['subject'],
    since,
    window: { start, end: new Date(at + 5 * MINUTE).toISOString() },
    value: 52,
    limit: 4,
    expected: 3.2,
    atLeast: false,
    late: false,
    why: '52 events where 3.2 were expected (score 10.7, limit 4)',
    endsWhen: 'three windows in a row without a surge',
    runbook: null,
    page: 'https://monitor.example.com/filters/crm-checkout',
    ...over,
  };
}

/** A telling that waits; its news is the alert's state. */
export function tellingOf(alert: Alert, over: Partial<KeptTelling> = {}): KeptTelling {
  const channel = over.channel ?? 'crm';
  const news: Telling['news'] = over.news ?? alert.state;
  const window = Date.parse(alert.window.start);
  return {
    key: `${alert.id}|${news}|${window}|${channel}`,
    channel,
    news,
    alert,
    rule: alert.rule,
    window,
    decidedAt: window + 7 * MINUTE,
    summary: null,
    fate: 'pending',
    messageId: null,
    reason: null,
    ...over,
  };
}

export function openOf(tellings: readonly KeptTelling[], over: Partial<OpenChannel> = {}): OpenChannel {
  return {
    tellings,
    messages: [],
    told: new Set(),
    createdAt: [],
    endedAt: [],
    askedUntil: 0,
    threads: new Map(),
    acknowledged: new Map(),
    again: new Map(),
    ...over,
  };
}
