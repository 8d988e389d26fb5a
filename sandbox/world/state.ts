import type { Clock } from '../clock.ts';
import type { EventStore } from '../events/event-store.ts';
import type { FaultBoard } from '../http/faults.ts';
import type { IssueBook } from './issues.ts';
import type { ProjectBook } from './projects.ts';
import type { Random } from '../random.ts';
import type { Received } from './received.ts';
import type { RequestLog } from '../http/requests.ts';
import type { Limiter } from '../sentry/limits.ts';
import type { FlavourName, Story } from '../types.ts';

export type Keys = {
  readonly sentryToken: string;
  readonly sentryOrg: string;
  readonly newRelicKey: string;
  readonly newRelicAccountId: string;
  readonly anodotToken: string;
  /** Of a check that takes pings. */
  readonly pingId: string;
  /** Of a cron monitor that takes check-ins. */
  readonly cronKey: string;
  /** Of a DSN: with it a client sends events to any project. */
  readonly dsnKey: string;
  /** With which webhooks are signed. */
  readonly webhookKey: string;
  /** Of a bot of Slack. */
  readonly slackToken: string;
  /** In the address of an incoming webhook of Slack. */
  readonly slackSecret: string;
  /** Of a bot of Telegram. */
  readonly telegramToken: string;
  /** Who may hand over mail. */
  readonly smtpUser: string;
  readonly smtpPassword: string;
  /** Routing key of a service of PagerDuty. */
  readonly pagerDutyKey: string;
  /** In the address of a workflow of Teams. */
  readonly teamsSignature: string;
  /** In the address of a webhook of Discord. */
  readonly discordToken: string;
};

/** What can be changed about how the vendors behave, apart from faults. */
export type Settings = {
  /** Of the Sentry token. */
  scopes: string[];
  /** Whether Anodot's `error` and `index` are strings or numbers. */
  anodotErrors: 'string' | 'number';
  /** Of Sentry: a proxy in between may take every `Link` header away. */
  link: 'sent' | 'stripped';
  /** Of Sentry: a literal text is held by the search message, or equals it, as on the store that is to come. */
  messages: 'held' | 'equal';
  /** Of `sentry-2019`: whether organizations/{org}/events/ is a bare list of events, or a 404. */
  oldRelease: '10.x' | '9.x';
  /** Of `sentry-2022`: whether a dataset that it does not know is a 400 (2022-23), or looked at by nobody (before). */
  unknownDataset: 'refused' | 'ignored';
  /** Of `glitchtip`: 2022 (before its API was written anew), 4.1 or 5.1. */
  glitchtipRelease: '2022' | '4.1' | '5.1';
  /** Of `glitchtip`: whether the token's user belongs to the organization. */
  glitchtipMember: boolean;
  /** Slug that the organization has now; '': that of the keys. */
  organization: string;
};

/** Everything the vendors' parts share. */
export type State = {
  keys: Keys;
  readonly settings: Settings;
  flavour: FlavourName;
  readonly clock: Clock;
  readonly projects: ProjectBook;
  readonly issues: IssueBook;
  readonly events: EventStore;
  readonly story: Story | undefined;
  /** Declared ones; others exist once an event of theirs has arrived. */
  readonly environments: Set<string>;
  readonly faults: FaultBoard;
  readonly requests: RequestLog;
  readonly limiter: Limiter;
  received: Received;
  /** A new sequence of numbers, other ones each time it is called. */
  readonly nextRandom: () => Random;
};

/** Slug of the one organization. */
export function organizationOf({ keys, settings }: Pick<State, 'keys' | 'settings'>): string {
  return settings.organization || keys.sentryOrg;
}

export const DEFAULT_SETTINGS: Settings = {
  scopes: ['org:read', 'project:read', 'event:read'],
  anodotErrors: 'string',
  link: 'sent',
  messages: 'held',
  oldRelease: '10.x',
  unknownDataset: 'refused',
  glitchtipRelease: '5.1',
  glitchtipMember: true,
  organization: '',
};
