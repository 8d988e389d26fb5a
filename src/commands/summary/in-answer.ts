import type { Found, FoundIssue } from './found.ts';

/** The parts of an answer to `POST /run` that people are shown. */
export interface AnswerBody {
  readonly status: string;
  readonly window: { readonly start: string; readonly end: string };
  readonly sentryRequests: number;
  readonly reports: readonly ReportBody[];
}

interface ReportBody {
  readonly filter: string;
  readonly complete: boolean;
  readonly totals: Found['totals'];
  readonly trending: readonly Omit<FoundIssue, 'trending'>[];
  readonly sinks: Readonly<
    Record<string, { readonly status: string; readonly accepted?: number; readonly items?: readonly object[] }>
  >;
}

interface IssueRecord {
  readonly type: string;
  readonly sentryIssueId: string;
  readonly project: string;
  readonly count: number;
  readonly state: string;
  readonly message: string;
  readonly sentryUrl: string;
}

/** What the service answered. The biggest issues are known from the records that would be sent of them. */
export function foundInAnswer({ reports }: AnswerBody): readonly Found[] {
  return reports.map(({ filter, complete, totals, trending, sinks }) => ({
    filter,
    totals,
    issues: issuesIn(trending, sinks),
    sinks: Object.fromEntries(
      Object.entries(sinks).map(([name, { status, accepted = 0, items = [] }]) => [
        name,
        { status, accepted, shown: items.length },
      ]),
    ),
    gaps: complete ? [] : [''],
  }));
}

function issuesIn(trending: ReportBody['trending'], sinks: ReportBody['sinks']): readonly FoundIssue[] {
  const records = Object.values(sinks).flatMap(({ items = [] }) => items as readonly Partial<IssueRecord>[]);
  const ofIssues = records.filter((record): record is IssueRecord => record.type === 'sentry_issue');
  const known = new Set(ofIssues.map(({ sentryIssueId }) => sentryIssueId));
  const scores = new Map(trending.map(({ id, score }) => [id, score]));
  const others = trending.filter(({ id }) => !known.has(id)).map((issue) => ({ ...issue, trending: true }));
  const biggest = ofIssues.map(
    ({ sentryIssueId: id, project, count: events, state, message: title, sentryUrl: url }) => ({
      ...{ id, project, events, state, title, url },
      trending: scores.has(id),
      score: scores.get(id) ?? null,
    }),
  );
  return [...biggest, ...others].toSorted((a, b) => b.events - a.events);
}
