import assert from 'node:assert/strict';
import type { EventInput, World } from '../../sandbox/index.ts';
import type { ReadingRequests } from '../../src/core/ports/source-cost.ts';
import { requestsOf, type RunLoad } from '../../src/integrations/sources/sentry/cost/requests-of-run.ts';
import { type Bench, openBench, START } from '../support/e2e/bench.ts';
import type { Json } from '../support/e2e/json.ts';
import type { FilterSpec } from '../support/e2e/service.ts';

const SLOT = 300_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** What a request of the sandbox's log is for, by its own parameters. */
function kindOf(
  { endpoint, query }: ReturnType<World['requests']['all']>[number],
  windowStart: number,
): keyof ReadingRequests {
  if (endpoint === 'projects') return 'projects';
  if (endpoint === 'issues') return 'details';
  if (endpoint === 'issue') return 'returns';
  const fields = query
    .filter(([name]) => name === 'field')
    .map(([, value]) => value)
    .join(' ');
  const start = query.find(([name]) => name === 'start')?.[1];
  if (start === undefined) return 'kind';
  if (fields === 'project.id count() count_unique(user)') return 'totals';
  if (fields === 'issue.id project.id count() count_unique(user)') return 'rows';
  if (fields !== 'issue.id count()') return 'splits';
  return Date.parse(`${start}Z`) === windowStart - HOUR ? 'hour' : 'days';
}

interface Case {
  readonly name: string;
  readonly filters: number;
  /** G, each with its own number of events: the first is the biggest in the window, the last in the past. */
  readonly issues: number;
  readonly splits?: boolean;
  /** All filters search for the same. */
  readonly alike?: boolean;
  readonly maxRows?: number;
  /** Every other filter looks into one environment only. */
  readonly apart?: boolean;
  /** So many issues of each filter came back days ago. */
  readonly regressed?: number;
}

const CASES: readonly Case[] = [
  { name: 'one filter, one issue', filters: 1, issues: 1 },
  { name: 'one filter, 100 issues', filters: 1, issues: 100 },
  { name: 'one filter, 250 issues, more than a hundred in the past', filters: 1, issues: 250 },
  { name: 'one filter, more issues than MAX_ROWS', filters: 1, issues: 230, maxRows: 200 },
  { name: 'four filters, 20 issues, with tags', filters: 4, issues: 20, splits: true },
  { name: 'nine filters, 20 issues, all in one search', filters: 9, issues: 20, alike: true },
  { name: 'twelve filters, 30 issues', filters: 12, issues: 30 },
  {
    name: 'four filters, two environments, 30 issues, of which two came back',
    filters: 4,
    issues: 30,
    apart: true,
    regressed: 2,
  },
];

/** All requests of the runs, by hand from docs/cost.md: cold, warm, in the next hour without kind and projects. */
const BY_HAND: Readonly<Record<string, readonly [number, number, number]>> = {
  // Totals, rows, hour, two days, details, kind, projects; totals, rows, hour, details; and those with days.
  'one filter, one issue': [1 + 1 + 1 + 2 + 1 + 1 + 1, 4, 6],
  // Four of each, tags too; 80 issues fit into one request for details.
  'four filters, 20 issues, with tags': [4 * 4 + 4 * 2 + 1 + 2, 4 * 4 + 1, 4 * 4 + 4 * 2 + 1],
  // One request for the totals of all nine; 180 issues are two for details.
  'nine filters, 20 issues, all in one search': [1 + 9 + 9 + 18 + 2 + 2, 1 + 9 + 9 + 2, 1 + 9 + 9 + 18 + 2],
  'twelve filters, 30 issues': [12 * 3 + 24 + 4 + 2, 12 * 3 + 4, 12 * 3 + 24 + 4],
  // Sixty issues a set are one request each, and every return is one.
  'four filters, two environments, 30 issues, of which two came back': [
    4 * 3 + 8 + 2 + 8 + 2,
    4 * 3 + 2 + 8,
    4 * 3 + 8 + 2 + 8,
  ],
};

