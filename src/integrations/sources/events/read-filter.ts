import { type CountedProject, cutGaps, issuesOf, splitsOf } from '../../../core/model/counting/rows.ts';
import { UpstreamError } from '../../../core/model/errors.ts';
import type { Gap } from '../../../core/model/gap.ts';
import type { Ask, Details, IssueRow, Reading } from '../../../core/model/reading.ts';
import { DAY_MS } from '../../../core/model/window.ts';
import type { StoredIssue } from '../../../core/ports/events/event-store.ts';
import { behind, type IntakesSeen, unknownProjects } from './gaps.ts';
import type { EventsOptions } from './options.ts';
import { readPast } from './past.ts';
import type { ReadProject } from './shared.ts';
import { readSpans } from './spans.ts';
import type { TimingsRead } from './timings.ts';

/** What a filter with a raw query is told. */
export const NO_QUERY =
  'events of intakes have no search of that kind, so query cannot be used; ' +
  'use searchTerms, exclude, levels and environments';

/** One filter's window. Rejects when there cannot be any total. `projects`: those of it that were read. */
export async function readFilter(
  ask: Ask,
  projects: readonly ReadProject[],
  intakes: IntakesSeen,
  options: EventsOptions,
): Promise<Reading> {
  const { filter, window, want } = ask;
  refuse(ask, options);
  const parts = projects.map(({ slug, tallies }): CountedProject => ({ slug, tally: tallies.get(ask)! }));
  const slugs = parts.map(({ slug }) => slug);
  const { timings, warnings } = await timingsOf(ask, options);
  const rest = want === 'full' ? await restOf(ask, parts, options) : NO_REST;
  return {
    source: options.name,
    org: '',
    totals: parts.map(({ slug, tally: { events, users } }) => {
      return { project: slug, projectId: slug, events, users: users.size };
    }),
    ...rest,
    warnings: [...rest.warnings, ...warnings],
    ...(timings.length === 0 ? {} : { timings }),
    held: projects.reduce((sum, { held }) => sum + held, 0),
    gaps: [...unknownProjects(filter, options), ...behind(slugs, window, intakes, options), ...rest.gaps],
    url: null,
  };
}

/** Nothing of it is loaded where no log tells how long things took. */
async function timingsOf(ask: Ask, options: EventsOptions): Promise<TimingsRead> {
  if ((options.timed?.size ?? 0) === 0) return { timings: [], warnings: [] };
  return (await import('./timings.ts')).readTimings(ask, options);
}

function refuse({ filter, window }: Ask, { name: service, store, now }: EventsOptions): void {
  const fault = (text: string): UpstreamError =>
    new UpstreamError(`${service}: ${text}`, { service, retryable: false });
  if (filter.query !== undefined) throw fault(NO_QUERY);
  if (window.start < now() - store.keptMs)
    throw fault(`events are kept for ${store.keptMs / DAY_MS} days (EVENT_DAYS), and this window is older`);
}

/** All that is not the totals. */
type Rest = Pick<
  Reading,
  'issues' | 'splits' | 'details' | 'baselines' | 'spans' | 'unattributed' | 'gaps' | 'warnings'
>;

const NO_REST: Rest = {
  issues: [],
  splits: [],
  details: new Map(),
  baselines: [],
  unattributed: 0,
  gaps: [],
  warnings: [],
};

async function restOf(ask: Ask, parts: readonly CountedProject[], options: EventsOptions): Promise<Rest> {
  const { maxRows, store, pageOf } = options;
  const all = issuesOf(parts, pageOf);
  const splits = splitsOf(parts);
  const issues = all.slice(0, maxRows).map(({ tally: _tally, ...row }): IssueRow => row);
  const known = await store.issues(
    parts.map(({ slug }) => slug),
    issues.map(({ issueId }) => issueId),
    ask.filter.environments,
  );
  const past = await readPast(ask, issues, options);
  const { spans, warnings } = await readSpans(ask, options);
  const left = all.slice(maxRows).reduce((sum, { events }) => sum + events, 0);
  const gaps: readonly Gap[] = [
    ...cutGaps('issues', all.length, maxRows),
    ...cutGaps('splits', splits.length, maxRows),
    ...past.gaps,
  ];
  return {
    issues,
    splits: splits.slice(0, maxRows),
    details: new Map([...known].map(([id, issue]) => [id, detailsOf(issue)])),
    baselines: past.baselines,
    ...(spans.length === 0 ? {} : { spans }),
    unattributed: left,
    gaps,
    warnings,
  };
}

function detailsOf({ issueId, title, culprit, level, url, first }: StoredIssue): Details {
  const unknown = { shortId: null, status: null, substatus: null, assignee: null };
  return { issueId, title, culprit, level, url, firstSeen: first, ...unknown };
}
