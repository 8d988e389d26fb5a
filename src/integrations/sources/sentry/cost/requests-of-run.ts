import type { BaselineName } from '../../../../core/model/reading.ts';
import type { ReadingRequests } from '../../../../core/ports/source-cost.ts';

/**
 * What one run by the events table is asked to read. Numbers per filter are those of a typical filter; where filters
 * differ, ask once for each kind of them and add up.
 */
export interface RunLoad {
  /** F */
  readonly filters: number;
  /** Distinct projects that the filters name. */
  readonly projects: number;
  /**
   * Sets of filters that differ in their projects only (same search and environments): each set asks for its totals
   * together. Default: as many as filters.
   */
  readonly sets?: number;
  /** Sets of filters that look into the same environments: issues are asked for set by set. Default: one. */
  readonly environmentSets?: number;
  /** G: issues of one filter in the window. */
  readonly issuesPerFilter: number;
  /** Of the hundred biggest, those that Sentry calls regressed. Default: none. */
  readonly regressedPerFilter?: number;
  /** Combinations of issue and tags of one filter; 0, the default: the filter has no `tags`. */
  readonly splitsPerFilter?: number;
  /** Of one filter, for users over longer spans: one for each span, one more by issue. Default: its rules want none. */
  readonly usersPerFilter?: number;
  /** Issues of one filter in the hour before, and in an hour of another day. Default: those of the window. */
  readonly pastIssuesPerFilter?: number;
  /**
   * Of the issues of the window beyond the hundred biggest, those seen in no run of the last ten minutes. Default: cold
   * all, warm none.
   */
  readonly newIssuesPerFilter?: number;
  /** TREND_BASELINES without `off`. Default: all. */
  readonly baselines?: readonly BaselineName[];
  /** MAX_ROWS. Default: 1000. */
  readonly maxRows?: number;
  /** Projects of the organization, which are listed when cold. Default: `projects`. */
  readonly listed?: number;
  /** The first run of a process: the kind of server, projects, details and days ago are not known. */
  readonly cold: boolean;
  /** The first run in a clock hour reads the hours of other days. Default: `cold`. */
  readonly newHour?: boolean;
}

/** Rows of a page, issues of a details request, and projects of a totals request at most. */
export const PAGE = 100;
/** Only these are judged: they have a past, and a state of now (`CANDIDATES` in core). */
export const JUDGED = 100;

/**
 * Requests of one run against a Sentry that answers all of them in time, and takes in no event between two of them. How
 * many events the window holds does not matter. On top come:
 * - one when all filters count nothing: is Sentry silent?
 * - one per filter whose totals and rows differ because of an event in between
 * - one per hundred issues beyond the first with more users over a span than a rule's number
 * - each repeat after an error
 * - the search for a project or an environment that Sentry refuses
 */
export function requestsOf(load: RunLoad): ReadingRequests {
  const {
    filters,
    projects,
    sets = filters,
    issuesPerFilter: issues,
    splitsPerFilter = 0,
    cold,
    newHour = cold,
    maxRows = 1000,
    environmentSets = 1,
  } = load;
  const {
    baselines = ['1h', '1d', '7d'],
    listed = projects,
    newIssuesPerFilter = cold ? issues : 0,
    pastIssuesPerFilter = issues,
    regressedPerFilter = 0,
    usersPerFilter = 0,
  } = load;
  const shown = Math.min(issues, maxRows);
  const judged = Math.min(shown, JUDGED);
  const asked = judged + Math.min(newIssuesPerFilter, shown - judged);
  const days = baselines.filter((name) => name !== '1h').length;
  const past = shown === 0 ? 0 : 1 + missingPages(pastIssuesPerFilter, judged);
  const parts = {
    kind: cold ? 1 : 0,
    projects: cold ? pagesOf(listed) : 0,
    totals: sets * Math.max(1, Math.ceil(projects / sets / PAGE)),
    rows: filters * rowPages(issues, maxRows),
    splits: splitsPerFilter === 0 ? 0 : filters * rowPages(splitsPerFilter, maxRows),
    hour: baselines.includes('1h') ? filters * Math.max(1, past) : 0,
    details: environmentSets * Math.ceil((filters * asked) / environmentSets / PAGE),
    returns: filters * Math.min(regressedPerFilter, judged),
    days: newHour ? filters * days * past : 0,
    users: filters * usersPerFilter,
  };
  return { ...parts, all: Object.values(parts).reduce((sum, count) => sum + count, 0) };
}

/** An empty answer is one request too. */
function pagesOf(rows: number): number {
  return Math.max(1, Math.ceil(rows / PAGE));
}

/** Above MAX_ROWS one row more is read, to know that there is one. */
function rowPages(rows: number, maxRows: number): number {
  return pagesOf(Math.min(rows, maxRows + 1));
}

/** What the biggest hundred of the past may leave open of this many issues is asked once more, by id. */
function missingPages(past: number, candidates: number): number {
  return past > PAGE ? Math.ceil(candidates / PAGE) : 0;
}
