import type { Filter } from '../filter.ts';
import { PERIOD_MS } from '../window.ts';

/**
 * Distinct users over a stretch that ends with a window, as the source counted them at once: those of windows, or of
 * projects, cannot be added up. Plain data.
 */
export interface SpanUsers {
  /** ms, a multiple of a window, or one. */
  readonly spanMs: number;
  /** Over all projects of the filter. Null: not counted. */
  readonly users: number | null;
  /** By issue id, as far as they were counted. */
  readonly issues: Readonly<Record<string, number>>;
  /** An issue that is not in `issues` has not more users than this. Null: nothing is known of it. */
  readonly issuesAbove: number | null;
}

/** What is to be counted of a filter over one span; at least one of both. */
export interface SpanWish {
  readonly spanMs: number;
  /** Over all projects of the filter. */
  readonly ofFilter: boolean;
  /** By issue, those with more users than this at least. Null: no issue. */
  readonly issuesAbove: number | null;
}

/** What a filter's rules need to know of users beyond the counts of its windows, the shortest span first. */
export function spansWanted({ alerts = [], projects }: Pick<Filter, 'alerts' | 'projects'>): readonly SpanWish[] {
  const wishes = new Map<number, SpanWish>();
  for (const { condition, each } of alerts) {
    if (condition.kind !== 'users') continue;
    const { spanMs, above } = condition;
    // An issue is of one project, so the window's own row tells its users.
    if (spanMs === PERIOD_MS && (each === 'issue' || projects.length === 1)) continue;
    const { ofFilter = false, issuesAbove = null } = wishes.get(spanMs) ?? {};
    wishes.set(spanMs, {
      spanMs,
      ofFilter: ofFilter || each === 'filter',
      issuesAbove: each === 'issue' ? Math.min(above, issuesAbove ?? above) : issuesAbove,
    });
  }
  return [...wishes.values()].toSorted((a, b) => a.spanMs - b.spanMs);
}

/** The span with nothing counted. */
export function uncounted({ spanMs }: Pick<SpanUsers, 'spanMs'>): SpanUsers {
  return { spanMs, users: null, issues: {}, issuesAbove: null };
}
