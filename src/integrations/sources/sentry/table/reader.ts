import type { Gap, GapPart } from '../../../../core/model/gap.ts';
import { CANDIDATES } from '../../../../core/model/make-report.ts';
import type { Ask, IssueRow, Reading, Total } from '../../../../core/model/reading.ts';
import { queuedAs } from '../api/client.ts';
import type { DetailsBatch, Found } from '../issues/details.ts';
import { doubtful } from '../names/environments.ts';
import { searchUrl } from '../api/links.ts';
import { sentryTime } from '../api/query.ts';
import type { Table } from '../api/rows.ts';
import { PRIORITY } from '../limits/priority-queue.ts';
import type { PastReading } from './baselines.ts';
import { issuesOf, splitsOf, totalsOf } from './counts.ts';
import { type Located, readNarrowed, type TableParts, type TableRead } from './read-parts.ts';
import { reconcile, splitGaps } from './reconcile.ts';
import { isEmpty, type Target } from './target.ts';

/** One filter's window. Rejects when the totals cannot be had; whatever else is missing is a gap. */
export async function readFilter(ask: Ask, read: TableRead): Promise<Reading> {
  const once = onlyOnce(read.details);
  try {
    const all = await read.totals;
    const located = await readNarrowed(all.targetOf(ask), all, read);
    const { target, parts } = located;
    const totals = isEmpty(target) ? [] : totalsOf(target, parts.totals);
    const issues = issuesOf(target, parts.rows, read);
    const known = once.detailsOf(issues, target).then((found) => withReturns(found, issues, target, read));
    const [{ gaps, ...found }, past, users] = await Promise.all([known, pastOf(issues, located, read), parts.spans]);
    const sums = await reconcile(located, totals, issues, read);
    const splits = splitsOf(target, parts.splits);
    return {
      source: read.client.name,
      org: read.client.org,
      totals: sums.totals,
      issues,
      splits,
      ...found,
      baselines: past.baselines,
      unattributed: sums.unattributed,
      ...(users.spans.length === 0 ? {} : { spans: users.spans }),
      gaps: [
        ...target.gaps,
        ...(await doubts(target, totals, read)),
        ...tableGaps(parts),
        ...sums.gaps,
        ...splitGaps(located, issues, splits),
        ...gaps,
        ...past.gaps,
      ],
      warnings: users.warnings,
      url: linkOf(target, read),
    };
  } finally {
    once.skip();
  }
}

/** NOTE: zeros alone are doubted: an environment may be new, or hidden, and the list that names it old. */
async function doubts(
  { ask: { filter }, selection, projects }: Target,
  totals: readonly Total[],
  { projects: all, rest }: TableRead,
): Promise<readonly Gap[]> {
  if (totals.some(({ events }) => events > 0) || doubtful(selection.environments, projects).length === 0) return [];
  const fresh = await all.resolve(filter.projects, rest, { maxAgeMs: DOUBTED_AGE_MS });
  return doubtful(selection.environments, fresh.projects);
}

/** A list of projects that is older is read again before an environment is doubted, ms. */
const DOUBTED_AGE_MS = 240_000;

const NO_DETAILS: Found = { details: new Map(), gaps: [] };

/** The batch waits for each filter once, whether it has issues, has none, or fails before it knows. */
function onlyOnce(batch: DetailsBatch): {
  detailsOf(issues: readonly IssueRow[], target: Target): Promise<Found>;
  skip(): void;
} {
  let isTold = false;
  const skip = (): void => {
    if (!isTold) batch.skip();
    isTold = true;
  };
  return {
    skip,
    detailsOf: async (issues, { ask, selection }) => {
      if (ask.want !== 'full' || issues.length === 0) {
        skip();
        return NO_DETAILS;
      }
      isTold = true;
      const { projectIds, environments, window } = selection;
      const ids = issues.map(({ issueId }) => issueId);
      const [judged, others] = [ids.slice(0, CANDIDATES), ids.slice(CANDIDATES)];
      return batch.want({ judged, others, projectIds, environments, window });
    },
  };
}

/**
 * Sentry keeps an issue regressed for days: when that began says its history. And with environments it tells when an
 * event first came in there, not when that happened.
 */
async function withReturns(
  { details, gaps }: Found,
  issues: readonly IssueRow[],
  { ask: { window }, selection: { environments } }: Target,
  { returns, rest }: TableRead,
): Promise<Found & Pick<Reading, 'returns' | 'firstSeenBy'>> {
  const regressed = issues
    .slice(0, CANDIDATES)
    .map(({ issueId }) => issueId)
    .filter((id) => details.get(id)?.substatus === 'regressed');
  const found = await returns.of(regressed, window, rest);
  return {
    details,
    firstSeenBy: environments.length === 0 ? 'event' : 'arrival',
    returns: found.returns,
    gaps: [...gaps, ...found.gaps],
  };
}

/** Of the biggest issues. */
function pastOf(issues: readonly IssueRow[], { target, parts }: Located, read: TableRead): Promise<PastReading> {
  const candidates = issues.slice(0, CANDIDATES).map(({ issueId }) => issueId);
  const scope = queuedAs(read.rest, PRIORITY.past, target.ask.filter.name);
  return read.baselines.read(candidates, target.selection, parts.hour, scope);
}

function tableGaps({ totals, rows, splits }: TableParts): readonly Gap[] {
  return [...gapsOf('totals', totals), ...gapsOf('issues', rows), ...gapsOf('splits', splits)];
}

function gapsOf(part: GapPart, { gaps }: Table): readonly Gap[] {
  return gaps.map((gap) => ({ part, ...gap }));
}

function linkOf(
  { selection: { query, projectIds, environments, window } }: Target,
  { web, client }: TableRead,
): string {
  return searchUrl(web, client.org, {
    query,
    projectIds,
    environments,
    start: sentryTime(window.start),
    end: sentryTime(window.end),
  });
}
