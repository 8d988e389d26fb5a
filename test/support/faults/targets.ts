import type { EventInput } from '../../../sandbox/index.ts';
import { burst, START } from '../e2e/bench.ts';
import type { FilterSpec } from '../e2e/service.ts';
import type { Target } from './types.ts';

/**
 * Faults at Sentry are aimed at `red`, by its project's id.
 * `blue` is the other one. It searches for something else, so that it asks for its totals alone.
 */
export const RED: FilterSpec = { name: 'red', projects: ['red'], tags: ['region'] };
export const BLUE: FilterSpec = { name: 'blue', projects: ['blue'], exclude: ['none of this'] };
export const PROJECTS = [
  { slug: 'red', id: 77 },
  { slug: 'blue', id: 88 },
  { slug: 'other', id: 99 },
] as const;

const BLUES = burst('blue', 2001, 4);
const FEW: readonly EventInput[] = [
  ...burst('red', 1001, 3, { tags: { region: 'eu' } }),
  ...burst('red', 1002, 2),
  ...BLUES,
];
/** One issue more than a page. */
const PAGES: readonly EventInput[] = [
  ...Array.from({ length: 101 }, (_, n) => burst('red', 1000 + n, 1)).flat(),
  ...BLUES,
];
/** Nothing in the window, and 200 events of another project shortly before. */
const SILENCE: readonly EventInput[] = burst('other', 3001, 200).map((event, index) => ({
  ...event,
  at: START - 1000 - index * 1000,
}));
/** The hour before has a page of bigger issues, so that those of the window must be asked for by name. */
const BUSY_HOUR: readonly EventInput[] = [
  ...FEW,
  ...Array.from({ length: 101 }, (_, n) => ({ at: START - 1_800_000, project: 'red', issue: 5000 + n, repeat: 2 })),
];

const AT_RED = 'project=77';
const IN_WINDOW = `query=&start=2026-11-20T10:00:00&end=2026-11-20T10:05:00&${AT_RED}`;
const ROWS = `field=issue.id&field=project.id&field=count()&field=count_unique(user)&${IN_WINDOW}`;
const past = (start: string, end: string): string =>
  `field=issue.id&field=count()&query=&start=${start}&end=${end}&${AT_RED}`;

/** The kind of server is known, and one baseline is read. */
const trends = (TREND_BASELINES: '1h' | '1d' | '7d'): Pick<Target, 'env'> => ({
  env: { TREND_BASELINES, SENTRY_SOURCE: 'table' },
});
const SENTRY = { vendor: 'sentry', answerer: 'sentry', events: FEW, ...trends('1d') } as const;
const TABLE = { ...SENTRY, endpoint: 'events-table' } as const;

export const KIND: Target = {
  ...TABLE,
  env: { TREND_BASELINES: '1d' },
  match: 'field=count()&query=&statsPeriod=1h&project=-1',
  except: '404, 404 bare, array',
  title: 'which kind of server?',
  purpose:
    'Whether there is an events table; asked at start, and once an hour. A 404 and `[]` are no faults here: they say that there is none.',
};
export const PROJECT_LIST: Target = {
  ...SENTRY,
  endpoint: 'projects',
  title: 'list of projects, when there is none yet',
  purpose: 'Ids of the projects; read at start, and once an hour. Both filters need it.',
};
export const OLD_PROJECT_LIST: Target = {
  ...SENTRY,
  endpoint: 'projects',
  isPrepared: true,
  title: 'list of projects, when an older one is at hand',
  purpose: 'The list of an hour ago serves when it cannot be read again.',
};
export const TOTALS: Target = {
  ...TABLE,
  match: `dataset=errors&field=project.id&field=count()&field=count_unique(user)&${IN_WINDOW}`,
  title: 'totals',
  purpose: 'Events and users by project: what charts and alarms stand on.',
};
export const ISSUES: Target = { ...TABLE, match: ROWS, title: 'issues', purpose: 'Events and users by issue.' };
export const NEXT_PAGE: Target = {
  ...TABLE,
  events: PAGES,
  match: `${ROWS}&sort=-count()&sort=issue.id&per_page=100&cursor=`,
  title: 'issues, a later page',
  purpose: 'From the 101st issue on; here there are 101.',
};
export const SPLITS: Target = {
  ...TABLE,
  match: `field=issue.id&field=project.id&field=tags[region]&field=count()&${IN_WINDOW}`,
  title: 'counts by tag',
  purpose: 'Only for filters with `tags`.',
};
export const HOUR_BEFORE: Target = {
  ...TABLE,
  ...trends('1h'),
  match: past('2026-11-20T09:00:00', '2026-11-20T10:00:00'),
  title: 'baseline: the hour before',
  purpose: 'For trends.',
};
export const DAY_BEFORE: Target = {
  ...TABLE,
  match: past('2026-11-19T09:55:00', '2026-11-19T11:00:00'),
  title: 'baseline: a day ago',
  purpose: 'For trends; read once an hour.',
};
export const WEEK_BEFORE: Target = {
  ...TABLE,
  ...trends('7d'),
  match: past('2026-11-13T09:55:00', '2026-11-13T11:00:00'),
  title: 'baseline: a week ago',
  purpose: 'For trends; read once an hour.',
};
export const REST_OF_PAST: Target = {
  ...TABLE,
  ...trends('1h'),
  events: BUSY_HOUR,
  match: 'field=issue.id&field=count()&query=issue.id:[',
  title: 'baseline: issues that are not among the hundred biggest',
  purpose: 'The last one only when a hundred others were bigger.',
};
export const DETAILS: Target = {
  ...SENTRY,
  endpoint: 'issues',
  title: 'details of issues',
  purpose: 'Title, link, state, assignee; one request for all filters, kept for ten minutes.',
};
export const FRESHNESS: Target = {
  ...TABLE,
  events: SILENCE,
  match: 'field=count()&field=last_seen()',
  title: 'is Sentry silent?',
  purpose: 'Asked only when all filters count nothing; here Sentry did fall silent.',
};

