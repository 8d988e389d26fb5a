import type { Filter } from '../../../../core/model/filter.ts';
import type { JsonObject } from '../../../../core/model/item.ts';
import { cut } from '../words.ts';
import { MOST, parts } from './limits.ts';
import { markdown, markdownLink } from './markdown.ts';
import * as queries from './queries.ts';
import { RUNS_TITLE, type TeamPage, teamPages } from './teams.ts';

export interface DashboardOptions {
  /** Number of the account whose data is shown. */
  readonly account: number;
  /** Lines for the description: what this will cost. */
  readonly notes: readonly string[];
}

/**
 * Dashboards to import: a page for each team and one for the runs; several where New Relic takes no more pages in one.
 * `filters`: those that are sent to New Relic.
 */
export function newrelicDashboards(
  filters: readonly Filter[],
  { account, notes }: DashboardOptions,
): readonly string[] {
  const pages = [...teamPages(filters).map((page) => teamPage(page, account)), runsPage(account)];
  const all = parts(
    pages.map((page) => [page]),
    MOST.pages,
  );
  return all.map((own, index) => {
    const dashboard = {
      name: all.length === 1 ? 'Sentry monitor' : `Sentry monitor (${index + 1} of ${all.length})`,
      description: cut([MADE, ...notes].join(' '), MOST.description),
      permissions: 'PUBLIC_READ_WRITE',
      pages: own,
      variables: [],
    };
    return `${JSON.stringify(dashboard, null, 2)}\n`;
  });
}

/** How many dashboards that is. */
export function dashboardsFor(filters: readonly Filter[]): number {
  return Math.ceil((teamPages(filters).length + 1) / MOST.pages);
}

const MADE = 'Made by sentry-monitor from its filters file; make it anew instead of changing it.';

/** Where a widget stands; twelve columns, both from 1. */
type Place = readonly [column: number, row: number, width: number, height: number];

type Visualization = 'area' | 'bar' | 'billboard' | 'line' | 'table';

function teamPage({ title, filters }: TeamPage, account: number): JsonObject {
  const chart = charts(account);
  const first = 18;
  return page(
    title,
    'Counts by five-minute window, named by its start; the newest shows about eight minutes after it began.',
    [
      note('Filters', [1, 1, 4, 4], filterNotes(filters)),
      chart('Events by filter', 'line', [5, 1, 8, 4], queries.eventsByFilter(filters)),
      chart('Events of the last 24 hours', 'bar', [1, 5, 4, 4], queries.eventsOfADay(filters)),
      chart('Users by filter and project', 'line', [5, 5, 8, 4], queries.users(filters)),
      chart(
        'Trending issues of the last hour, the highest score first (at most 100)',
        'table',
        [1, 9, 12, 5],
        queries.trending(filters),
      ),
      chart(
        'Run health: windows counted in the last 12 hours (142 or more: none is missing)',
        'table',
        [1, 14, 12, 4],
        queries.windowsCounted(filters),
      ),
      ...filters.map((filter, index) =>
        chart(
          `${filter.name}: events by project`,
          'area',
          [index % 2 === 0 ? 1 : 7, first + 3 * Math.floor(index / 2), 6, 3],
          queries.eventsByProject(filter),
        ),
      ),
    ],
  );
}

function filterNotes(filters: readonly Filter[]): string {
  const lines = filters.map(({ name, projects, runbook }) => {
    const book = runbook === undefined ? '' : `, ${markdownLink('runbook', runbook)}`;
    return `- **${markdown(name)}**: ${projects.map(markdown).join(', ')}${book}`;
  });
  return [
    ...lines,
    '',
    'A project that could not be read has no point: that is no zero. Two filters may count the same event.',
  ].join('\n');
}

function runsPage(account: number): JsonObject {
  const chart = charts(account);
  const { RUNS } = queries;
  return page(RUNS_TITLE, 'How the monitor itself fares. A run of each server every five minutes.', [
    note('What to do', [1, 1, 4, 4], RUN_NOTES),
    chart('Runs of the last 15 minutes', 'billboard', [5, 1, 4, 4], RUNS.lately),
    chart('Runs by outcome', 'area', [9, 1, 4, 4], RUNS.outcomes),
    chart('Servers', 'table', [1, 5, 12, 3], RUNS.servers),
    chart('Filters in trouble, the worst run', 'line', [1, 8, 6, 3], RUNS.trouble),
    chart('Longest run, ms', 'line', [7, 8, 6, 3], RUNS.duration),
    chart('Requests to Sentry, the most in a run', 'line', [1, 11, 6, 3], RUNS.requests),
    chart('Clock against Sentry, ms', 'line', [7, 11, 6, 3], RUNS.clock),
  ]);
}

const RUN_NOTES = [
  '- **No run**: the cron job or every server is down; post to `/run` by hand and read the answer.',
  '- **Failed**: filters that could not be read or not be delivered; the answer and the log name each with its reason.',
  '- **Gap**: counted, but something is missing; the team page names the reason.',
  '- **Clock**: above 30,000 ms nothing is sent.',
].join('\n');

function page(name: string, description: string, widgets: readonly JsonObject[]): JsonObject {
  return { name, description, widgets };
}

function charts(
  account: number,
): (title: string, visualization: Visualization, place: Place, query: string) => JsonObject {
  return (title, visualization, place, query) =>
    widget(title, visualization, place, {
      facet: { showOtherSeries: false },
      nrqlQueries: [{ accountIds: [account], query }],
      platformOptions: { ignoreTimeRange: true },
    });
}

function note(title: string, place: Place, text: string): JsonObject {
  return widget(title, 'markdown', place, { text });
}

function widget(
  title: string,
  visualization: string,
  [column, row, width, height]: Place,
  rawConfiguration: JsonObject,
): JsonObject {
  return {
    title,
    layout: { column, row, width, height },
    linkedEntityGuids: null,
    visualization: { id: `viz.${visualization}` },
    rawConfiguration,
  };
}
