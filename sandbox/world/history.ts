import { type Activity, DAY, type Issue } from '../types.ts';

/** When an event of the issues came in, and what it says of itself. */
export type Arrival = { readonly at: number; readonly eventId: string; readonly release: string | null };

/** Those of single events that were added and have arrived, in any order. */
export type ArrivalsOf = (ids: ReadonlySet<string>, now: number) => readonly Arrival[];

/** So long Sentry keeps a new, regressed or escalating issue in that substatus. */
const LASTS = 7 * DAY;

/**
 * The issue as its history leaves it at `now`, when it has one: the first event that comes in after it was resolved
 * makes it `regressed`, for seven days. All times are the server's: Sentry stamps them when it takes an event in.
 */
export function withHistory(issue: Issue, now: number, arrivals: () => readonly Arrival[]): Issue {
  if (issue.resolvedAt === undefined) return issue;
  const activity = activityOf(issue, now, issue.returnedAt?.map(told) ?? arrivals());
  const [latest] = activity;
  if (latest === undefined) return { ...issue, activity };
  return { ...issue, activity, ...AFTER[latest.type] };
}

const AFTER = {
  set_resolved: { status: 'resolved', substatus: null },
  set_regression: { status: 'unresolved', substatus: 'regressed' },
  auto_set_ongoing: { status: 'unresolved', substatus: 'ongoing' },
} as const;

function told(at: number): Arrival {
  return { at, eventId: '', release: null };
}

function activityOf({ resolvedAt = [] }: Issue, now: number, arrivals: readonly Arrival[]): readonly Activity[] {
  const resolved = resolvedAt.filter((at) => at <= now).toSorted((a, b) => a - b);
  const entries = resolved.flatMap((at, index): Activity[] => {
    const until = Math.min(resolved[index + 1] ?? Infinity, now + 1);
    const back = arrivals.filter((it) => it.at > at && it.at < until).toSorted((a, b) => a.at - b.at)[0];
    return [{ type: 'set_resolved', at, data: {} }, ...(back === undefined ? [] : returned(back, until))];
  });
  return entries.toReversed();
}

function returned({ at, eventId, release }: Arrival, until: number): Activity[] {
  const back: Activity = { type: 'set_regression', at, data: { event_id: eventId, version: release ?? '' } };
  if (at + LASTS >= until) return [back];
  return [back, { type: 'auto_set_ongoing', at: at + LASTS, data: { after_days: 7 } }];
}
