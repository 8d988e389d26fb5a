import type { Plan, PlanInput } from './estimate/index.ts';

/** Filters shown one by one, those with most data first. */
const MOST_SHOWN = 20;
const RUNS_A_DAY = 288;
const NAMES = {
  kind: 'kind of server',
  projects: 'list of projects',
  totals: 'totals',
  rows: 'issues',
  splits: 'tags',
  hour: 'the hour before',
  details: 'details',
  days: 'days ago',
} as const;

/** The plan for a person. */
export function planTable(plan: Plan, input: PlanInput): string {
  return [head(plan, input), source(plan), durations(plan), sinks(plan), filters(plan), warnings(plan)]
    .filter((part) => part !== '')
    .join('\n\n');
}

function head({ filters: all, assumptions: it, deadlineSeconds }: Plan, { filters, cost }: PlanInput): string {
  const projects = new Set(filters.flatMap((filter) => filter.projects)).size;
  const measured = all.filter(({ isMeasured }) => isMeasured).length;
  const issues = measured === all.length ? '' : `${number(it.issues)} issues a filter and window (--issues), `;
  const pages = cost.isPaged ? `${number(it.events)} events a project and window (--events), ` : '';
  return [
    `${many(all.length, 'filter')} over ${many(projects, 'project')} of ${cost.org}, every five minutes, ${deadlineSeconds} s at most${measured === 0 ? '' : `; issues of ${many(measured, 'filter')} as Sentry says`}`,
    `assumed: ${issues}${pages}${it.combinations} combinations of tags an issue (--combinations), titles of ${it.title} characters (--title),`,
    `         details of ${it.renewed} % of the issues asked anew (--renewed), Sentry takes ${it.perSecond === 0 ? 'as much as comes' : `${it.perSecond} requests a second`} (--per-second), ${it.atOnce} at once (--at-once)`,
  ].join('\n');
}

function source({ requests, requestsPerDay, share, ceiling, pages }: Plan): string {
  if (pages !== null) return `pages of events a run: ${number(pages.perRun)}, ${seconds(pages.seconds)} s`;
  if (requests === null || ceiling === null) return '';
  const { cold, hourly, warm } = requests;
  const kinds = (Object.keys(NAMES) as (keyof typeof NAMES)[]).filter(
    (kind) => cold[kind] + hourly[kind] + warm[kind] > 0,
  );
  const line = (name: string, ...cells: readonly number[]): string => columns(name, cells.map(number));
  const used =
    share === null
      ? ''
      : `; ${percent(share.requests)} of what Sentry takes in five minutes, ${percent(share.atOnce)} of what it takes at once`;
  return [
    columns('requests to Sentry', ['first run', 'each hour', 'other runs']),
    ...kinds.map((kind) => line(`  ${NAMES[kind]}`, cold[kind], hourly[kind], warm[kind])),
    line('  all', cold.all, hourly.all, warm.all),
    `${number(requestsPerDay ?? 0)} a day${used}`,
    ceiling.everythingMs === 0
      ? 'not everything can be read in time, however fast Sentry answers'
      : `everything is read in time while an answer takes up to ${number(ceiling.everythingMs)} ms, all totals up to ${number(ceiling.totalsMs)} ms`,
  ].join('\n');
}

function durations({ durations: all }: Plan): string {
  return [
    columns(
      'an answer takes',
      all.map(({ latencyMs }) => `${number(latencyMs)} ms`),
    ),
    columns(
      '  first run, s',
      all.map(({ cold }) => seconds(cold)),
    ),
    columns(
      '  other runs, s',
      all.map(({ warm }) => seconds(warm)),
    ),
  ].join('\n');
}

function sinks({ newRelic, anodot }: Plan): string {
  return [
    newRelic === null
      ? ''
      : `New Relic  ${many(newRelic.recordsPerDay, 'record')} and ${gigabytes(newRelic.gbPerDay)} a day, ${number(newRelic.seriesPerDay)} time series (${number(newRelic.seriesPerMetric)} of each gauge, 100,000 are allowed)`,
    anodot === null
      ? ''
      : `Anodot     ${many(anodot.metrics, 'metric')}, ${many(anodot.samplesPerDay, 'sample')} a day`,
  ]
    .filter((line) => line !== '')
    .join('\n');
}

function filters({ filters: all }: Plan): string {
  const shown = all
    .toSorted((a, b) => b.newRelicBytes - a.newRelicBytes || (a.filter < b.filter ? -1 : 1))
    .slice(0, MOST_SHOWN);
  const lines = shown.map(({ filter, projects, issues, isMeasured, records, newRelicBytes }) =>
    columns(`  ${filter}`, [
      number(projects),
      `${number(issues)}${isMeasured ? '' : '?'}`,
      number(Object.values(records).reduce((sum, it) => sum + it, 0)),
      ((newRelicBytes * RUNS_A_DAY) / 1e6).toFixed(1),
    ]),
  );
  return [
    columns('filter', ['projects', 'issues', 'records a run', 'MB a day']),
    ...lines,
    ...(all.length > shown.length ? [`  and ${number(all.length - shown.length)} more (--json has all)`] : []),
  ].join('\n');
}

function warnings({ warnings: all }: Plan): string {
  return all.map((text) => `warning  ${text}`).join('\n');
}

function columns(name: string, cells: readonly string[]): string {
  return name.padEnd(24) + cells.map((cell) => cell.padStart(14)).join('');
}

function number(n: number): string {
  return n.toLocaleString('en-US');
}

function many(n: number, what: string): string {
  return `${number(n)} ${what}${n === 1 ? '' : 's'}`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
}

function seconds(s: number): string {
  return s.toFixed(s < 10 ? 1 : 0);
}

function gigabytes(gb: number): string {
  return gb < 0.1 ? `${(gb * 1000).toFixed(1)} MB` : `${gb.toFixed(2)} GB`;
}