describe('requests of a run, as the formula says', () => {
  let bench: Bench;
  afterEach(() => bench.close());

  for (const { name, ...given } of CASES) {
    it(`${name}: cold, warm, and in the next hour`, async () => {
      const { filters: count, issues, splits = false, alike = false, apart = false, regressed = 0, maxRows } = given;
      bench = await openBench({ time: 'stopped' });
      const { world } = bench.sandbox;
      const slugs = Array.from({ length: count }, (_, n) => `p${n}`);
      for (const slug of slugs) world.addProject({ slug });
      world.addEnvironment('eu');
      for (const [n, project] of slugs.entries())
        for (let place = 0; place < regressed; place++)
          world.addIssue({
            id: 10_000 * (n + 1) + place,
            project,
            resolvedAt: [START - 3 * DAY],
            returnedAt: [START - 2 * DAY],
          });
      // Twelve windows on the clock hour is another.
      const windows = [START, START + SLOT, START + 12 * SLOT];
      world.addEvents(
        slugs.flatMap((slug, n) =>
          windows.flatMap((at) => [
            ...burstOf([slug, n], issues, at, (place) => 1 + Math.floor((issues - place) / 50)),
            ...[at - HOUR / 2, at - DAY, at - 7 * DAY].flatMap((past) =>
              burstOf([slug, n], issues, past, (place) => 1 + Math.floor(place / 50)),
            ),
          ]),
        ),
      );
      const specs = slugs.map((slug): FilterSpec => ({
        name: `f-${slug}`,
        projects: [slug],
        ...(splits ? { tags: ['release'] } : {}),
        ...(alike ? {} : { exclude: [`nothing ${slug}`] }),
        ...(apart && Number(slug.slice(1)) % 2 === 0 ? { environments: ['eu'] } : {}),
      }));
      const service = await bench.serve(specs, {
        TREND_BASELINES: '1h,1d,7d',
        ...(maxRows === undefined ? {} : { MAX_ROWS: String(maxRows) }),
      });
      const load: RunLoad = {
        filters: count,
        projects: count,
        sets: alike ? 1 : count,
        issuesPerFilter: issues,
        splitsPerFilter: splits ? issues : 0,
        environmentSets: apart ? 2 : 1,
        regressedPerFilter: regressed,
        cold: false,
        ...(maxRows === undefined ? {} : { maxRows }),
      };
      for (const [index, expected] of [
        requestsOf({ ...load, cold: true }),
        requestsOf(load),
        requestsOf({ ...load, newHour: true, newIssuesPerFilter: issues, cold: false }),
      ].entries()) {
        bench.clock.advance(index === 0 ? 0 : windows[index]! - windows[index - 1]!);
        world.requests.clear();
        const { status, body } = await service.post(`?end=${new Date(windows[index]! + SLOT).toISOString()}`);
        assert.equal(status, 200);
        assert.deepEqual(
          (body.reports as Json[]).map((report) => report.totals[0].issues),
          slugs.map(() => Math.min(issues, maxRows ?? issues)),
        );
        const asked = world.requests.all().filter(({ vendor }) => vendor === 'sentry');
        const seen = Object.fromEntries(
          Object.keys(expected).map((kind) => [
            kind,
            asked.filter((request) => kind === 'all' || kindOf(request, windows[index]!) === kind).length,
          ]),
        );
        // The list of projects and the kind of server are read anew after an hour; the formula counts them when cold.
        const renewed = index === 2 ? { kind: 1, projects: 1, all: expected.all + 2 } : {};
        assert.deepEqual(seen, { ...expected, ...renewed }, ['cold', 'warm', 'next hour'][index]);
        assert.equal(expected.all, BY_HAND[name]?.[index] ?? expected.all, 'as worked out by hand');
        assert.equal(body.sentryRequests, seen['all'], 'as the service counts them');
      }
    });
  }

  it('how many events the window holds does not matter', async () => {
    bench = await openBench({ time: 'stopped' });
    const { world } = bench.sandbox;
    world.addProject({ slug: 'web' });
    const service = await bench.serve([{ name: 'web', projects: ['web'] }]);
    await service.post(`?end=${new Date(START).toISOString()}`);
    world.addEvents(
      [10, 20_000].flatMap((events, index) => burstOf(['web', 0], 10, START + index * SLOT, () => events / 10)),
    );
    bench.clock.advance(SLOT);
    const seen: unknown[] = [];
    for (const index of [0, 1]) {
      const { body } = await service.post(`?end=${new Date(START + (index + 1) * SLOT).toISOString()}&debug=true`);
      seen.push([body.reports[0].totals[0].events, body.sentryRequests]);
    }
    assert.deepEqual(
      seen,
      [
        [10, 3],
        [20_000, 2],
      ],
      'the first one asks for the details too, which serve both',
    );
  });
});

/** The n-th project's issues, with so many events by their place. */
function burstOf(
  [project, n]: readonly [string, number],
  issues: number,
  at: number,
  events: (place: number) => number,
): EventInput[] {
  return Array.from({ length: issues }, (_, place) => ({
    at: at + 1000,
    project,
    issue: String(10_000 * (n + 1) + place),
    title: `Error: ${place}`,
    release: '1.0',
    environment: 'eu',
    repeat: events(place),
  }));
}
