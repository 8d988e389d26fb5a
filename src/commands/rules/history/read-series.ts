import type { Program } from '../../../app/assemble.ts';
import {
  type CountedSeries,
  historyOfSeries,
  withHourBefore,
  withPast,
} from '../../../core/alerts/trial/series-history.ts';
import { isAboutIssues } from '../../../core/alerts/trial/kept-history.ts';
import type { WindowFacts } from '../../../core/model/alerting/facts.ts';
import type { RuleKind } from '../../../core/model/alerting/rule.ts';
import { CANDIDATES } from '../../../core/model/make-report.ts';
import { chunks } from '../../../core/model/chunks.ts';
import type { Filter } from '../../../core/model/filter.ts';
import type { Reading, SeriesCount } from '../../../core/model/reading.ts';
import { DAY_MS, type Window } from '../../../core/model/window.ts';
import type { Scope } from '../../../core/ports/scope.ts';
import type { Source } from '../../../core/ports/source.ts';
import { many } from '../../../platform/numbers.ts';

/** A filter's windows by the source's own series. */
export interface SeriesHistory {
  readonly facts: readonly WindowFacts[];
  /** What rules could not see, a sentence each. */
  readonly notes: readonly string[];
}

/** Requests that are under way at once. */
const AT_ONCE = 5;
/** One series has ten thousand counts at most. */
const LONGEST_MS = 30 * DAY_MS;

/** Rejects when the source cannot say it. `onRead`: something of it was read. */
export async function readSeries(
  filter: Filter,
  span: Window,
  { sourceOf }: Pick<Program, 'sourceOf'>,
  { scope, onRead }: { readonly scope: Scope; onRead(): void },
): Promise<SeriesHistory> {
  const source = sourceOf(filter);
  const counted = async (of: Filter, over: Window): Promise<readonly SeriesCount[]> => {
    const found = await seriesOf(of, over, source, scope);
    onRead();
    return found;
  };
  const total = await counted(filter, span);
  if (!(filter.alerts ?? []).some(isAboutIssues))
    return { facts: historyOfSeries(filter, span, { total, reading: NO_ISSUES, issues: new Map() }), notes: [] };
  const reading = await readSpan(filter, span, source, scope);
  onRead();
  const wanted = wantedIn(filter, span, reading);
  const over = hasKind(filter, 'trending') ? withPast(span) : withHourBefore(span);
  const issues = new Map<string, readonly SeriesCount[]>();
  for (const ids of chunks(wanted, AT_ONCE)) {
    const all = await Promise.all(ids.map((id) => counted(onlyIssue(filter, id), over)));
    for (const [index, id] of ids.entries()) issues.set(id, all[index]!);
  }
  return { facts: historyOfSeries(filter, span, { total, reading, issues }), notes: notesOn(reading) };
}

/** The source's own series of a filter, over any length of time. Rejects when it has none. */
export async function seriesOf(
  filter: Filter,
  { start, end }: Window,
  source: Source,
  scope: Scope,
): Promise<readonly SeriesCount[]> {
  if (source.series === undefined) throw new Error(`${source.name} has no time series`);
  const counts: SeriesCount[] = [];
  for (let from = start; from < end; from += LONGEST_MS)
    counts.push(...(await source.series(filter, { start: from, end: Math.min(end, from + LONGEST_MS) }, scope)));
  return counts;
}

const NO_ISSUES: CountedSeries['reading'] = { source: '', org: '', issues: [], details: new Map() };

function hasKind({ alerts = [] }: Filter, ...kinds: readonly RuleKind[]): boolean {
  return alerts.some(({ condition, each }) => each === 'issue' && kinds.includes(condition.kind));
}

/** What is told once of an issue asks only for those that began or came back in the span. */
function wantedIn(filter: Filter, { start }: Window, { issues, details, returns }: Reading): readonly string[] {
  const isAll = !(filter.alerts ?? []).every(({ condition: { kind }, each }) => each !== 'issue' || ONCE.has(kind));
  const isFresh = (id: string): boolean => (details.get(id)?.firstSeen ?? 0) >= start || returns?.has(id) === true;
  return issues
    .slice(0, CANDIDATES)
    .map(({ issueId }) => issueId)
    .filter((id) => isAll || isFresh(id));
}

const ONCE: ReadonlySet<RuleKind> = new Set(['new', 'regressed']);

function onlyIssue(filter: Filter, id: string): Filter {
  const own = `issue.id:${id}`;
  return { ...filter, query: filter.query === undefined ? own : `(${filter.query}) ${own}` };
}

/** The span as if it were one window: its issues, when they were first seen, and when they came back. */
async function readSpan(filter: Filter, window: Window, source: Source, scope: Scope): Promise<Reading> {
  const ask = { filter: { ...filter, alerts: [], tags: [] }, window, want: 'full' } as const;
  for await (const answer of source.read([ask], scope)) {
    if ('fault' in answer) throw new Error(answer.fault.message);
    return answer.reading;
  }
  throw new Error(`${source.name} gave no answer`);
}

function notesOn({ issues, gaps }: Reading): readonly string[] {
  const others = issues.length - CANDIDATES;
  const seldom = `of ${many(others, 'issue')} beyond the ${CANDIDATES} biggest only the first event is known`;
  const lacking = gaps.map(({ part, detail, reason }) => `${part}: ${detail ?? reason}`);
  return [...(others > 0 ? [seldom] : []), ...new Set(lacking)];
}
