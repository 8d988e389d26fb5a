import assert from 'node:assert/strict';
import { type Bench, burst, END, openBench, START } from '../support/e2e/bench.ts';
import { assertFilterExact } from '../support/e2e/exact.ts';
import type { Json } from '../support/e2e/json.ts';
import { sentryRequests } from '../support/e2e/received-records.ts';
import type { FilterSpec } from '../support/e2e/service.ts';
import { dice } from '../support/e2e/story.ts';

const WEB: FilterSpec = { name: 'web', projects: ['web'] };

describe('Sentry at its oddest: late events, rows of one count, requests in flight', () => {
  let bench: Bench;
  const open = async (options: Parameters<typeof openBench>[0] = { time: 'stopped' }): Promise<Bench> =>
    (bench = await openBench(options));

  afterEach(() => bench.close());

  function fill(): void {
    const { world } = bench.sandbox;
    world.addProject({ slug: 'web' });
    world.addEvents([...burst('web', 101, 40, { users: 7 }), ...burst('web', 102, 12)]);
  }

  it('late events count when they have arrived, and not before', async () => {
    await open();
    fill();
    const { world } = bench.sandbox;
    const now = bench.clock.now();
    world.addEvents([
      { at: START, project: 'web', issue: 103, user: 'id:99', repeat: 4, arrivedAt: now },
      { at: END - 1000, project: 'web', issue: 104, repeat: 5, arrivedAt: now + 1 },
    ]);
    const service = await bench.serve([WEB]);
    assert.deepEqual((await service.post('?debug=true')).body.reports[0].totals, [
      { project: 'web', events: 56, issues: 3, users: 13 },
    ]);
    bench.clock.advance(1);
    assert.deepEqual((await service.post('?debug=true')).body.reports[0].totals, [
      { project: 'web', events: 61, issues: 4, users: 13 },
    ]);
  });

  it('events without an issue are in the totals, and said to be unattributed', async () => {
    await open();
    fill();
    bench.sandbox.world.addEvents([{ at: START, project: 'web', issue: null, repeat: 8 }]);
    const service = await bench.serve([WEB]);
    const [report] = (await service.post()).body.reports;
    assert.deepEqual(
      [
        report.totals[0].events,
        report.unattributed,
        report.complete,
        report.gaps.map(({ reason }: Json) => reason as string),
      ],
      [60, 8, false, ['rows_differ']],
    );
  });

  it('350 issues of one count: no row is lost or doubled over four pages, ten times', async () => {
    await open();
    const { world } = bench.sandbox;
    world.addProject({ slug: 'web' });
    const roll = dice(7);
    const ids = Array.from({ length: 350 }, (_, n) => 1 + n * 37 + Math.floor(roll() * 9));
    world.addEvents(ids.flatMap((id) => burst('web', id, 3, { tags: { a: id % 2 === 0 ? 'x' : 'y' } })));
    const filter: FilterSpec = { ...WEB, tags: ['a', 'missing'] };
    for (let round = 0; round < 10; round++) {
      const service = await bench.serve([filter]);
      const { body } = await service.post('?debug=true');
      const [report] = body.reports;
      assert.deepEqual(
        [report.complete, report.gaps, report.totals],
        [true, [], [{ project: 'web', events: 1050, issues: 350, users: 3 }]],
      );
      const items = report.sinks.newrelic.items
        .filter(({ type }: Json) => type === 'sentry_issue')
        .map(({ sentryIssueId }: Json) => Number(sentryIssueId));
      assert.deepEqual(items, ids, 'by count, then by id as a number');
      assert.equal(report.sinks.newrelic.items.filter(({ type }: Json) => type === 'sentry_issue_tag').length, 350);
    }
    assert.equal(sentryRequests(world)['events-table'], 10 * (1 + 1 + 4 + 4));
  });

  for (const limit of [1, 2, 5]) {
    it(`never more than SENTRY_CONCURRENCY=${limit} requests are in flight, and all of them are used`, async () => {
      await open({ time: 'jump' });
      const { world } = bench.sandbox;
      const slugs = Array.from({ length: 12 }, (_, n) => `p${n}`);
      for (const slug of slugs) world.addProject({ slug });
      world.addEvents(slugs.flatMap((slug, n) => burst(slug, 100 + n, 3)));
      world.faults.add({ vendor: 'sentry', kind: 'slow', ms: 500, times: 0 });
      const filters = slugs.map((slug): FilterSpec => ({ name: `f-${slug}`, projects: [slug], tags: ['a'] }));
      const service = await bench.serve(filters, { SENTRY_CONCURRENCY: String(limit) });
      const answer = await service.post();
      assert.equal(answer.status, 200);
      assert.equal(world.requests.maxInFlight().sentry, limit);
      world.faults.clear();
      for (const filter of filters) assertFilterExact(bench, answer, filter);
    });
  }
});
