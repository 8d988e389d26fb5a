import assert from 'node:assert/strict';
import type { EventInput, World } from '../../sandbox/index.ts';
import { factsOf, type WindowFacts } from '../../src/core/model/alerting/facts.ts';
import type { Rule } from '../../src/core/model/alerting/rule.ts';
import { emptyFilter, type Filter } from '../../src/core/model/filter.ts';
import { makeReport } from '../../src/core/model/make-report.ts';
import { ASSUMED } from '../../src/commands/plan/estimate/types.ts';
import { usersOver } from '../support/build/users-rules.ts';
import { type Bench, openBench } from '../support/e2e/bench.ts';

const MINUTE = 60_000;
const [FIVE, QUARTER, HOUR, DAY] = [5 * MINUTE, 15 * MINUTE, 60 * MINUTE, 1440 * MINUTE];
const MIDNIGHT = Date.UTC(2026, 10, 20);
const PROJECTS = ['web', 'api', 'app'];
/** Windows that end here: the last of a day, the first two of the next, one whose hour and day begin elsewhere. */
const ENDS = [MIDNIGHT, MIDNIGHT + FIVE, MIDNIGHT + 2 * FIVE, MIDNIGHT + 65 * MINUTE];
/** So many users that only issues of the beginning of the list have more. */
const SOME = 6;

const RULES: readonly Rule[] = [FIVE, QUARTER, HOUR, DAY].flatMap((spanMs) => [
  usersOver(50, spanMs),
  usersOver(SOME, spanMs, 'issue'),
]);

const SHARED: Filter = { ...emptyFilter('shared', PROJECTS), environments: ['eu'], levels: ['error'], alerts: RULES };
const ALONE: Filter = { ...emptyFilter('alone', ['api']), alerts: RULES };

/** A draw of its own for each number, the same every time. */
function lot(n: number, below: number): number {
  return Math.floor((((n * 2_654_435_761) % 4_294_967_296) / 4_294_967_296) * below);
}

/** Two days, the second just begun: users who come back, in other projects, issues, windows and at every edge. */
function story(): EventInput[] {
  const drawn = Array.from({ length: 2000 }, (_, n): EventInput => ({
    at: MIDNIGHT - DAY - HOUR + lot(n + 7, (DAY + 3 * HOUR) / 1000) * 1000,
    ...eventOf(n),
  }));
  const edges = ENDS.flatMap((end) => [FIVE, QUARTER, HOUR, DAY].map((span) => end - span)).concat(ENDS);
  const atEdges = [...new Set(edges)].flatMap((edge, index) =>
    [-1000, 0].map((off): EventInput => ({
      at: edge + off,
      ...eventOf(index),
      user: `email:at${index}${off}@example.com`,
      environment: 'eu',
      level: 'error',
    })),
  );
  const everywhere = PROJECTS.map((project, n): EventInput => ({
    at: MIDNIGHT - 2 * MINUTE,
    project,
    issue: 100 * (n + 1) + 50,
    user: 'id:everywhere',
    environment: 'eu',
    level: 'error',
  }));
  return [...drawn, ...atEdges, ...everywhere];
}

function eventOf(n: number): Omit<EventInput, 'at'> {
  const project = lot(n * 3 + 1, 3);
  const user = lot(n * 5 + 2, 140);
  return {
    project: PROJECTS[project]!,
    issue: lot(n, 100) === 0 ? null : 100 * (project + 1) + Math.min(lot(n * 11 + 3, 40), lot(n * 13 + 4, 40)),
    user: user < 8 ? null : `id:${user}`,
    environment: lot(n * 17 + 5, 5) === 0 ? 'us' : 'eu',
    level: lot(n * 19 + 6, 6) === 0 ? 'warning' : 'error',
  };
}

/** Counted event by event, of the project's own issues. */
function usersByHand(world: World, filter: Filter, start: number, end: number): readonly [number, Map<string, number>] {
  const slugs = new Map(world.projects().map(({ id, slug }) => [id, slug]));
  const all = new Set<string>();
  const byIssue = new Map<string, Set<string>>();
  for (const { projectId, environment, level, user, issueId, at } of world.events(start, end)) {
    if (at < start || at >= end || user === null || !filter.projects.includes(slugs.get(projectId)!)) continue;
    if (filter.environments.length > 0 && environment !== 'eu') continue;
    if (filter.levels.length > 0 && level !== 'error') continue;
    all.add(user);
    if (issueId !== null) byIssue.set(issueId, (byIssue.get(issueId) ?? new Set()).add(user));
  }
  return [all.size, new Map([...byIssue].map(([id, users]) => [id, users.size]))];
}

