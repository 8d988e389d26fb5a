import { isComplete } from '../make-report.ts';
import type { GapPart } from '../gap.ts';
import type { Report, ReportIssue } from '../report.ts';
import { PERIOD_MS, type Window } from '../window.ts';
import type { SpanUsers } from './span-users.ts';

/** What rules are judged by: one window of a filter, as it was counted last. Plain data. */
export interface WindowFacts {
  readonly filter: string;
  readonly window: Window;
  readonly revision: number;
  /** No gap in totals, issues or splits. */
  readonly complete: boolean;
  /** The parts that have a gap: a sentence is judged by the part that it needs. */
  readonly lacks: readonly GapPart[];
  /** All of the organization was silent: zeros are no all-clear. */
  readonly silent: boolean;
  /** Over all projects; where totals have a gap, at least so many. */
  readonly events: number;
  /** Distinct, over all projects; `usersAtLeast`: more may be. */
  readonly users: number;
  readonly usersAtLeast: boolean;
  /** What rules ask of users beyond this window's counts; a span that is not here was not counted. */
  readonly spans: readonly SpanUsers[];
  /** Every row of the report, most events first. */
  readonly issues: readonly IssueFacts[];
}

/** One issue in one window. */
export interface IssueFacts {
  readonly id: string;
  readonly project: string;
  readonly events: number;
  readonly users: number;
  /** Null where its details are missing; so for the next two, which may be null for want of one as well. */
  readonly title: string | null;
  readonly culprit: string | null;
  readonly level: string | null;
  /** Epoch ms, in the filter's environments where the source tells them apart; null: not known. */
  readonly firstSeen: number | null;
  readonly url: string;
  /** Null: its details are not known. */
  readonly isNew: boolean | null;
  readonly isBack: boolean | null;
  readonly trending: boolean;
  /** Null: nothing of its past was read. */
  readonly score: number | null;
  readonly expected: number | null;
  /** Absent: not known. */
  readonly status?: IssueStatus | undefined;
  /** Of what is known of it over many windows: start of the newest one in which it came back; absent: of none. */
  readonly backAt?: number | undefined;
  /** The ticket that was touched last of those that belong to it; null: it has none. Absent: not known. */
  readonly ticket?: { readonly key: string; readonly touchedAt: number } | null | undefined;
}

/** What somebody made of an issue in its source. */
export type IssueStatus = 'unresolved' | 'resolved' | 'archived';

/** What a report says to rules. */
export function factsOf(report: Report): WindowFacts {
  const { filter, window, revision, issues, spans = [] } = report;
  return { filter: filter.name, window, revision, ...countsOf(report), spans, issues: issues.map(issueFacts) };
}

/** Of a window without its issues. */
export function countsOf({
  gaps,
  totals,
  spans = [],
}: Pick<Report, 'gaps' | 'totals' | 'spans'>): Omit<
  WindowFacts,
  'filter' | 'window' | 'revision' | 'spans' | 'issues'
> {
  const together = spans.find(({ spanMs }) => spanMs === PERIOD_MS)?.users ?? null;
  return {
    complete: isComplete(gaps),
    lacks: [...new Set(gaps.map(({ part }) => part))],
    silent: gaps.some(({ reason }) => reason === 'source_silent'),
    events: totals.reduce((sum, total) => sum + total.events, 0),
    users: Math.max(together ?? 0, ...totals.map(({ users }) => users)),
    usersAtLeast: together === null && totals.filter(({ users }) => users > 0).length > 1,
  };
}

function issueFacts({ issueId, project, events, users, url, details, state, ...trend }: ReportIssue): IssueFacts {
  const isKnown = details !== null;
  return {
    id: issueId,
    project,
    events,
    users,
    title: details?.title ?? null,
    culprit: details?.culprit ?? null,
    level: details?.level ?? null,
    firstSeen: details?.firstSeen ?? null,
    url: details?.url ?? url,
    isNew: isKnown && details.firstSeen !== null ? state === 'new' : null,
    isBack: isKnown ? state === 'regressed' : null,
    trending: trend.trending,
    score: trend.score,
    expected: trend.expected,
    ...statusOf(details),
  };
}

/** Sentry's word for archived is `ignored`; a sub-state says until when. */
function statusOf(details: ReportIssue['details']): Pick<IssueFacts, 'status'> {
  const { status = null, substatus = null } = details ?? {};
  if (status === 'ignored' || status === 'archived' || substatus?.startsWith('archived') === true)
    return { status: 'archived' };
  return status === 'resolved' || status === 'unresolved' ? { status } : {};
}
