import type { PageData } from '../data/model.ts';
import { ago, clock, count, decimal, plural } from '../format.ts';
import { isSilent } from './coverage.ts';
import type { Finding } from './finding.ts';
import { byScore, type SeenIssue, trendingByTeam } from './trending.ts';
import { ledgerFinding } from './ledger.ts';
import { troublesOf } from './troubles.ts';

export function findingsOf(data: PageData): readonly Finding[] {
  return [
    { question: 'running', ...running(data) },
    { question: 'right', ...right(data) },
    { question: 'trending', ...trending(data) },
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
    if (busy === undefined) return { health: 'warn', head: 'No run yet', sentences: [{ text }] };
    return { health: 'idle', head: 'First run under way', sentences: [{ text }] };
  }
  const when = last === undefined ? '' : `, ${ago(now - (last.endedAt ?? now))} on ${last.server}`;
  const counted = `${clock(current.start)}–${clock(current.end)} UTC${when}`;
  if (overdue === 0) {
    if (filters.some(({ report }) => report !== null))
      return { health: 'good', head: 'Running', sentences: [{ text: `Counted ${counted}.${begun}` }] };
    const text = `Tried ${counted}; no filter could be counted.${begun} The filters below say why.`;
    return { health: 'bad', head: 'Nothing counted', sentences: [{ text, see: ['filter-not-read'] }] };
  }
  const late = `The last counted window is ${counted}; ${plural(overdue, 'window is', 'windows are')} overdue.${begun}`;
  const text = `${late} Check the cron job, and whether the servers can be reached.`;
  return { health: 'bad', head: 'Late', sentences: [{ text, see: ['page-late'] }] };
}

function right(data: PageData): Answer {
  const { current, filters, sinks, dryRun } = data;
  const troubles = troublesOf(data);
  if (troubles.length > 0) {
    const health = troubles.some((trouble) => trouble.health === 'bad') ? 'bad' : 'warn';
    return { health, head: 'Not right', sentences: troubles };
  }
  if (current === null)
    return { health: 'idle', head: 'Nothing to judge', sentences: [{ text: 'No window was counted yet.' }] };
  const counted = filters.length === 1 ? 'The filter was' : `All ${count(filters.length)} filters were`;
  const taken = dryRun ? 'Debug runs only (DRY_RUN): nothing is sent.' : `${listOf(sinks)} took everything.`;
  return { health: 'good', head: 'Right', sentences: [{ text: `${counted} counted whole. ${taken}` }] };
}

function trending({ filters }: PageData): Answer {
  const reports = filters.map(({ report }) => report);
  const found = [...trendingByTeam(filters).values()].flat();
  const issues = new Map(found.map((it) => [it.issue.issueId, it]));
  const [worst] = [...issues.values()].sort(byScore);
  if (worst !== undefined)
    return {
      health: 'trend',
      head: plural(issues.size, 'issue trends', 'issues trend'),
      sentences: [{ text: mostUnusual(worst) }],
    };
  if (reports.every((report) => report === null))
    return { health: 'idle', head: 'Not known', sentences: [{ text: 'No filter has a count of the last window.' }] };
  if (reports.some(isSilent))
    return {
      health: 'idle',
      head: 'Not known',
      sentences: [{ text: 'Sentry is silent: no issue can be seen to trend.' }],
    };
  if (reports.some((report) => report?.complete !== true)) {
    const text = 'No issue trends in what could be counted; not everything could.';
    return { health: 'idle', head: 'None seen to trend', sentences: [{ text }] };
  }
  return { health: 'good', head: 'No issue trends', sentences: [{ text: 'None does in the last window.' }] };
}

function mostUnusual({ issue }: SeenIssue): string {
  const title = issue.details?.title ?? issue.details?.shortId ?? issue.issueId;
  const expected = issue.expected === null ? '' : `, expected ${decimal(issue.expected)}`;
  return `Most unusual: ${title} in ${issue.project}, ${plural(issue.events, 'event')}${expected}.`;
}

function listOf(names: readonly string[]): string {
  if (names.length === 0) return 'No sink';
  return names.length === 1 ? names[0]! : `${names.slice(0, -1).join(', ')} and ${names.at(-1)!}`;
}
