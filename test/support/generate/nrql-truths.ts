import { START } from '../e2e/bench.ts';
import type { FilterSpec } from '../e2e/service.ts';
import { READABLE, SERVERS, type Stage, trueUsers, truth, WINDOW, WINDOWS } from './played-windows.ts';

type Rows = readonly (readonly unknown[])[];
type Judge = (filters: readonly FilterSpec[], stage: Stage) => Rows;

const ALL = Array.from({ length: WINDOWS }, (_, window) => window);

/**
 * Buckets begin 151 s after a window does, because the charts are looked at then.
 * This one holds the window's start.
 */
function bucketOf(window: number): number {
  return START + window * WINDOW - 149_000;
}

/** The one that holds the end of its runs, 450 s after its start. */
function bucketOfRuns(window: number): number {
  return START + window * WINDOW + 151_000;
}

function total(filter: FilterSpec, window: number): number {
  return filter.projects.filter(READABLE).reduce((sum, project) => sum + truth(filter, project, window), 0);
}

/** By title of the chart: its rows as they must be, from the plan alone. */
export const TRUTHS: Readonly<Record<string, Judge>> = {
  'Events by filter': (filters) =>
    filters.flatMap((filter) => ALL.map((window) => [filter.name, bucketOf(window), total(filter, window)])),
  'Events of the last 24 hours': (filters) =>
    filters.map((filter) => [filter.name, ALL.reduce((sum, window) => sum + total(filter, window), 0)]),
  'Users by filter and project': (filters) =>
    filters.flatMap((filter) =>
      filter.projects.flatMap((project) =>
        ALL.map((window) => [
          filter.name,
          project,
          bucketOf(window),
          READABLE(project) ? trueUsers(filter, project, window) : null,
        ]),
      ),
    ),
  'events by project': ([filter]) =>
    filter!.projects.flatMap((project) =>
      ALL.map((window) => [project, bucketOf(window), READABLE(project) ? truth(filter!, project, window) : null]),
    ),
  // 30 events of nothing before: 2(√30.375 − √0.375); then 40, where 30 an hour let expect 2.5.
  'Trending issues of the last hour, the highest score first (at most 100)': (filters, { bench }) =>
    filters
      .filter(({ name }) => name === 'shop-all' || name === 'shop-checkout')
      .map(({ name }) => [
        name,
        'web',
        '901',
        9.8,
        40,
        9,
        2.5,
        'surging',
        'Error: checkout is "new" \\ here',
        'crm',
        `${bench.sandbox.sentryUrl}/organizations/acme/issues/901/`,
      ]),
  'Run health: windows counted in the last 12 hours (142 or more: none is missing)': (filters) =>
    filters.map(({ name, projects }) => [
      name,
      WINDOWS,
      ...(projects.every(READABLE) ? [0, null] : [WINDOWS, 'project_forbidden']),
    ]),
  // The last three windows; host-2 could not read in the last one.
  'Runs of the last 15 minutes': () => [[5, 1]],
  'Runs by outcome': () => [
    ...ALL.map((window) => ['ok', bucketOfRuns(window), window === WINDOWS - 1 ? 1 : 2]),
    ['failed', bucketOfRuns(WINDOWS - 1), 1],
  ],
  Servers: () =>
    SERVERS.map((server, index) => [
      server,
      START + WINDOWS * WINDOW + 150_000,
      index === 0 ? 'ok' : 'failed',
      13,
      'anodot,newrelic',
      '0.0.0',
    ]),
  'Filters in trouble, the worst run': () =>
    ALL.map((window) => [bucketOfRuns(window), window === WINDOWS - 1 ? 13 : 0, 1, 0]),
  'Longest run, ms': () => SERVERS.flatMap((server) => ALL.map((window) => [server, bucketOfRuns(window), 0])),
  'Requests to Sentry, the most in a run': (_filters, { asked }) =>
    SERVERS.flatMap((server, index) => ALL.map((window) => [server, bucketOfRuns(window), asked[window * 2 + index]])),
  // Sentry's clock says whole seconds, so half of one is taken off; who was not let in read no clock.
  'Clock against Sentry, ms': () =>
    SERVERS.flatMap((server, index) =>
      ALL.map((window) => [
        server,
        bucketOfRuns(window),
        ...(index === 1 && window === WINDOWS - 1 ? [null, null] : [-500, -500]),
      ]),
    ),
};
