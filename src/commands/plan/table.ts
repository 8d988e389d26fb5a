import { many, number } from '../../platform/numbers.ts';
import { RUNS_A_DAY } from './estimate/index.ts';
import type { FilterPlan, Plan, PlanInput } from './estimate/types.ts';

/** Filters shown one by one, those with most data first. */
const MOST_SHOWN = 20;
const REQUESTS = {
  kind: 'kind of server',
  projects: 'list of projects',
  totals: 'totals',
  rows: 'issues',
  splits: 'tags',
  hour: 'the hour before',
  details: 'details',
  returns: 'returns of issues',
  days: 'days ago',
  users: 'users of rules',
} as const;

/** The plan for a person. */
export function planTable(plan: Plan, input: PlanInput): string {
  return [
    head(plan, input),
    reading(plan),
    connections(plan),
    durations(plan),
    vendors(plan),
    filters(plan),
    warnings(plan),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function head({ filters: all, assumptions: it, deadlineSeconds }: Plan, { filters, sourceCost }: PlanInput): string {
  const { org, isPaged } = sourceCost;
  const projects = new Set(filters.flatMap((filter) => filter.projects)).size;
  const measured = all.filter(({ isMeasured }) => isMeasured).length;
  const known = measured === 0 ? '' : `; issues of ${many(measured, 'filter')} as Sentry says`;
  const issues = measured === all.length ? '' : `${number(it.issues)} issues a filter and window (--issues), `;
  const pages = isPaged ? `${number(it.events)} events a project and window (--events), ` : '';
  const combinations = `${it.combinations} combinations of tags an issue (--combinations)`;
  const rate = it.perSecond === 0 ? 'as much as comes' : `${it.perSecond} requests a second`;
  return [
    `${many(all.length, 'filter')} over ${many(projects, 'project')} of ${org}, every five minutes, ` +
      `${deadlineSeconds} s at most${known}`,
    `assumed: ${issues}${pages}${combinations}, titles of ${it.title} characters (--title),`,
    `         ${it.regressed} % of the issues came back in the last days (--regressed), ` +
      `details of ${it.renewed} % of those beyond 100 asked anew (--renewed),`,
    '         ' + `Sentry takes ${rate} (--per-second), ${it.atOnce} at once (--at-once)`,
  ].join('\n');
}

function reading({ requests, requestsPerDay, share, ceiling, pages }: Plan): string {
  if (pages !== null) return `pages of events a run: ${number(pages.perRun)}, ${seconds(pages.seconds)} s`;
  if (requests === null || ceiling === null) return '';
  const { cold, hourly, warm } = requests;
  const kinds = (Object.keys(REQUESTS) as (keyof typeof REQUESTS)[]).filter(
    (kind) => cold[kind] + hourly[kind] + warm[kind] > 0,
  );
  const line = (name: string, ...cells: readonly number[]): string => columns(name, cells.map(number));
  return [
    columns('requests to Sentry', ['first run', 'each hour', 'other runs']),
    ...kinds.map((kind) => line(`  ${REQUESTS[kind]}`, cold[kind], hourly[kind], warm[kind])),
    line('  all', cold.all, hourly.all, warm.all),
    `${number(requestsPerDay ?? 0)} a day${used(share)}`,
    inTime(ceiling),
  ].join('\n');
}

/** What each source is asked, where there are several. */
function connections({ connections: all = [] }: Plan): string {
  if (all.length === 0) return '';
  const lines = all.map(({ source, org, filters: count, cost: { requests, pages, share } }) => {
    const asked = pages === null ? number(requests?.warm.all ?? 0) : `${number(pages.perRun)} pages`;
    return columns(`  ${source}`, [org, number(count), asked, share === null ? '-' : percent(share.requests)]);
  });
  return [columns('source', ['organization', 'filters', 'asked a run', 'of its limit']), ...lines].join('\n');
}

function used(share: Plan['share']): string {
  if (share === null) return '';
  const [inFive, atOnce] = [percent(share.requests), percent(share.atOnce)];
  return `; ${inFive} of what Sentry takes in five minutes, ${atOnce} of what it takes at once`;
}

function inTime({ everythingMs, totalsMs }: NonNullable<Plan['ceiling']>): string {
  if (everythingMs === 0) return 'not everything can be read in time, however fast Sentry answers';
  return (
    `everything is read in time while an answer takes up to ${number(everythingMs)} ms, ` +
    `all totals up to ${number(totalsMs)} ms`
  );
}

function durations({ durations: all }: Plan): string {
  const line = (name: string, cell: (it: (typeof all)[number]) => string): string => columns(name, all.map(cell));
  return [
    line('an answer takes', ({ latencyMs }) => `${number(latencyMs)} ms`),
    line('  first run, s', ({ cold }) => seconds(cold)),
    line('  other runs, s', ({ warm }) => seconds(warm)),
  ].join('\n');
}

function vendors({ vendors: all }: Plan): string {
  const width = Math.max(...all.map(({ label }) => label.length + 1), 11);
  return all.flatMap(({ label, day }) => (day === null ? [] : [`${label.padEnd(width)}${day.text}`])).join('\n');
}

function filters({ filters: all }: Plan): string {
  const shown = all
    .map((plan) => ({ ...plan, sent: sum(plan.bytes) }))
    .toSorted((a, b) => b.sent - a.sent || (a.filter < b.filter ? -1 : 1))
    .slice(0, MOST_SHOWN);
  const lines = shown.map(({ filter, projects, issues, isMeasured, records, sent }) =>
    columns(`  ${filter}`, [
      number(projects),
      `${number(issues)}${isMeasured ? '' : '?'}`,
      number(sum(records)),
      ((sent * RUNS_A_DAY) / 1e6).toFixed(1),
    ]),
  );
  return [
    columns('filter', ['projects', 'issues', 'records a run', 'MB a day']),
    ...lines,
    ...(all.length > shown.length ? [`  and ${number(all.length - shown.length)} more (--json has all)`] : []),
  ].join('\n');
}

function sum(bySink: FilterPlan['records']): number {
  return Object.values(bySink).reduce((all, it) => all + it, 0);
}

function warnings({ warnings: all }: Plan): string {
  return all.map((text) => `warning  ${text}`).join('\n');
}

function columns(name: string, cells: readonly string[]): string {
  return name.padEnd(24) + cells.map((cell) => cell.padStart(14)).join('');
}

function percent(share: number): string {
  return `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
}

function seconds(s: number): string {
  return s.toFixed(s < 10 ? 1 : 0);
}
