/** The words of the sandbox. All times are epoch milliseconds unless a name says otherwise. */

/** One stored error event. `at` is the client's clock in whole seconds; invisible before `arrivedAt`. */
export type SandboxEvent = {
  readonly id: string;
  readonly at: number;
  readonly arrivedAt: number;
  /** What the client said besides whole seconds, 1 to 999; absent: nothing. */
  readonly millis?: number;
  /** The client named no time: `at` is the second of its arrival, which Sentry shows and GlitchTip does not. */
  readonly dateless?: boolean;
  readonly projectId: string;
  /** Issue id, digits; null for an event without an issue. */
  readonly issueId: string | null;
  readonly title: string;
  readonly culprit: string | null;
  /** The log message alone, '' for plain exceptions. */
  readonly message: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly type: string;
  readonly level: string | null;
  readonly release: string | null;
  readonly environment: string | null;
  /** As Sentry shows it: `id:5`, `ip:127.0.0.1`. */
  readonly user: string | null;
  readonly transaction: string | null;
  readonly platform: string | null;
  readonly dist: string | null;
  readonly handled: boolean;
  /** Characters of what the client sent along (`extra`); absent: none. */
  readonly extra?: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly stack: ReadonlyArray<{ readonly filename: string; readonly function: string }>;
  /** What it has besides, by the name of the field: `geo.city`, `error.mechanism` (a list). */
  readonly fields?: Readonly<Record<string, string | readonly string[]>>;
};

/** One of those that only tables without a dataset show: lists, issues and truths are about errors. */
export function isTransaction({ type }: SandboxEvent): boolean {
  return type === 'transaction';
}

/** What may be given to add an event; only `at` and `project` (slug or id) are needed. */
export type EventInput = Partial<Omit<SandboxEvent, 'projectId' | 'issueId' | 'at' | 'arrivedAt' | 'millis'>> & {
  /** Epoch milliseconds or an ISO instant. */
  at: number | string;
  /** Default: `at`. */
  arrivedAt?: number | string;
  project: string;
  issue?: string | number | null;
  /** That many copies, each with its own id. */
  repeat?: number;
};

export type Project = {
  readonly id: string;
  slug: string;
  name: string;
  platform: string | null;
  createdAt: number;
  access: 'full' | 'forbidden' | 'deleted';
  formerSlugs: string[];
  /** Slugs; undefined: the one of everybody. */
  readonly teams?: readonly string[];
};

export type Assignee = { type: 'user' | 'team'; id: string; name: string; email?: string };

export type Issue = {
  readonly id: string;
  readonly shortId: string;
  readonly projectId: string;
  title: string;
  culprit: string | null;
  level: string;
  type: string;
  category: string;
  platform: string | null;
  metadata: Record<string, string>;
  status: string;
  substatus: string | null;
  priority: string | null;
  assignedTo: Assignee | null;
  /** undefined: made from the sandbox's own address; null: none. */
  permalink?: string | null;
  isUnhandled: boolean;
  /** First event ever; undefined: that of the earliest event stored. */
  firstSeen?: number;
  /** When somebody resolved it. Status, substatus and activity follow from this and from what arrived afterwards. */
  resolvedAt?: readonly number[];
  /** When it came back after it was resolved; undefined: found among the single events that were added. */
  returnedAt?: readonly number[];
  /** What happened to it, the newest first; made from the above. */
  activity: readonly Activity[];
  /** Events before those the sandbox holds, added to the lifetime's count. */
  olderEvents: number;
  deleted: boolean;
  mergedInto?: string;
};

/** An entry of an issue's history. */
export type Activity = {
  readonly type: 'set_resolved' | 'set_regression' | 'auto_set_ongoing';
  readonly at: number;
  readonly data: Readonly<Record<string, unknown>>;
};

export type IssueInput = Partial<Omit<Issue, 'id' | 'projectId' | 'activity'>> & {
  id?: string | number;
  project: string;
};

/** Vendors of messages for people. */
export const MESSENGERS = ['slack', 'telegram', 'mail', 'pagerduty', 'teams', 'discord'] as const;

export type MessengerName = (typeof MESSENGERS)[number];

export const VENDORS = ['sentry', 'newrelic', 'anodot', 'ping', 'webhook', ...MESSENGERS] as const;

export type Vendor = (typeof VENDORS)[number];

/** Which server the Sentry side is: the newest, GlitchTip, or a self-hosted one of a year. */
export const FLAVOURS = ['sentry', 'glitchtip', 'sentry-2019', 'sentry-2022'] as const;

export type FlavourName = (typeof FLAVOURS)[number];

export const ENDPOINTS = [
  'organizations',
  'organization',
  'events-table',
  'events-timeseries',
  'stats',
  'project-events',
  'issues',
  'project-issues',
  'issue',
  'latest-event',
  'event-id',
  'projects',
  'project',
  'project-environments',
  'tag-keys',
  'envelope',
  'nr-events',
  'nr-metrics',
  'anodot-metrics',
  'ping-check',
  'ping-cron',
  'hook',
  'slack-api',
  'slack-webhook',
  'slack-answers',
  'telegram-bot',
  'smtp',
  'smtp-command',
  'ses',
  'pager-events',
  'teams-workflow',
  'discord-webhook',
  'unknown',
] as const;

export type Endpoint = (typeof ENDPOINTS)[number];

/** One of the things the story does on purpose. `slot` is a story slot, `start` its real time. */
export type Planted = {
  kind: 'surge' | 'ramp' | 'new' | 'regressed' | 'single';
  slot: number;
  start: number;
  /** For how many slots. */
  slots: number;
  issue: string;
  project: string;
  /** Mean events per slot without it, and at its height. */
  usual: number;
  rate: number;
};

/** Where events come from besides those that were added. */
export type Story = {
  readonly projects: readonly Project[];
  readonly environments: readonly string[];
  /** Events with `at` in the slot that holds the instant; sorted by `at`. */
  slotAt(instant: number): readonly SandboxEvent[];
  /** Those of these issues alone: the others are not made. */
  ofIssuesAt(instant: number, ids: ReadonlySet<string>): readonly SandboxEvent[];
  issue(id: string, now: number): Issue | undefined;
  issueByShortId(shortId: string, now: number): Issue | undefined;
  /** Roughly how many events the issue ever had, and when the last; undefined for issues of others. */
  lifetime(issueId: string, now: number): { readonly count: number; readonly last: number | null } | undefined;
  planted(from: number, to: number): Planted[];
};

export const SLOT = 300_000;
export const DAY = 86_400_000;
