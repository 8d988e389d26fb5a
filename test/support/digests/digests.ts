import type {
  Digest,
  DigestBar,
  DigestChart,
  DigestFilter,
  DigestIssue,
} from '../../../src/core/model/alerting/digest.ts';
import type { Message } from '../../../src/core/model/alerting/message.ts';

/** One bar: a count; with `+` a lower bound; null: not counted. */
export type BarInput = number | `${number}+` | null;

/** A chart of hours that ends at nine in Berlin, unless it is said otherwise. */
export function chartOf(bars: readonly BarInput[], over: Partial<DigestChart> = {}): DigestChart {
  const { barMs = 3_600_000, end = '2026-11-20T08:00:00.000Z' } = over;
  const from = Date.parse(end) - bars.length * barMs;
  return {
    span: '24h',
    start: new Date(from).toISOString(),
    end,
    barMs,
    bars: bars.map((bar, index) => barOf(bar, new Date(from + index * barMs).toISOString())),
    ...over,
  };
}

function barOf(bar: BarInput, start: string): DigestBar {
  if (bar === null) return { start, events: null, counted: false, complete: false };
  if (typeof bar === 'number') return { start, events: bar, counted: true, complete: true };
  return { start, events: parseInt(bar, 10), counted: true, complete: false };
}

export function issueOf(over: Partial<DigestIssue> = {}): DigestIssue {
  return {
    id: '6507376925',
    project: 'crm-web',
    title: 'TypeError: x is undefined',
    level: 'error',
    url: 'https://sentry.example.com/issues/6507376925/',
    events: 52,
    users: 31,
    state: 'ongoing',
    ...over,
  };
}

const NONE = { count: 0, first: [] };

/** All of a day was counted, and nothing of it is odd. */
export function filterOf(over: Partial<DigestFilter> = {}): DigestFilter {
  return {
    filter: 'crm-checkout',
    team: 'crm',
    page: 'https://monitor.example.com/filters/crm-checkout',
    events: 1234,
    issues: 17,
    issuesAtLeast: false,
    issuesSince: null,
    before: {
      start: '2026-11-18T08:00:00.000Z',
      end: '2026-11-19T08:00:00.000Z',
      events: 1000,
      issues: 15,
      complete: true,
    },
    windows: { all: 288, counted: 288, withEvents: 201, incomplete: 0, silent: 0, notCounted: 0, gaps: [] },
    biggest: [issueOf()],
    new: NONE,
    regressed: NONE,
    archived: NONE,
    rules: [],
    held: {},
    ...over,
  };
}

export function digestOf(over: Partial<Digest> = {}): Digest {
  return {
    name: 'crm-morning',
    slot: { start: '2026-11-19T08:00:00.000Z', end: '2026-11-20T08:00:00.000Z' },
    zone: 'Europe/Berlin',
    late: false,
    filters: [filterOf()],
    chart: null,
    ...over,
  };
}

/** A digest with a chart, unless it has another. */
export function digestMessage(over: Partial<Message> = {}, digest: Partial<Digest> = {}): Message {
  return {
    id: 'digest/crm-morning@2026-11-20T08:00:00.000Z/crm',
    type: 'digest',
    sentAt: '2026-11-20T08:05:30.000Z',
    alerts: [],
    lines: ['crm-morning: 1,234 events in 1 filter', 'crm-checkout: 1,234 events, 1,000 before'],
    collects: null,
    mayRepeat: false,
    thread: null,
    server: 'host-1',
    digest: digestOf({ chart: chartOf(DAY), ...digest }),
    pictureKey: '11111111-1111-4111-8111-111111111111',
    ...over,
  };
}

/** A day by hours: a zero, two that may be more, and three that nobody counted. */
export const DAY: readonly BarInput[] = [
  ...[40, 60, 80, 75, 70, 0, 55, 50],
  ...(['30+', '0+'] as const),
  ...[20, 10, 5],
  ...[null, null, null],
  ...[4, 3, 200, 90, 45, 50, 65, 100],
];
