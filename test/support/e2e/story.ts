import type { EventInput, IssueInput } from '../../../sandbox/index.ts';
import type { Question } from './expected-records.ts';
import type { FilterSpec } from './service.ts';

/** Events of the exactness story: this many in the window, in three projects, arrived before the run. */
export const STORY_EVENTS = 20_000;
export const PROJECTS = ['crm-web', 'crm-api', 'crm-jobs', 'crm-empty', 'elsewhere'];
const OWNERS = ['crm-web', 'crm-api', 'crm-jobs'] as const;

export interface Story {
  readonly issues: readonly IssueInput[];
  readonly events: readonly EventInput[];
}

/** Numbers in [0, 1), always the same for a seed. */
export function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const ODD_TERMS = [
  'or',
  'is:unresolved',
  '0123456789abcdef0123456789abcdef',
  'card "declined"',
  '50% off*',
  'C:\\temp\\new',
  'Überweisung',
  '支付失败',
  'a AND (b',
  '!level:error',
  'naïve 💥',
];

const TITLES = [
  'TypeError: undefined is not a function',
  'PaymentError: card "declined" by issuer',
  'Notice: 50% off* only today',
  'IOError: C:\\temp\\new missing',
  'ValueError: ÜBERWEISUNG fehlgeschlagen',
  '支付失败: timeout',
  'Query is:unresolved failed',
  'Trace 0123456789ABCDEF0123456789abcdef lost',
  'Weird a AND (b',
  'said !level:error',
  'naïve 💥 boom',
  'health check: slow',
  'plain timing',
  `Long: ${'x'.repeat(5000)}`,
  '<img src=x onerror=alert(1)>',
];
const LEVELS = ['error', 'fatal', 'warning', 'info'];
const ENVIRONMENTS = ['production', 'production', 'staging', null];
const ISSUES = 420;

/** `span`: the window; `now`: when the run is posted. Ties are the rule: most issues have one of nine counts. */
export function makeStory(span: { start: number; end: number }, now: number): Story {
  const roll = dice(20_261_120);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(roll() * list.length)]!;
  const issues = Array.from({ length: ISSUES }, (_, i): IssueInput => ({
    // Ids of several lengths: as text they would sort another way than as numbers.
    id: i % 7 === 0 ? 900 + i : 6_507_000_000 + i * 13,
    project: OWNERS[i % 3]!,
    title: TITLES[i % TITLES.length]!,
    level: LEVELS[i % 4]!,
    culprit: i % 4 === 0 ? null : `app/checkout_${i}.ts in pay`,
    substatus: i % 10 === 0 ? 'regressed' : 'ongoing',
    firstSeen: i % 5 === 0 ? span.start + i * 100 : span.start - 86_400_000 - i * 1000,
    assignedTo: i % 6 === 0 ? { type: 'user', id: '7', name: 'Zoë Ó', email: 'zoe@example.com' } : null,
  }));
  const schedule = issues.flatMap((_, i) => Array<number>(20 + 5 * (i % 9)).fill(i));
  while (schedule.length < STORY_EVENTS) schedule.push(schedule.length % 17);
  schedule.length = STORY_EVENTS;
  const one = (i: number, at: number, rest: Partial<EventInput> = {}): EventInput => ({
    at,
    project: OWNERS[i % 3]!,
    issue: String(issues[i]!.id),
    title: `${roll() < 0.3 ? 'Variant: ' : ''}${TITLES[(i + (roll() < 0.2 ? 1 : 0)) % TITLES.length]!}`,
    culprit: roll() < 0.1 ? 'jobs/worker.ts' : null,
    message: roll() < 0.15 ? `retry ${pick(ODD_TERMS)}, then failed` : '',
    level: pick(LEVELS),
    environment: pick(ENVIRONMENTS),
    release: pick(['1.4.0', '1.4.1', '1.40.0', '2.0.0', null]),
    user: roll() < 0.1 ? null : `id:${Math.floor(roll() * 3000)}`,
    tags: { ...(roll() < 0.2 ? {} : { region: pick(['eu', 'us']) }), ...(i % 2 === 0 ? { 'cpu-arch': 'arm64' } : {}) },
    ...rest,
  });
  const last = span.end - 1000;
  const events = schedule.map((i, n) =>
    one(
      i,
      n % 500 === 0 ? [span.start, last][(n / 500) % 2]! : span.start + Math.floor(roll() * 300) * 1000,
      n % 67 === 0 ? { arrivedAt: now - 1000 } : {},
    ),
  );
  const outside = [
    [9, span.start - 1000],
    [7, span.end],
    [5, span.end + 1000],
    [3, span.start - 300_000],
  ].flatMap(([count, at]) => Array.from({ length: count! }, (_, n) => one(n, at!)));
  const late = Array.from({ length: 25 }, (_, n) => one(n, span.start + n * 1000, { arrivedAt: now + 60_000 }));
  const noise = Array.from({ length: 11 }, (_, n): EventInput => ({
    at: span.start + n * 1000,
    project: 'elsewhere',
    issue: String(77_000 + n),
    environment: 'production',
  }));
  // Shuffled by its own rule, so that neither time nor issue is in order.
  return {
    issues,
    events: [...events, ...outside, ...late, ...noise]
      .map((event, n) => ({ event, key: (n * 7919) % 20_011 }))
      .sort((a, b) => a.key - b.key)
      .map(({ event }) => event),
  };
}

export const STORY_FILTERS: readonly FilterSpec[] = [
  {
    name: 'tagged',
    projects: ['crm-web', 'crm-api'],
    environments: ['production'],
    tags: ['release', 'region', 'cpu-arch'],
    top: 10,
    team: 'crm',
    labels: { service: 'checkout', 'cost.centre': '42' },
  },
  { name: 'odd', projects: ['crm-api', 'crm-jobs', 'crm-web'], searchTerms: ODD_TERMS, top: 100 },
  { name: 'nothing', projects: ['crm-empty'] },
  {
    name: 'raw',
    projects: ['crm-jobs', 'crm-api'],
    environments: ['production', 'staging'],
    levels: ['error', 'fatal'],
    exclude: ['health check', 'Überweisung'],
    query: 'release:1.4.* !user.id:7*',
    team: 'ops',
  },
  { name: 'all', projects: ['crm-empty', 'crm-jobs', 'crm-api', 'crm-web'] },
];

/** What the raw query says, by hand. */
export const STORY_WHERE: Readonly<Record<string, Question['where']>> = {
  raw: (event) => (event.release ?? '').startsWith('1.4.') && !(event.user ?? '').startsWith('id:7'),
};
