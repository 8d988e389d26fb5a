import type { PageData } from '../data/model.ts';
import type { Anchor } from '../../reasons/see.ts';
import { ago, clock, count, decimal, plural } from '../format.ts';
import { isSilent } from './coverage.ts';
import type { Health } from './health.ts';
import { byScore, type TrendingIssue, trendingByTeam } from './trending.ts';
import { ledgerFinding } from './ledger.ts';
import { troublesOf } from './troubles.ts';

/** One of the page's questions, answered. */
export interface Finding {
  /** Is it running, is it right, what is burning, does the ledger work? */
  readonly question: 'running' | 'right' | 'burning' | 'ledger';
  readonly health: Health;
  readonly head: string;
  readonly text: string;
  /** The rows that explain it. */
  readonly see?: readonly Anchor[];
}

export function findingsOf(data: PageData): readonly Finding[] {
  return [
    { question: 'running', ...running(data) },
    { question: 'right', ...right(data) },
    { question: 'burning', ...burning(data) },
    ...ledgerFinding(data),
  ];
}

type Answer = Omit<Finding, 'question'>;

function running({ now, runs, current, overdue, since, origin, server, filters }: PageData): Answer {
  const last = runs.find(({ endedAt }) => endedAt !== null);
  const busy = runs.find(({ endedAt }) => endedAt === null);
  const begun = busy === undefined ? '' : ` A run began on ${busy.server} ${ago(now - busy.startedAt)}.`;
  if (current === null) {
    const memory = `${server} started ${ago(now - since)} and remembers nothing from before.`;
    const known = origin.runs === 'ledger' ? 'The ledger knows of none in 24 hours.' : memory;
    const text = `${known}${begun} Windows are counted when a cron job posts to /run.`;
    if (busy === undefined) return { health: 'warn', head: 'No run yet', text };
    return { health: 'idle', head: 'First run under way', text };
  }
  const when = last === undefined ? '' : `, ${ago(now - (last.endedAt ?? now))} on ${last.server}`;
  const counted = `${clock(current.start)}–${clock(current.end)} UTC${when}`;
  if (overdue === 0) {
    if (filters.some(({ report }) => report !== null))
      return { health: 'good', head: 'Running', text: `Counted ${counted}.${begun}` };
    const text = `Tried ${counted}; no filter could be counted.${begun} The filters below say why.`;
    return { health: 'bad', head: 'Nothing counted', text, see: ['filter-not-read'] };
  }
  const late = `The last counted window is ${counted}; ${plural(overdue, 'window is', 'windows are')} overdue.${begun}`;
  const text = `${late} Check the cron job, and whether the servers can be reached.`;
  return { health: 'bad', head: 'Late', text, see: ['page-late'] };
}

function right(data: PageData): Answer {
  const { current, filters, sinks, dryRun } = data;
  const troubles = troublesOf(data);
  if (troubles.length > 0) {
    const health = troubles.some((trouble) => trouble.health === 'bad') ? 'bad' : 'warn';
    const see = [...new Set(troubles.flatMap((trouble) => trouble.see))];
    return { health, head: 'Not right', text: troubles.map(({ text }) => text).join(' '), see };
  }
  if (current === null) return { health: 'idle', head: 'Nothing to judge', text: 'No window was counted yet.' };
  const counted = filters.length === 1 ? 'The filter was' : `All ${count(filters.length)} filters were`;
  const taken = dryRun ? 'Debug runs only (DRY_RUN): nothing is sent.' : `${listOf(sinks)} took everything.`;
  return { health: 'good', head: 'Right', text: `${counted} counted whole. ${taken}` };
}

function burning({ filters }: PageData): Answer {
  const reports = filters.map(({ report }) => report);
  const trending = [...trendingByTeam(filters).values()].flat();
  const issues = new Map(trending.map((it) => [it.issue.issueId, it]));
  const [worst] = [...issues.values()].sort(byScore);
  if (worst !== undefined)
    return { health: 'bad', head: plural(issues.size, 'issue trends', 'issues trend'), text: mostUnusual(worst) };
  if (reports.every((report) => report === null))
    return { health: 'idle', head: 'Not known', text: 'No filter has a count of the last window.' };
  if (reports.some(isSilent))
    return { health: 'idle', head: 'Not known', text: 'Sentry is silent: nothing can be seen to burn.' };
  if (reports.some((report) => report?.complete !== true)) {
    const text = 'No issue trends in what could be counted; not everything could.';
    return { health: 'idle', head: 'Nothing seen to burn', text };
  }
  return { health: 'good', head: 'Nothing burns', text: 'No issue trends in the last window.' };
}

function mostUnusual({ issue }: TrendingIssue): string {
  const title = issue.details?.title ?? issue.details?.shortId ?? issue.issueId;
  const expected = issue.expected === null ? '' : `, expected ${decimal(issue.expected)}`;
  return `Most unusual: ${title} in ${issue.project}, ${plural(issue.events, 'event')}${expected}.`;
}

function listOf(names: readonly string[]): string {
  if (names.length === 0) return 'No sink';
  return names.length === 1 ? names[0]! : `${names.slice(0, -1).join(', ')} and ${names.at(-1)!}`;
}