/** One event more than a page. */
const LONG_LIST: readonly EventInput[] = [...burst('red', 1001, 101, { tags: { region: 'eu' } }), ...BLUES];
/** Nothing in the window, and 200 events of red shortly before. */
const QUIET: readonly EventInput[] = SILENCE.map((event) => ({ ...event, project: 'red' }));

/** A server without an events table, as fast as it answers. */
const PAGES_OF = {
  vendor: 'sentry',
  answerer: 'sentry',
  events: FEW,
  flavour: 'glitchtip',
  env: { SENTRY_SOURCE: 'pages', SENTRY_PAGES_PER_SECOND: '0' },
} as const;
const RED_EVENTS = { ...PAGES_OF, endpoint: 'project-events', path: '/projects/acme/red/' } as const;

export const FIRST_PAGE: Target = {
  ...RED_EVENTS,
  page: 'first',
  title: 'events of a project, first page',
  purpose: 'Every event of the window, counted here. One project after the other.',
};
export const LATER_PAGE: Target = {
  ...RED_EVENTS,
  events: LONG_LIST,
  page: 'later',
  title: 'events of a project, a later page',
  purpose: 'From the 101st event on; here there are 101.',
};
export const PROJECT_ISSUES: Target = {
  ...PAGES_OF,
  endpoint: 'project-issues',
  path: '/projects/acme/red/',
  title: 'issues of a project',
  purpose: 'Title, link, state, assignee; kept for ten minutes.',
};
export const QUIET_HOUR: Target = {
  ...RED_EVENTS,
  flavour: 'sentry-2019',
  events: QUIET,
  page: 'first',
  match: 'start=2026-11-20T09:00:00&end=2026-11-20T10:00:00',
  title: 'is Sentry silent? The hour before',
  purpose: 'Asked only when all filters count nothing; here the project did fall silent.',
};
export const HOURLY_COUNTS: Target = {
  ...PAGES_OF,
  events: QUIET,
  endpoint: 'stats',
  title: "is Sentry silent? GlitchTip's hourly counts",
  purpose: 'Asked only when all filters count nothing; here the project did fall silent.',
};
export const NEWEST_ISSUE: Target = {
  ...PAGES_OF,
  events: QUIET,
  endpoint: 'issues',
  title: 'is Sentry silent? The newest issue of all',
  purpose: 'Asked only when there was plenty in the hour before: whether another project is alive.',
};

const INGEST = { events: FEW, env: { SENTRY_SOURCE: 'table' } } as const;
const NEW_RELIC = { ...INGEST, vendor: 'newrelic' } as const;
const ANODOT = { ...INGEST, vendor: 'anodot', answerer: 'anodot', endpoint: 'anodot-metrics' } as const;

export const NR_EVENTS: Target = {
  ...NEW_RELIC,
  answerer: 'nr-events',
  endpoint: 'nr-events',
  title: 'events',
  purpose: 'Records of reports; the run event goes there too.',
};
export const NR_METRICS: Target = {
  ...NEW_RELIC,
  answerer: 'nr-metrics',
  endpoint: 'nr-metrics',
  title: 'metrics',
  purpose: 'Gauges by project.',
};
export const RUN_EVENT: Target = {
  ...NEW_RELIC,
  answerer: 'nr-events',
  endpoint: 'nr-events',
  match: 'SentryMonitorRun',
  title: 'run event',
  purpose: 'One event per run, after the answer, within 30 s.',
};
export const COUNTER: Target = {
  ...ANODOT,
  title: '`ANODOT_EVENTS_AS=counter`',
  purpose:
    'The default. A sample that is stored twice counts twice, so only what certainly was not stored is sent again.',
};
export const GAUGE: Target = {
  ...ANODOT,
  env: { ...INGEST.env, ANODOT_EVENTS_AS: 'gauge' },
  title: '`ANODOT_EVENTS_AS=gauge`',
  purpose: 'Stored twice it averages to the same, so everything is sent again.',
};
