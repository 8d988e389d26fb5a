import { reasonFor } from '../../core/model/make-report.ts';
import type { ReportIssue } from '../../core/model/report.ts';
import { PERIOD_MS } from '../../core/model/window.ts';
import type { FilterSeen, Seen } from './data/model.ts';
import { ago, clock, count, decimal, plural, some } from './format.ts';
import { type Mood, saySink, type SinkSaid } from './receipts.ts';

/** One of the three questions, answered. */
export interface Finding {
  readonly question: 'running' | 'right' | 'burning';
  readonly mood: Mood;
  readonly head: string;
  readonly text: string;
}

export function judge(seen: Seen): readonly Finding[] {
  return [running(seen), right(seen), burning(seen)];
}

function running({ now, runs, current, overdue, since, origin, server }: Seen): Finding {
  const say = (mood: Mood, head: string, text: string): Finding => ({ question: 'running', mood, head, text });
  const last = runs.find(({ endedAt }) => endedAt !== null);
  const under = runs.find(({ endedAt }) => endedAt === null);
  const busy = under === undefined ? '' : ` A run began on ${under.server} ${ago(now - under.startedAt)}.`;
  if (current === null) {
    const known =
      origin.runs === 'ledger'
        ? 'The ledger knows of none in 24 hours.'
        : `${server} started ${ago(now - since)} and remembers nothing from before.`;
    return say(
      under === undefined ? 'warn' : 'idle',
      under === undefined ? 'No run yet' : 'First run under way',
      `${known}${busy} Windows are counted when a cron job posts to /run.`,
    );
  }
  const window = `${clock(current.start)}–${clock(current.end)} UTC`;
  const when = last === undefined ? '' : `, ${ago(now - (last.endedAt ?? now))} on ${last.server}`;
  if (overdue > 0)
    return say(
      'bad',
      'Late',
      `The last counted window is ${window}${when}; ${plural(overdue, 'window is', 'windows are')} overdue.${busy} Check the cron job, and whether the servers can be reached.`,
    );
  return say('good', 'Running', `Counted ${window}${when}.${busy}`);
}

function right(seen: Seen): Finding {
  const say = (mood: Mood, head: string, text: string): Finding => ({ question: 'right', mood, head, text });
  const troubles = troublesOf(seen);
  if (seen.current === null && troubles.length === 0)
    return say('idle', 'Nothing to judge', 'No window was counted yet.');
  if (troubles.length > 0)
    return say(
      troubles.some(({ mood }) => mood === 'bad') ? 'bad' : 'warn',
      'Not right',
      troubles.map(({ text }) => text).join(' '),
    );
  const took = seen.dryRun ? 'Debug runs only (DRY_RUN): nothing is sent.' : `${listOf(seen.sinks)} took everything.`;
  return say(
    'good',
    'Right',
    `${seen.filters.length === 1 ? 'The filter was' : `All ${count(seen.filters.length)} filters were`} counted whole. ${took}`,
  );
}

interface Trouble {
  readonly mood: 'warn' | 'bad';
  readonly text: string;
}

function troublesOf(seen: Seen): readonly Trouble[] {
  const { filters, files, origin, current, dryRun, sinks } = seen;
  const troubles: Trouble[] = [];
  const bad = (text: string): unknown => troubles.push({ mood: 'bad', text });
  const warn = (text: string): unknown => troubles.push({ mood: 'warn', text });
  const uncounted = current === null ? [] : filters.filter((it) => it.report === null);
  const incomplete = filters.flatMap(({ name, report }) =>
    report?.complete === false ? [{ name, reason: reasonFor(report.gaps) }] : [],
  );
  const silent = incomplete.filter(({ reason }) => reason === 'source_silent');
  if (silent.length > 0) bad('Sentry itself has fallen silent: its zeros are no all-clear.');
  if (uncounted.length > 0)
    bad(`${some(uncounted.map(({ name }) => name))} ${uncounted.length === 1 ? 'was' : 'were'} not counted.`);
  const others = incomplete.filter(({ reason }) => reason !== 'source_silent');
  if (others.length > 0)
    warn(
      `${some(others.map(({ name }) => name))} ${others.length === 1 ? 'is' : 'are'} incomplete (${[...new Set(others.map(({ reason }) => reason))].join(', ')}).`,
    );
  for (const it of dryRun ? [] : sinks.map((name) => sinkOf(name, filters))) {
    if (it.mood === 'bad') bad(`${it.name} lacks ${plural(it.reports - it.whole, 'report')}.`);
    if (it.mood === 'warn') warn(`${it.name} did not take every record.`);
  }
  const missing = filters.filter((it) => missedLately(it, seen));
  if (missing.length > 0)
    warn(`Windows of the last hour were not counted in ${some(missing.map(({ name }) => name))}.`);
  if (files.length > 0)
    warn(
      `${plural(files.length, 'filters file is', 'filters files are')} left out: ${some(files.map(({ where }) => where))}.`,
    );
  if (origin.troubles.some((text) => text.startsWith('The ledger'))) bad('The ledger cannot be read.');
  return troubles;
}

