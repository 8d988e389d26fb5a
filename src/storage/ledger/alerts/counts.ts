import { sql } from 'kysely';
import * as z from 'zod/mini';
import { countsOf } from '../../../core/model/alerting/facts.ts';
import type { SpanUsers } from '../../../core/model/alerting/span-users.ts';
import type { Gap } from '../../../core/model/gap.ts';
import { parse } from '../codec.ts';
import { gapsIn, totalsIn } from '../report-rows.ts';

/** Of the rows of reports only those that nothing was counted after. */
export const IS_NEWEST = sql<boolean>`not exists (select 1 from sentry_monitor_reports as later
  where later.filter = report.filter and later.window_start = report.window_start
    and later.revision > report.revision)`;

/** A window's newest report, beside the reading that its issues are of. */
interface CountRow {
  readonly revision: number;
  readonly totals: string;
  readonly gaps: string;
  /** Revision of the reading of its issues, and that report's gaps; null: rules never saw it. */
  readonly of: number | null;
  readonly own_gaps: string | null;
  readonly spans: string | null;
}

export function countsIn({
  revision,
  totals,
  gaps,
  of,
  own_gaps: ownGaps,
  spans,
}: CountRow): ReturnType<typeof countsOf> {
  const isOwn = of === revision;
  return countsOf({
    gaps: mergedGaps(gapsIn(gaps), isOwn || ownGaps === null ? null : gapsIn(ownGaps)),
    totals: totalsIn(totals),
    spans: isOwn ? spansIn(spans) : [],
  });
}

/** Of a later count of totals alone its gaps in totals; what the issues lack is as it was. */
function mergedGaps(now: readonly Gap[], own: readonly Gap[] | null): readonly Gap[] {
  if (own === null) return now;
  return [...now.filter(({ part }) => part === 'totals'), ...own.filter(({ part }) => part !== 'totals')];
}

const Spans = z.array(
  z.object({
    spanMs: z.number(),
    users: z.nullable(z.number()),
    issues: z.record(z.string(), z.number()),
    issuesAbove: z.nullable(z.number()),
  }),
);

export function spansIn(text: string | null): readonly SpanUsers[] {
  return text === null ? [] : parse(Spans, text, 'users over spans');
}
