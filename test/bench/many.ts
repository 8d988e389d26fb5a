import type { Json } from '../support/e2e/json.ts';
import { endProcesses } from '../support/process/processes.ts';
import { endService, openBox, type Run, WINDOWS_AN_HOUR } from './box.ts';
import { type Content, withUsers } from './content.ts';
import { spread } from './measure.ts';
import { heavy, LATENCY_MS, type Plan, type Row, runCells, thousands, wanted } from './rows.ts';

export const ISSUES_EACH = 20;
/** RUN_DEADLINE_SECONDS of .env.example. */
const DEADLINE_MS = 120_000;
const MOST_MEMORY = 250;

/** Each filter has a project and a search of its own: nothing of one can serve another. */
export function contentOf(filters: number, issuesEach = ISSUES_EACH, firstIssue = 100_000): Content {
  const slugs = Array.from({ length: filters }, (_, n) => `service-${n}`);
  const issues = withUsers(
    slugs.flatMap((project, n) =>
      Array.from({ length: issuesEach }, (_unused, m) => ({
        project,
        issue: firstIssue + n * issuesEach + m,
        title: `Error: team-${n} has trouble ${m}`,
        events: 1 + ((n + m) % 7),
      })),
    ),
  );
  return {
    projects: slugs,
    issues,
    filters: slugs.map((project, n) => ({
      spec: { name: `team-${n}`, projects: [project], searchTerms: [`team-${n} has`] },
      means: () => true,
    })),
  };
}

/** Minutes a repetition. */
const HEAVY = 1_000;
const SECTION = `Filters (${ISSUES_EACH} issues each; Sentry enforces 30 requests a second and 15 at once)`;

/**
 * What the formula of docs/cost.md says of such filters, written out.
 * Cold: kind and list of projects; totals, rows, the hour before and two days each; details, a hundred a request. Warm:
 * without what lasts for an hour, and without details: the windows of the benchmark are of the past, and what is known
 * of their issues was read after they ended. A run on time asks for details as a cold one does.
 */
export function formula(filters: number, isCold: boolean): { readonly table: number; readonly details: number } {
  return isCold
    ? { table: 1 + Math.ceil(filters / 100) + 5 * filters, details: Math.ceil((filters * ISSUES_EACH) / 100) }
    : { table: 3 * filters, details: 0 };
}

export async function manyRows(counts: readonly number[], plan: Plan): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const filters of counts)
    rows.push(...(await rowsOf(filters, filters < HEAVY ? plan : { ...plan, reps: heavy(plan) })));
  return rows;
}

async function rowsOf(filters: number, { reps, quick }: Plan): Promise<readonly Row[]> {
  const box = await openBox(contentOf(filters), reps);
  const [cold, warm]: [Run[], Run[]] = [[], []];
  try {
    await box.sandbox.command('limits', { preset: quick ? 'off' : 'saas' });
    await box.latency(quick ? 10 : LATENCY_MS);
    for (let rep = 0; rep < reps; rep++) {
      await box.sandbox.command('forget', {});
      const service = await box.start();
      cold.push(await box.run(service, rep * WINDOWS_AN_HOUR, { isCold: true, mayLeaveOut: true }));
      warm.push(await box.run(service, rep * WINDOWS_AN_HOUR + 1, { mayLeaveOut: true }));
      await endService(service);
    }
  } finally {
    await endProcesses();
  }
  const all = [
    ['cold', cold],
    ['warm', warm],
  ] as const;
  for (const [name, runs] of all) for (const it of runs) assertRequests(filters, it, formula(filters, name === 'cold'));
  return all.map(([name, runs]) => rowOf(filters, name, runs, formula(filters, name === 'cold')));
}

type Formula = ReturnType<typeof formula>;

/** Details leave in parts while rows wait for their turn: one after each pause of this length at most, ms. */
const PART_MS = 500;

/** What was asked, repeats after a 429 aside, against the formula. */
function isAsFormula({ ms, requests, refused, details }: Run, expected: Formula): boolean {
  const inParts = details - expected.details;
  return requests - refused - details === expected.table && inParts >= 0 && inParts <= ms / PART_MS;
}

/** What was left out was not asked for. */
const isWhole = ({ body }: Run): boolean => (body.reports as Json[]).every(({ gaps }) => gaps.length === 0);

function assertRequests(filters: number, run: Run, expected: Formula): void {
  if (isWhole(run) && !isAsFormula(run, expected))
    throw new Error(
      `${filters} filters: ${run.requests} requests, ${run.refused} of them refused, ${run.details} for details; the formula says ${expected.table} without details, ${expected.details} for them`,
    );
}

function rowOf(filters: number, name: string, runs: readonly Run[], expected: Formula): Row {
  const slowest = Math.max(...runs.map(({ ms }) => ms));
  const peak = Math.max(...runs.map((it) => it.peak));
  const all = expected.table + expected.details;
  const asked = runs.every(isWhole)
    ? wanted(
        `${thousands(all)} requests by the formula${runs.some(({ details }) => details > expected.details) ? ', details in more parts' : ''}`,
        runs.every((it) => isAsFormula(it, expected)),
      )
    : wanted(
        `at most the ${thousands(all)} requests of the formula, as some was left out`,
        runs.every((it) => it.requests - it.refused <= all),
      );
  const bounds = [
    wanted(`≤ ${DEADLINE_MS / 1000} s`, slowest <= DEADLINE_MS),
    wanted(`< ${MOST_MEMORY} MB`, peak < MOST_MEMORY),
    asked,
  ];
  const refused = spread(runs.map((it) => it.refused));
  return {
    section: SECTION,
    name: `${thousands(filters)}, ${name}`,
    ...runCells(runs),
    against: `${bounds.join('; ')}; 429: ${refused.median}`,
    numbers: `totals of all ${thousands(filters)}, right; ${leftOut(runs.at(-1)!)}`,
  };
}

/** What the answer says that it lacks. */
function leftOut({ body }: Run): string {
  const counts = new Map<string, number>();
  for (const { gaps } of body.reports as Json[])
    for (const part of new Set((gaps as Json[]).map((gap) => gap.part as string)))
      counts.set(part, (counts.get(part) ?? 0) + 1);
  if (counts.size === 0) return 'nothing left out';
  return `left out and named: ${[...counts].map(([part, count]) => `${part} of ${thousands(count)} filters`).join(', ')}`;
}
