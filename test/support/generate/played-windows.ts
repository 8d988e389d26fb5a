import assert from 'node:assert/strict';
import type { EventInput } from '../../../sandbox/index.ts';
import { type Bench, NOW, openBench, START } from '../e2e/bench.ts';
import { until } from '../time/until.ts';
import { assertClean, taken } from '../e2e/received-records.ts';
import type { FilterSpec } from '../e2e/service.ts';
import type { Stored } from './nrql-run.ts';

export const WINDOW = 300_000;
export const WINDOWS = 6;
/** When the charts are looked at. */
export const LOOKED = START + WINDOWS * WINDOW + 151_000;
/** Both run every window; the second cannot read Sentry in the last one. */
export const SERVERS = ['host-1', 'host-2'];

/** Eleven filters of one team, so that a facet without its limit shows; two teams more. */
export const STAGE_FILTERS: readonly FilterSpec[] = [
  { name: 'shop-all', team: 'shop', projects: ['web', 'api'] },
  { name: 'shop-checkout', team: 'shop', projects: ['web', 'api'], searchTerms: ['checkout'] },
  ...Array.from({ length: 9 }, (_, n) => ({ name: `shop-part-${n}`, team: 'shop', projects: [`part-${n}`] })),
  { name: 'ops', team: "O'Ops", projects: ['jobs', 'closed'] },
  { name: 'alone', projects: ['jobs'], searchTerms: ['nothing has this'] },
];

/** One line of the plan: in one window of one project, so many events of one issue, one user each up to `users`. */
export interface Planned {
  /** From 0; negative ones are past. */
  readonly window: number;
  readonly project: string;
  readonly issue: number;
  readonly title: string;
  readonly events: number;
  readonly users: number;
  /** They arrived after their window was counted. */
  readonly late?: boolean;
}

const PLAN: readonly Planned[] = planned();

function planned(): readonly Planned[] {
  const steady = Array.from({ length: WINDOWS + 13 }, (_, n) => n - 13).flatMap((window) => [
    { window, project: 'web', issue: 101, title: 'Error: checkout broke', events: 7, users: 3 },
    { window, project: 'api', issue: 201, title: 'Error: slow answer', events: 11, users: 5 },
    ...Array.from({ length: 9 }, (_, n) => ({
      window,
      project: `part-${n}`,
      issue: 301 + n,
      title: 'Error: part',
      events: 2 + n,
      users: 1 + n,
    })),
  ]);
  return [
    ...steady,
    { window: 3, project: 'web', issue: 901, title: 'Error: checkout is "new" \\ here', events: 30, users: 9 },
    { window: 4, project: 'web', issue: 901, title: 'Error: checkout is "new" \\ here', events: 40, users: 8 },
    { window: 1, project: 'api', issue: 201, title: 'Error: slow answer', events: 6, users: 5, late: true },
  ];
}

/** What is true of a window of a filter's project: plain sums over the plan. */
export function truth(filter: FilterSpec, project: string, window: number, late = true): number {
  let events = 0;
  for (const line of PLAN)
    if (line.window === window && line.project === project && matches(filter, line) && (late || line.late !== true))
      events += line.events;
  return events;
}

/** Users are numbered from 0 in every issue, so the most of an issue is the most of all. */
export function trueUsers(filter: FilterSpec, project: string, window: number): number {
  let users = 0;
  for (const line of PLAN)
    if (line.window === window && line.project === project && matches(filter, line) && line.late !== true)
      users = Math.max(users, line.users);
  return users;
}

function matches({ searchTerms = [] }: FilterSpec, { title }: Planned): boolean {
  return searchTerms.length === 0 || searchTerms.some((term) => title.includes(term));
}

export const READABLE = (project: string): boolean => project !== 'closed';

export interface Stage {
  readonly bench: Bench;
  /** Requests to Sentry of each run, by the sandbox's own books; both servers of the first window, then of the next. */
  readonly asked: readonly number[];
  /** What New Relic holds: every window twice, one of them also corrected. */
  readonly stored: readonly Stored[];
}

/** Two servers over six windows, then a correction, then an old record once more. */
export async function playStage(): Promise<Stage> {
  const bench = await openBench({ time: 'stopped' });
  const { world } = bench.sandbox;
  for (const slug of ['web', 'api', 'jobs', 'closed', ...Array.from({ length: 9 }, (_, n) => `part-${n}`)])
    world.addProject({ slug });
  world.forbidProject('closed');
  world.addIssue({
    id: 901,
    project: 'web',
    title: PLAN.find(({ issue }) => issue === 901)!.title,
    assignedTo: { type: 'team', id: '2', name: 'crm' },
  });
  world.addEvents(PLAN.flatMap(eventsOf));
  const servers = await Promise.all(
    SERVERS.map((server) => bench.serve(STAGE_FILTERS, { TREND_BASELINES: '1h' }, { server })),
  );
  const asked: number[] = [];
  for (let window = 0; window < WINDOWS; window++) {
    for (const [index, server] of servers.entries()) {
      const blind = window === WINDOWS - 1 && index === 1;
      if (blind) world.faults.add({ vendor: 'sentry', kind: 'status', status: 401, times: 0 });
      const before = requestsTo(bench);
      const { status, text } = await server.post();
      asked.push(requestsTo(bench) - before);
      assert.equal(status, blind ? 503 : 200, text.slice(0, 500));
      await until('the run event is there', () => taken(world.received).runEvents.length === window * 2 + index + 1);
      world.faults.clear();
    }
    if (window < WINDOWS - 1) bench.clock.advance(WINDOW);
  }
  assert.equal(bench.clock.now(), LOOKED - 1000);
  await correct(bench);
  assertClean(world.received);
  return {
    bench,
    asked,
    stored: world.received.newrelic.events.map(({ timestamp, record }) => ({ timestamp, record })),
  };
}

function requestsTo({ sandbox }: Bench): number {
  return sandbox.world.requests.all().filter(({ vendor }) => vendor === 'sentry').length;
}

function eventsOf({ window, project, issue, title, events, users, late }: Planned): EventInput[] {
  const start = START + window * WINDOW;
  return Array.from({ length: events }, (_, n) => ({
    at: start + (n % 300) * 1000,
    project,
    issue,
    title,
    user: `id:${n % users}`,
    environment: 'production',
    ...(late === true ? { arrivedAt: NOW + WINDOW + 1 } : {}),
  }));
}

/** As a recount does: the same record with a higher revision and the count that is now true; then the old one again. */
async function correct({ sandbox }: Bench): Promise<void> {
  const held = taken(sandbox.world.received).events.filter(
    ({ windowStart, filter, type }) =>
      windowStart === START + WINDOW && filter === 'shop-all' && type !== 'sentry_issue',
  );
  const more = PLAN.find(({ late }) => late)!.events;
  const corrected = held
    .filter(({ type, project }) => type === 'filter_count' || project === 'api')
    .map((record) => ({ ...record, revision: 1, value: (record['value'] as number) + more }));
  assert.equal(corrected.length, 4);
  const { url, keys } = sandbox;
  const response = await fetch(`${url}/v1/accounts/${keys.newRelicAccountId}/events`, {
    method: 'POST',
    headers: { 'Api-Key': keys.newRelicKey, 'Content-Type': 'application/json', connection: 'close' },
    body: JSON.stringify([...corrected, ...held]),
  });
  assert.equal(response.status, 200);
}
