import * as z from 'zod/mini';
import { faultOf } from '../../../../core/model/errors.ts';
import type { Gap } from '../../../../core/model/gap.ts';
import type { Details } from '../../../../core/model/reading.ts';
import type { Window } from '../../../../core/model/window.ts';
import type { Clock } from '../../../../core/ports/clock.ts';
import type { Scope } from '../../../../core/ports/scope.ts';
import type { Client, Page } from '../api/client.ts';
import { type DetailsCache, noIssues } from '../issues/details-cache.ts';
import { instantOf } from '../api/instant.ts';
import type { Project } from '../api/projects.ts';
import type { Params } from '../api/query.ts';
import type { CountedIssue } from '../../../../core/model/counting/rows.ts';

/** Issues of a project at most, in pages of 100 (GlitchTip, Sentry). */
const MAX_PAGES = 20;
/**
 * Without `sort`: last seen first is the default everywhere, and each server refuses the other's name for it. An
 * empty period: no timelines.
 */
const PARAMS: Params = [
  ['query', ''],
  ['statsPeriod', ''],
  ['limit', '100'],
];

const Seen = z.object({ lastSeen: z.nullish(z.string()) });

/** What a look-up works with. */
export interface LookUp extends Pick<Clock, 'now'> {
  readonly client: Client;
  readonly cache: DetailsCache;
  readonly scope: Scope;
}

/**
 * Looks up issues in their project's list, the one that every age of Sentry has: those with events in the window stand
 * at its head. Fills the cache; a list that cannot be read is a gap.
 */
export async function lookUp(
  wanted: readonly string[],
  project: Project,
  window: Window,
  { client, cache, scope, now }: LookUp,
): Promise<readonly Gap[]> {
  const missing = new Set(wanted.filter((id) => !cache.isFresh(id)));
  const url = client.projectUrl(project.slug, 'issues');
  let cursor: string | null = null;
  let odd = 0;
  try {
    for (let pages = 0; pages < MAX_PAGES && missing.size > 0; pages++) {
      if (now() >= scope.deadline) return [lost(project, 'the time for reading was over')];
      const page: Page = await client.get(url, cursor === null ? PARAMS : [...PARAMS, ['cursor', cursor]], scope);
      if (!Array.isArray(page.body)) return [lost(project, `${client.name}: the issues are no list`)];
      for (const entry of page.body) {
        const found = cache.keep(entry);
        if (found === null) odd++;
        else missing.delete(found.issueId);
      }
      const isLast = page.next === null || page.next === cursor;
      if (isLast || page.body.every((entry) => isOlder(entry, window)))
        return missing.size === 0 ? [] : noIssues(odd, project);
      cursor = page.next;
    }
    return missing.size === 0 ? [] : [lost(project, `more than ${MAX_PAGES} pages of issues`)];
  } catch (error) {
    return [lost(project, faultOf(error).message)];
  }
}

function lost({ slug }: Project, detail: string): Gap {
  return { part: 'details', reason: 'not_answered', project: slug, detail };
}

function isOlder(entry: unknown, { start }: Window): boolean {
  const at = instantOf(Seen.safeParse(entry).data?.lastSeen);
  return at !== null && at < start;
}

/** What was kept of issues, and whose they are. */
export interface KnownIssues {
  readonly cache: DetailsCache;
  readonly isGlitchTip: boolean;
  readonly window: Window;
}

/** What is known of the issues; of those that no list showed, as much as their newest event says. */
export function describe(
  issues: readonly CountedIssue[],
  known: KnownIssues,
  failures: readonly Gap[],
): { readonly details: ReadonlyMap<string, Details>; readonly gaps: readonly Gap[] } {
  const unknown = issues.filter(({ issueId }) => known.cache.get(issueId) === undefined);
  const details = new Map(issues.map((issue): [string, Details] => [issue.issueId, detailsOf(issue, known)]));
  const gone = unknown.filter((issue) => !failures.some(({ project }) => project === issue.project));
  if (gone.length === 0) return { details, gaps: failures };
  const names = gone
    .slice(0, 5)
    .map(({ issueId }) => issueId)
    .join(', ');
  return {
    details,
    gaps: [
      ...failures,
      {
        part: 'details',
        reason: 'not_known',
        detail: `${gone.length} issues are not in their project's list (deleted or merged): ${names}`,
      },
    ],
  };
}

/**
 * Of GlitchTip without its permalink, which leads to a list. It takes an issue's first arrival for its birth: one that
 * arrived after the window, and has events in it, was born with the first of them.
 */
function detailsOf(issue: CountedIssue, { cache, isGlitchTip, window }: KnownIssues): Details {
  const kept = cache.get(issue.issueId) ?? fromEvent(issue);
  if (!isGlitchTip) return kept;
  const isLater = kept.firstSeen !== null && kept.firstSeen >= window.end;
  return { ...kept, url: null, firstSeen: isLater ? issue.tally.first : kept.firstSeen };
}

function fromEvent({ issueId, tally: { title, culprit, level } }: CountedIssue): Details {
  const unknown = { shortId: null, url: null, status: null, substatus: null, firstSeen: null, assignee: null };
  return { issueId, title, culprit, level, ...unknown };
}