export function sinkOf(name: string, filters: readonly FilterSeen[]): SinkSaid {
  return saySink(
    name,
    filters.flatMap(({ receipts }) => receipts).filter(({ key }) => key.sink === name),
  );
}

/** Its zeros say nothing. */
export function isSilent(report: FilterSeen['report']): boolean {
  return report?.complete === false && reasonFor(report.gaps) === 'source_silent';
}

/** Windows of an hour. */
const HOUR = 12;

/** Windows that were not counted, from the first one that was to the current one; what comes later is on its way. */
export function missingIn({ windows }: FilterSeen, { span, current }: Pick<Seen, 'span' | 'current'>): number {
  const due = current === null ? [] : windows.slice(0, (current.end - span.start) / PERIOD_MS);
  const first = due.findIndex((it) => it !== null);
  return first < 0 ? 0 : due.slice(first).filter((it) => it === null).length;
}

/** In the hour before the current window, which is judged by itself. */
function missedLately(filter: FilterSeen, { span, current }: Seen): boolean {
  if (current === null) return false;
  const hour = { start: Math.max(span.start, current.start - HOUR * PERIOD_MS), end: current.start };
  const windows = filter.windows.slice((hour.start - span.start) / PERIOD_MS, (hour.end - span.start) / PERIOD_MS);
  return missingIn({ ...filter, windows }, { span: hour, current: hour }) > 0;
}

/** A trending issue, and the filters of one team that see it. */
export interface Burning {
  readonly issue: ReportIssue;
  /** The first counts most of it. */
  readonly filters: readonly FilterSeen[];
}

/** By team: each issue once, by score. */
export function burningByTeam(filters: readonly FilterSeen[]): ReadonlyMap<string, readonly Burning[]> {
  const teams = new Map<string, Map<string, { issue: ReportIssue; filters: FilterSeen[] }>>();
  for (const filter of filters) {
    for (const issue of filter.report?.issues.filter(({ trending }) => trending) ?? []) {
      const issues = teams.get(filter.team ?? '') ?? new Map<string, { issue: ReportIssue; filters: FilterSeen[] }>();
      const found = issues.get(issue.issueId);
      if (found === undefined) issues.set(issue.issueId, { issue, filters: [filter] });
      else if (issue.events > found.issue.events)
        issues.set(issue.issueId, { issue, filters: [filter, ...found.filters] });
      else found.filters.push(filter);
      teams.set(filter.team ?? '', issues);
    }
  }
  return new Map(
    [...teams].sort(([a], [b]) => (a < b ? -1 : 1)).map(([team, issues]) => [team, [...issues.values()].sort(byScore)]),
  );
}

/** Without a past by events. */
function byScore({ issue: a }: Burning, { issue: b }: Burning): number {
  return (b.score ?? 0) - (a.score ?? 0) || b.events - a.events;
}

function burning(seen: Seen): Finding {
  const say = (mood: Mood, head: string, text: string): Finding => ({ question: 'burning', mood, head, text });
  const issues = new Map([...burningByTeam(seen.filters).values()].flat().map((it) => [it.issue.issueId, it]));
  const [worst] = [...issues.values()].sort(byScore);
  if (seen.filters.every(({ report }) => report === null))
    return say('idle', 'Not known', 'No filter has a count of the last window.');
  if (worst === undefined && seen.filters.some(({ report }) => isSilent(report)))
    return say('idle', 'Not known', 'Sentry is silent: nothing can be seen to burn.');
  if (worst === undefined && seen.filters.some(({ report }) => report?.complete !== true))
    return say('idle', 'Nothing seen to burn', 'No issue trends in what could be counted; not everything could.');
  if (worst === undefined) return say('good', 'Nothing burns', 'No issue trends in the last window.');
  const { issue } = worst;
  const title = issue.details?.title ?? issue.details?.shortId ?? issue.issueId;
  const expected = issue.expected === null ? '' : `, expected ${decimal(issue.expected)}`;
  return say(
    'bad',
    `${plural(issues.size, 'issue trends', 'issues trend')}`,
    `Most unusual: ${title} in ${issue.project}, ${plural(issue.events, 'event')}${expected}.`,
  );
}

function listOf(names: readonly string[]): string {
  if (names.length === 0) return 'No sink';
  return names.length === 1 ? names[0]! : `${names.slice(0, -1).join(', ')} and ${names.at(-1)!}`;
}