describe('users over longer spans, as the events have them', () => {
  let bench: Bench;
  before(async () => {
    bench = await openBench({ time: 'stopped' });
    const { world } = bench.sandbox;
    for (const slug of [...PROJECTS, 'elsewhere']) world.addProject({ slug });
    world.addEvents([...story(), { at: MIDNIGHT - 1000, project: 'elsewhere', issue: 900, user: 'id:999' }]);
    world.addMasses([{ start: MIDNIGHT - HOUR, end: MIDNIGHT, project: 'api', issue: 299, count: 600, users: 400 }]);
  });
  after(() => bench.close());

  async function factsAt(end: number, filters: readonly Filter[], env = {}): Promise<Map<string, WindowFacts>> {
    const { source, openScope } = (await bench.serve([{ name: 'any', projects: ['web'] }], env)).parts;
    const scope = openScope('test', 60_000);
    const window = { start: end - FIVE, end };
    const facts = new Map<string, WindowFacts>();
    for await (const answer of source.read(
      filters.map((filter) => ({ filter, window, want: 'full' })),
      scope,
    )) {
      assert.ok('reading' in answer, JSON.stringify(answer));
      facts.set(answer.ask.filter.name, factsOf(makeReport(answer.ask.filter, window, answer.reading)));
    }
    scope.close();
    return facts;
  }

  for (const end of ENDS) {
    it(`to ${new Date(end).toISOString()}: 15 minutes, an hour and a day, in three projects and in one`, async () => {
      const { world } = bench.sandbox;
      const facts = await factsAt(end, [SHARED, ALONE]);
      for (const filter of [SHARED, ALONE]) {
        const { spans, lacks } = facts.get(filter.name)!;
        const wanted = filter === SHARED ? [FIVE, QUARTER, HOUR, DAY] : [QUARTER, HOUR, DAY];
        assert.deepEqual([spans.map(({ spanMs }) => spanMs), lacks.filter((part) => part === 'totals')], [wanted, []]);
        for (const { spanMs, users, issues, issuesAbove } of spans) {
          const [all, byIssue] = usersByHand(world, filter, end - spanMs, end);
          assert.equal(users, all, `${filter.name} ${spanMs}`);
          const { environments, levels, projects } = filter;
          const truth = world.truth({ start: end - spanMs, end, environments, levels, projects });
          assert.equal(users, truth.total.users, 'as the sandbox counts them by loops of its own');
          if (spanMs === FIVE) continue;
          for (const [id, count] of byIssue)
            if (count > SOME || issues[id] !== undefined) assert.equal(issues[id], count, `${id} in ${spanMs}`);
          assert.ok(issuesAbove !== null && issuesAbove <= SOME);
          assert.ok(Object.keys(issues).every((id) => byIssue.has(id)));
        }
      }
    });
  }

  it('the story is what it should be: users shared among projects, and at the edges', async () => {
    const { world } = bench.sandbox;
    const { totals, total } = world.truth({ start: MIDNIGHT - DAY, end: MIDNIGHT, projects: PROJECTS });
    assert.ok(totals.reduce((sum, { users }) => sum + users, 0) > total.users + 100, 'shared');
    assert.ok(totals.every(({ users }) => users > 50));
    const from = (start: number, end: number): number => usersByHand(world, SHARED, start, end)[0];
    const exact = from(MIDNIGHT - DAY, MIDNIGHT);
    assert.equal(from(MIDNIGHT - DAY - 1000, MIDNIGHT) - exact, 1, 'a second before makes a difference');
    assert.equal(from(MIDNIGHT - DAY, MIDNIGHT + 1000) - exact, 1, 'and one after');
  });

  it('one window of three projects: their users together are the facts’', async () => {
    const { users, usersAtLeast } = (await factsAt(MIDNIGHT, [SHARED])).get('shared')!;
    const [all] = usersByHand(bench.sandbox.world, SHARED, MIDNIGHT - FIVE, MIDNIGHT);
    assert.deepEqual([users, usersAtLeast], [all, false]);
    const { alerts: _alerts, ...without } = SHARED;
    const bound = (await factsAt(MIDNIGHT, [without])).get('shared')!;
    assert.ok(bound.usersAtLeast && bound.users < all && bound.spans.length === 0);
  });

  it('by pages the users of one window are known, and those of longer spans are not', async () => {
    const { users, usersAtLeast, spans } = (
      await factsAt(MIDNIGHT, [SHARED], { SENTRY_SOURCE: 'pages', SENTRY_PAGES_PER_SECOND: '0', MAX_PAGES: '500' })
    ).get('shared')!;
    const [all] = usersByHand(bench.sandbox.world, SHARED, MIDNIGHT - FIVE, MIDNIGHT);
    assert.deepEqual([users, usersAtLeast], [all, false]);
    assert.deepEqual(
      spans.map((span) => [span.spanMs, span.users, span.issuesAbove]),
      [[FIVE, all, null], ...[QUARTER, HOUR, DAY].map((spanMs) => [spanMs, null, null])],
    );
  });

  it('asks one request a span, and one more by issue; without rules none', async () => {
    const { world } = bench.sandbox;
    const asked = async (filter: Filter): Promise<number> => {
      world.requests.clear();
      await factsAt(MIDNIGHT, [filter]);
      return world.requests.all().filter(({ endpoint }) => endpoint === 'events-table').length;
    };
    const { alerts: _alerts, ...without } = SHARED;
    const usual = await asked(without);
    assert.equal(await asked({ ...without, alerts: [usersOver(50, FIVE, 'issue')] }), usual);
    assert.equal(await asked({ ...without, alerts: [usersOver(50, HOUR), usersOver(70, HOUR)] }), usual + 1);
    assert.equal(await asked(SHARED), usual + 4 + 3);
    const { cost } = (await bench.serve([{ name: 'any', projects: ['web'] }])).parts.source;
    const plan = cost!.estimate([{ filter: SHARED, issues: 20, splits: 0 }], ASSUMED, 120_000);
    assert.equal(plan.requests!.warm.users, 4 + 3, 'as plans have it');
  });
});
