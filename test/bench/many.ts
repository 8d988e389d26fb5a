import { endProcesses } from '../support/e2e-process.ts';
import { endService, openBox, type Run } from './box.ts';
import { withUsers, type Content } from './content.ts';
import { spread } from './measure.ts';
import { LATENCY_MS, runCells, thousands, wanted, type Plan, type Row } from './rows.ts';
import type { Json } from '../support/e2e-json.ts';

export const ISSUES_EACH = 20;
/** RUN_DEADLINE_SECONDS of .env.example. */
const DEADLINE_MS = 120_000;
const MOST_MEMORY = 250;

/** Each filter has a project and a search of its own: nothing of one can serve another. */
export function contentOf(filters: number, issuesEach = ISSUES_EACH): Content {
  const slugs = Array.from({ length: filters }, (_, n) => `service-${n}`);
  const issues = withUsers(slugs.flatMap((project, n) => Array.from({ length: issuesEach }, (_unused, m) => ({ project, issue: 100_000 + n * issuesEach + m, title: `Error: team-${n} has trouble ${m}`, events: 1 + ((n + m) % 7) }))));
  return { projects: slugs, issues, filters: slugs.map((project, n) => ({ spec: { name: `team-${n}`, projects: [project], searchTerms: [`team-${n} has`] }, means: () => true })) };
}

const SECTION = `Filters (${ISSUES_EACH} issues each; Sentry enforces 30 requests a second and 15 at once)`;

/** `requestsOf`: what the formula says of so many filters, cold and warm. */
export async function manyRows(counts: readonly number[], { reps, quick }: Plan, requestsOf: (filters: number, isCold: boolean) => number): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const filters of counts) rows.push(...await rowsOf(filters, reps, quick ? 10 : LATENCY_MS, requestsOf));
  return rows;
}

async function rowsOf(filters: number, reps: number, latency: number, requestsOf: (filters: number, isCold: boolean) => number): Promise<readonly Row[]> {
  const box = await openBox(contentOf(filters), 2 * reps);
  const [cold, warm]: [Run[], Run[]] = [[], []];
  try {
    await box.sandbox.command('limits', { preset: 'saas' });
    await box.latency(latency);
    for (let rep = 0; rep < reps; rep++) {
      await box.sandbox.command('forget', {});
      const service = await box.start();
      cold.push(await box.run(service, 2 * rep, { isCold: true, mayLeaveOut: true }));
      warm.push(await box.run(service, 2 * rep + 1, { mayLeaveOut: true }));
      await endService(service);
    }
  } finally {
    await endProcesses();
  }
  return ([['cold', cold], ['warm', warm]] as const).map(([name, runs]) => rowOf(filters, name, runs, requestsOf(filters, name === 'cold')));
}

function rowOf(filters: number, name: string, runs: readonly Run[], formula: number): Row {
  const slowest = Math.max(...runs.map(({ ms }) => ms));
  const peak = Math.max(...runs.map((it) => it.peak));
  const bounds = [wanted(`≤ ${DEADLINE_MS / 1000} s`, slowest <= DEADLINE_MS + 5000), wanted(`< ${MOST_MEMORY} MB`, peak < MOST_MEMORY), wanted(`${thousands(formula)} by the formula`, runs.every((it) => it.requests - it.refused === formula))];
  const refused = spread(runs.map((it) => it.refused));
  return { section: SECTION, name: `${thousands(filters)}, ${name}`, ...runCells(runs), against: `${bounds.join('; ')}; 429: ${refused.median}`, numbers: `totals of all ${thousands(filters)}, right; ${leftOut(runs.at(-1)!)}` };
}

/** What the answer says that it lacks. */
function leftOut({ body }: Run): string {
  const counts = new Map<string, number>();
  for (const { gaps } of body.reports as Json[]) for (const { part } of gaps as Json[]) counts.set(part, (counts.get(part) ?? 0) + 1);
  if (counts.size === 0) return 'nothing left out';
  return `left out and named: ${[...counts].map(([part, count]) => `${part} of ${thousands(count)} filters`).join(', ')}`;
}
