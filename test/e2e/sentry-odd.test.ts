import assert from 'node:assert/strict';
import { type Bench, burst, END, openBench } from '../support/e2e/bench.ts';
import { assertFilterExact } from '../support/e2e/exact.ts';
import type { Json } from '../support/e2e/json.ts';
import { sentryRequests, taken } from '../support/e2e/received-records.ts';
import type { FilterSpec } from '../support/e2e/service.ts';

const WEB: FilterSpec = { name: 'web', projects: ['web'] };
const BOTH: FilterSpec = { name: 'both', projects: ['web', 'api'] };

describe('Sentry at its oddest: projects, environments, addresses', () => {
  let bench: Bench;
  const open = async (options: Parameters<typeof openBench>[0] = { time: 'stopped' }): Promise<Bench> =>
    (bench = await openBench(options));

  afterEach(() => bench.close());

  function fill(): void {
    const { world } = bench.sandbox;
    for (const slug of ['web', 'api']) world.addProject({ slug });
    world.addEvents([
      ...burst('web', 101, 40, { users: 7 }),
      ...burst('web', 102, 12),
      ...burst('api', 201, 130, { users: 90 }),
    ]);
  }

  it('a filter over 120 of 130 projects is exact, the list is read over two pages', async () => {
    await open();
    const { world } = bench.sandbox;
    const slugs = Array.from({ length: 130 }, (_, n) => `p${n}`);
    for (const [n, slug] of slugs.entries()) world.addProject({ slug, id: 1000 + n });
    world.addEvents(slugs.flatMap((slug, n) => burst(slug, 5000 + n, n % 4 === 0 ? 0 : 1 + (n % 9))));
    const filter: FilterSpec = { name: 'many', projects: slugs.slice(0, 120) };
    const service = await bench.serve([filter]);
    const answer = await service.post();
    assert.equal(answer.status, 200, answer.text.slice(0, 300));
    assertFilterExact(bench, answer, filter);
    assert.equal(answer.body.reports[0].totals.length, 120);
    assert.equal(answer.body.reports[0].totals.filter(({ events }: Json) => events === 0).length, 30);
    assert.deepEqual(sentryRequests(world), { projects: 2, 'events-table': 3, issues: 1 });
  });

  for (const [what, act, reason] of [
    ['renamed', 'renameProject', 'project_not_found'],
    ['deleted', 'deleteProject', 'project_not_found'],
    ['forbidden', 'forbidProject', 'project_forbidden'],
  ] as const) {
    for (const when of ['before the first run', 'between two runs'] as const) {
      it(`a project ${what} ${when} is a gap, the others are exact`, async () => {
        await open();
        fill();
        const { world } = bench.sandbox;
        const service = await bench.serve([BOTH, WEB]);
        if (when === 'between two runs')
          assert.equal((await service.post('?debug=true')).body.reports[0].complete, true);
        // A former id stays readable while the list is young: what counts is the slug the filter names.
        bench.clock.advance(when === 'between two runs' && what === 'renamed' ? 3_600_000 : 0);
        if (act === 'renameProject') world.renameProject('api', 'api-2');
        else world[act]('api');
        const answer = await service.post(`?end=${new Date(END).toISOString()}`);
        const [both] = answer.body.reports;
        assert.equal(answer.status, 200, 'a report with gaps is data');
        assert.deepEqual(
          [both.complete, both.gaps.map(({ part, reason: why, project }: Json) => [part, why, project])],
          [false, [['totals', reason, 'api']]],
        );
        assert.equal(answer.body.incomplete, 1);
        assert.deepEqual(both.totals, [{ project: 'web', events: 52, issues: 2, users: 12 }]);
        const counts = taken(world.received).events.filter(
          (it) => it['filter'] === 'both' && it['type'] === 'event_count',
        );
        assert.deepEqual(
          counts.map((it) => [it['project'], it['value'], it['complete'], it['reason']]),
          [
            ['web', 52, 1, undefined],
            ['api', undefined, 0, reason],
          ],
        );
        assertFilterExact(bench, answer, WEB);
      });
    }
  }

  it('all projects forbidden, as the list says too, is a filter that failed, and the others are exact', async () => {
    await open();
    fill();
    bench.sandbox.world.forbidProject('api');
    const service = await bench.serve([{ name: 'api', projects: ['api'] }, WEB]);
    const answer = await service.post();
    assert.deepEqual(
      [answer.status, answer.body.reports[0].gaps.map(({ reason, project }: Json) => [reason, project])],
      [502, [['project_forbidden', 'api']]],
    );
    assertFilterExact(bench, answer, WEB);
  });

  it('a moment in which Sentry refuses everything is a failure, and nothing is left out after it', async () => {
    await open();
    fill();
    const { world } = bench.sandbox;
    const service = await bench.serve([BOTH, WEB]);
    world.faults.add({
      vendor: 'sentry',
      endpoint: 'events-table',
      kind: 'status',
      status: 403,
      body: '{"detail":"no"}',
      times: 0,
    });
    const refused = await service.post();
    assert.equal(refused.status, 503, refused.text.slice(0, 300));
    assert.deepEqual(
      taken(world.received).events.filter(({ type }) => type === 'event_count'),
      [],
    );
    world.faults.clear();
    const answer = await service.post();
    assert.equal(answer.status, 200, answer.text.slice(0, 300));
    for (const filter of [BOTH, WEB]) assertFilterExact(bench, answer, filter);
  });

  for (const [path, setting] of [
    ['/sentry', '/sentry'],
    ['/a/b', '/a/b/'],
    ['/sentry', '/sentry/api/0'],
  ] as const) {
    it(`self-hosted under ${path}, set as …${setting}`, async () => {
      await open({ time: 'stopped', basePath: path });
      fill();
      const service = await bench.serve([BOTH], { SENTRY_URL: bench.sandbox.url + setting });
      const answer = await service.post();
      assert.equal(answer.status, 200, answer.text.slice(0, 300));
      assertFilterExact(bench, answer, BOTH);
      assert.ok(
        answer.body.reports[0].url.startsWith(`${bench.sandbox.sentryUrl}/organizations/acme/`),
        answer.body.reports[0].url as string,
      );
      assert.ok(
        bench.sandbox.world.requests
          .all()
          .filter(({ vendor }) => vendor === 'sentry')
          .every(({ path: asked }) => asked.startsWith('/api/0/organizations/acme/')),
      );
    });
  }
});
