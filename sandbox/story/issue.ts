import { type Assignee, DAY, type Issue } from '../types.ts';
import type { Character } from './cast.ts';
import { sinceReturn, SLEEP_CYCLE } from './plan.ts';
import type { Script } from './script.ts';

/** The issue as Sentry would know it at `now`; undefined before its first event. */
export function storyIssue(script: Script, who: Character, now: number): Issue | undefined {
  const firstSeen = firstSeenOf(script, who);
  if (firstSeen > now) return undefined;
  const fault = who.faults[0] ?? { type: 'Error', value: '' };
  const title = `${fault.type}: ${fault.value}`;
  return {
    id: who.id,
    shortId: who.shortId,
    projectId: who.project.id,
    title,
    culprit: who.culprit,
    level: who.level,
    type: 'error',
    category: 'error',
    platform: who.project.platform,
    metadata: { type: fault.type, value: fault.value, filename: who.filename, function: who.function, title },
    status: 'unresolved',
    substatus: now - firstSeen < 7 * DAY ? 'new' : 'ongoing',
    priority: 'medium',
    assignedTo: assigneeOf(who),
    isUnhandled: who.level !== 'warning',
    firstSeen,
    olderEvents: 0,
    deleted: false,
    activity: [],
    ...(who.kind === 'sleeper' ? sleeperHistory(script, who, now) : {}),
    ...(who.noPermalink ? { permalink: null } : {}),
  };
}

/** Of a planned issue that of its first event; the others are old. */
function firstSeenOf(script: Script, who: Character): number {
  const born = script.born(who.index);
  if (born === undefined) return Date.UTC(2024, 5, 1) + who.index * 3_600_000 + 403;
  return Math.min(...script.events(who, born).map((event) => event.at));
}

/** Somebody resolves it a day before it comes back. Two of its returns are told. */
function sleeperHistory(script: Script, who: Character, now: number): Pick<Issue, 'resolvedAt' | 'returnedAt'> {
  const slot = script.slotOf(now);
  const last = slot - sinceReturn(who.index, slot);
  const returns = [last - SLEEP_CYCLE, last];
  return {
    resolvedAt: [...returns, last + SLEEP_CYCLE].map((start) => script.startOf(start) - DAY),
    returnedAt: returns.map((start) => Math.min(...script.events(who, start).map(({ arrivedAt }) => arrivedAt))),
  };
}

function assigneeOf(who: Character): Assignee | null {
  if (who.assignee === 'user') return { type: 'user', id: '12', name: 'Robin Example', email: 'robin@example.com' };
  return who.assignee === 'team' ? { type: 'team', id: '2', name: 'acme' } : null;
}
