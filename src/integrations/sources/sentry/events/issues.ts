import { z } from 'zod';
import { faultOf } from '../../../../core/model/errors.ts';
import type { Gap } from '../../../../core/model/gap.ts';
import type { Details } from '../../../../core/model/reading.ts';
import type { Window } from '../../../../core/model/window.ts';
import type { Scope } from '../../../../core/ports/scope.ts';
import type { Client } from '../api/client.ts';
import { type DetailsCache, keep, KEEP_MS } from '../api/details.ts';
import type { Project } from '../api/projects.ts';
import type { Params } from '../api/query.ts';
import { instantOf } from './event.ts';
import type { CountedIssue } from './reading.ts';

/** Issues of a project at most, in pages of 100 (GlitchTip, Sentry). */
const MAX_PAGES = 20;
/** Without `sort`: last seen first is the default everywhere, and each server refuses the other's name for it (SA §5.5, §12.1). An empty period: no timelines. */
const PARAMS: Params = [
  ['query', ''],
  ['statsPeriod', ''],
  ['limit', '100'],
];

const Seen = z.object({ lastSeen: z.string().nullish() });

/**
 * Looks up issues in their project's list, the one that every age of Sentry has: those with events in the window stand at its
 * head. Fills the cache; a list that cannot be read is a gap.
 */
export async function lookUp(
  client: Client,
  cache: DetailsCache,
  project: Project,
  wanted: readonly string[],
  window: Window,
  scope: Scope,
  now: () => number,
): Promise<readonly Gap[]> {
  const missing = new Set(wanted.filter((id) => (cache.get(id)?.at ?? -Infinity) <= now() - KEEP_MS));
  let cursor: string | null = null;
  try {
    for (let pages = 0; pages < MAX_PAGES && missing.size > 0; pages++) {
      if (now() >= scope.deadline) return [lost(project, 'the time for reading was over')];
      const page = await client.get(
        client.projectUrl(project.slug, 'issues'),
        cursor === null ? PARAMS : [...PARAMS, ['cursor', cursor]],
        scope,
      );
      if (!Array.isArray(page.body)) return [lost(project, `${client.name}: the issues are no list`)];
      for (const entry of page.body) {
        const id = keep(cache, entry, now());
        if (id !== null) missing.delete(id);
      }
      if (
        page.next === null ||
        page.next === cursor ||
        page.body.length === 0 ||
        page.body.every((entry) => isOlder(entry, window))
      )
        return [];
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

/** What is known of the issues; of those that no list showed, as much as their newest event says. */
export function describe(
  issues: readonly CountedIssue[],
  cache: DetailsCache,
  failures: readonly Gap[],
): { readonly details: ReadonlyMap<string, Details>; readonly gaps: readonly Gap[] } {
  const unknown = issues.filter(({ issueId }) => !cache.has(issueId));
  const details = new Map(
    issues.map((issue): [string, Details] => [issue.issueId, cache.get(issue.issueId)?.details ?? fromEvent(issue)]),
  );
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

function fromEvent({ issueId, tally: { title, culprit, level } }: CountedIssue): Details {
  return { issueId, shortId: null, title, culprit, level, url: null, substatus: null, firstSeen: null, assignee: null };
}
