import { UpstreamError } from '../../../../core/model/errors.ts';
import { issuesOf } from '../../../../core/model/counting/rows.ts';
import type { Gap } from '../../../../core/model/gap.ts';
import type { Ask, Reading } from '../../../../core/model/reading.ts';
import type { Checked } from './environments.ts';
import { describe } from './issues.ts';
import { peopleLinks } from './people-links.ts';
import { countedProject, type ProjectCount, readingOf } from './reading.ts';
import type { Opened, PagesRead } from './shared.ts';

/** What a filter with a raw query is told where there is no such search. */
export const NO_QUERY =
  'this server has no search of that kind, so query cannot be used; ' +
  'use searchTerms, exclude, levels and environments';

/** One filter's window. Rejects when no total can be had. */
export async function readFilter(ask: Ask, opened: Opened, read: PagesRead): Promise<Reading> {
  if (ask.filter.query !== undefined) throw noQuery(read.client.name);
  const { shared, gaps } = opened.of(ask);
  const parts: ProjectCount[] = [];
  const lookups: Gap[] = [];
  for (const { project, tallies, done } of shared) {
    const { end, lookups: failed } = await done;
    parts.push({ project, tally: tallies.get(ask)!, end });
    lookups.push(...failed);
  }
  const failure = parts.find(({ end }) => end.failure !== undefined)?.end.failure;
  if (failure !== undefined && parts.every(({ end }) => end.pages === 0)) throw failure;
  const { unknown, gaps: doubts, warnings } = await environmentsOf(ask, parts, read);
  const isCounted = unknown.length === 0 || unknown.length < ask.filter.environments.length;
  const isGlitchTip = read.projects.isGlitchTip();
  const links = peopleLinks(read.web, read.client.org, isGlitchTip);
  const issues = issuesOf(parts.map(countedProject), links.issue);
  const shown = ask.want === 'full' ? issues.slice(0, read.maxRows) : [];
  const details = describe(shown, { cache: read.cache, isGlitchTip, window: ask.window }, lookups);
  const missing = [...gaps, ...doubts];
  return readingOf({ ask, parts, issues, details, missing, warnings, isCounted, links }, read);
}

/** Of the projects that could be read: what the others had is not known anyway. */
function environmentsOf({ filter }: Ask, parts: readonly ProjectCount[], read: PagesRead): Promise<Checked> {
  const wereRead = parts.filter(({ end }) => end.pages > 0).map(({ project }) => project);
  return read.environments.check(
    wereRead.length === 0 ? { ...filter, environments: [] } : filter,
    wereRead,
    read.scope,
  );
}

function noQuery(service: string): UpstreamError {
  return new UpstreamError(`${service}: ${NO_QUERY}`, { service, retryable: false });
}
