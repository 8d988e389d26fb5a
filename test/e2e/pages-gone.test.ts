import assert from 'node:assert/strict';
import { type Bench, burst, openBench, START } from '../support/e2e/bench.ts';
import type { Json } from '../support/e2e/json.ts';
import { taken } from '../support/e2e/received-records.ts';
import type { FilterSpec, Posted, Service } from '../support/e2e/service.ts';

const WEB: FilterSpec = { name: 'web', projects: ['web'] };
const BOTH: FilterSpec = { name: 'both', projects: ['web', 'api'] };
const MINUTE = 60_000;

describe('GlitchTip answers 200 and an empty list for what is gone', () => {
  let bench: Bench;
  let service: Service;
  beforeEach(async () => {
    bench = await openBench({ time: 'stopped', flavour: 'glitchtip' });
    const { world } = bench.sandbox;
    for (const slug of ['web', 'api', 'quiet']) world.addProject({ slug });
    world.addEvents([...burst('web', 101, 12), ...burst('api', 201, 7)]);
    service = await bench.serve([WEB, BOTH], { SENTRY_PAGES_PER_SECOND: '0' });
    const { status, body } = await service.post('?debug=true');
    assert.deepEqual([status, body.reports.map(({ gaps }: Json) => gaps as unknown)], [200, [[], []]]);
  });
  afterEach(() => bench.close());

  const world = () => bench.sandbox.world;
  /** The next window, with events in both projects, and its run. */
  const next = (minutes = 5): Promise<Posted> => {
    bench.clock.advance(minutes * MINUTE);
    return service.post();
  };
  const metricsOf = (): unknown[] => {
    const { metrics, samples } = taken(world().received) as Json;
    return [metrics.length, samples.length];
  };

  for (const [what, change] of [
    ["the token's user left the organization", () => void (world().settings.glitchtipMember = false)],
    ['the slug of the organization changed', () => void (world().settings.organization = 'acme-corp')],
  ] as const) {
    for (const release of ['4.1', '5.1'] as const) {
      it(`${release}, ${what}: no filter can be read, nothing is sent, in no window, and it says where to look`, async () => {
        world().settings.glitchtipRelease = release;
        change();
        // Within the minutes in which the list is not read again, after them, and when it is an hour old.
        for (const minutes of [1, 5, 65, 5]) {
          const { status, body, headers } = await next(minutes);
          assert.deepEqual([status, headers.get('sentry-monitor-sent'), body.status], [503, 'none', 'failed']);
          for (const { error } of body.reports as Json[])
            assert.match(String(error), /the list of projects is empty; check SENTRY_ORG and what the token may see/);
        }
        assert.deepEqual(metricsOf(), [0, 0]);
      });
    }
  }

  for (const [what, change] of [
    ['deleted', () => world().deleteProject('api')],
    ['renamed', () => world().renameProject('api', 'api-2')],
    ['closed to the token', () => world().forbidProject('api')],
  ] as const) {
    for (const minutes of [1, 5])
      it(`a project that was ${what} ${minutes} minutes ago: a gap and no number, the other is whole`, async () => {
        change();
        const { status, body } = await next(minutes);
        assert.equal(status, 200);
        const report = body.reports.find(({ filter }: Json) => filter === 'both');
        assert.deepEqual(
          [
            report.complete,
            report.totals.map(({ project }: Json) => project as string),
            report.gaps.map(({ part, reason, project }: Json) => [part, reason, project]),
          ],
          [false, ['web'], [['totals', 'project_not_found', 'api']]],
        );
      });
  }

  it('an empty list of projects is no trouble for which the older one serves, whatever the pages hold', async () => {
    world().faults.add({ vendor: 'sentry', endpoint: 'projects', kind: 'garbage', variant: 'array', times: 0 });
    bench.clock.advance(4 * MINUTE);
    world().addEvents(burst('web', 101, 12, { at: START + 5 * MINUTE }));
    const { status, body } = await next(1);
    assert.equal(status, 503, JSON.stringify(body.reports));
    for (const { error } of body.reports as Json[]) assert.match(String(error), /the list of projects is empty/);
  });

  it('a project gone, and the list of projects cannot be had: nobody knows, so no number', async () => {
    world().deleteProject('api');
    world().faults.add({ vendor: 'sentry', endpoint: 'projects', kind: 'status', status: 400, times: 0 });
    const { body } = await next();
    const report = body.reports.find(({ filter }: Json) => filter === 'both');
    assert.deepEqual(
      [report.complete, report.totals.length, report.gaps.map(({ reason, project }: Json) => [reason, project])],
      [false, 1, [['not_answered', 'api']]],
    );
    assert.match(report.gaps[0].detail as string, /whether it is still there could not be asked: .*answered 400/);
  });

  it('a project that never had an event is a zero: the list says that it is there', async () => {
    const quiet = await bench.serve([{ name: 'quiet', projects: ['web', 'quiet'] }], { SENTRY_PAGES_PER_SECOND: '0' });
    const { body } = await quiet.post(`?debug=true&end=${new Date(START + 5 * MINUTE).toISOString()}`);
    const [report] = body.reports;
    assert.deepEqual(
      [report.complete, report.totals.map(({ events }: Json) => events as number)],
      [true, [12, 0]],
      JSON.stringify(report.gaps),
    );
  });
});
