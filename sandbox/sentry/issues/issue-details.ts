import { type Answer, json, type VendorRequest } from '../../http/message.ts';
import type { State } from '../../world/state.ts';
import type { Issue } from '../../types.ts';
import { notFound } from '../errors.ts';
import { microsText } from '../instants.ts';
import type { Target } from '../target.ts';
import { issueJson, type IssueView } from './issue-json.ts';
import { lifetimeOf } from './issue-stats.ts';

/** GET organizations/{org}/issues/{id}/, by number or short id; a merged one answers with its target. */
export function issueDetails(state: State, request: VendorRequest, { key }: Target): Answer {
  const now = state.clock.now();
  const found = state.issues.byShortId(key, now) ?? state.issues.get(state.issues.current(key), now);
  const project = state.projects.byId(found?.projectId ?? '');
  if (found === undefined || found.deleted || project?.access !== 'full') throw notFound();
  const lifetime = lifetimeOf(state, found);
  const view: IssueView = { issue: found, window: lifetime, filtered: null, lifetime };
  const body = issueJson(state, request.base, view, { collapse: new Set(['stats']), period: '' });
  const parts = { release: { firstRelease: null, lastRelease: null }, tags: { tags: [] }, stats: { stats: {} } };
  const collapsed = request.query.getAll('collapse');
  const shown = Object.entries(parts).filter(([name]) => !collapsed.includes(name));
  return json(200, {
    ...body,
    activity: activityJson(found, lifetime.first),
    participants: [],
    ...Object.assign({}, ...shown.map(([, fields]) => fields)),
  });
}

const ENTRIES = 100;

/** The newest first; the first event is the last entry. */
function activityJson({ activity }: Issue, firstSeen: number | null): readonly object[] {
  const entries = activity.map(({ type, at, data }, index) => ({
    id: String(4_600_000_000 + activity.length - index),
    user: null,
    type,
    data,
    dateCreated: microsText(at),
  }));
  const first = { id: '0', user: null, type: 'first_seen', data: { priority: 'medium' } };
  return [...entries, { ...first, dateCreated: microsText(firstSeen) }].slice(0, ENTRIES);
}
