import assert from 'node:assert/strict';
import { type Bench, burst, openBench, START } from '../support/e2e/bench.ts';
import type { Json } from '../support/e2e/json.ts';
import { taken } from '../support/e2e/received-records.ts';
import type { FilterSpec } from '../support/e2e/service.ts';

const WEB: FilterSpec = { name: 'web', projects: ['web'] };
const BOTH: FilterSpec = { name: 'both', projects: ['web', 'api'] };
const FAST = { SENTRY_PAGES_PER_SECOND: '0' };

describe('servers without the events table, at their oddest', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await openBench({ time: 'stopped', flavour: 'glitchtip' });
    const { world } = bench.sandbox;
    for (const slug of ['web', 'api']) world.addProject({ slug });
    world.addEvents([...burst('web', 101, 120), ...burst('api', 201, 7)]);
  });
  afterEach(() => bench.close());

  const gaps = (report: Json): unknown[] =>
    report.gaps.map(({ part, reason, project }: Json) => [part, reason, project]);

  it('no level anywhere, its issues cannot be had: levels choose nothing, and the report says so', async () => {
    const { received, faults } = bench.sandbox.world;
    faults.add({ vendor: 'sentry', endpoint: 'project-issues', kind: 'status', status: 400 });
    const service = await bench.serve([{ ...WEB, levels: ['error'] }], FAST);
    const {
      status,
      body: {
        reports: [report],
      },
    } = await service.post();
    assert.deepEqual(
      [status, report.complete, report.totals[0].events, gaps(report)],
      [
        200,
        false,
        0,
        [
          ['totals', 'not_known', 'web'],
          ['details', 'not_answered', 'web'],
        ],
      ],
    );
    assert.match(report.gaps[0].detail as string, /^120 events tell no level/);
    assert.deepEqual(
      [received.anodot.samples.length, received.newrelic.metrics.length],
      [0, 0],
      'what carries no mark of a gap is not sent',
    );
  });

  it('a project that was deleted since: a gap within the next window, although its events are listed as none', async () => {
    const { world } = bench.sandbox;
    const service = await bench.serve([BOTH], FAST);
    assert.deepEqual((await service.post('?debug=true')).body.reports[0].gaps, []);
    world.deleteProject('api');
    bench.clock.advance(300_000);
    const {
      body: {
        reports: [report],
      },
    } = await service.post();
    assert.deepEqual([report.complete, gaps(report)], [false, [['totals', 'project_not_found', 'api']]]);
    const count = taken(world.received).events.find((it) => it['type'] === 'event_count' && it['project'] === 'api')!;
    assert.deepEqual([count['value'], count['complete']], [undefined, 0], 'unknown is not zero');
  });

  for (const flavour of ['glitchtip', 'sentry-2019'] as const) {
    it(`${flavour} behind a proxy that takes the Link away: what was read, and a gap that says what to do`, async () => {
      const { world } = bench.sandbox;
      world.setFlavour(flavour);
      world.settings.link = 'stripped';
      const service = await bench.serve([BOTH], FAST);
      const {
        body: {
          reports: [report],
        },
      } = await service.post();
      assert.deepEqual(
        [report.totals.map(({ events }: Json) => events as number), gaps(report)],
        [[100, 7], [['totals', 'pages_broken', 'web']]],
      );
    });
  }

  it('an event that no clock dated counts by its arrival', async () => {
    const { world } = bench.sandbox;
    world.addEvents([{ at: START + 5000, project: 'web', issue: 102, dateless: true, repeat: 3 }]);
    const service = await bench.serve([WEB], FAST);
    assert.equal((await service.post()).body.reports[0].totals[0].events, 123);
  });

  it('an upgrade to a server with a table is noticed within the hour, and nothing is lost meanwhile', async () => {
    const service = await bench.serve([WEB], { ...FAST, TREND_BASELINES: 'off' });
    const sources: string[] = [];
    for (let hour = 0; hour < 3; hour++) {
      const { status, body } = await service.post('?debug=true&end=2026-11-20T10:05:00.000Z');
      assert.deepEqual([status, body.reports[0].totals[0].events], [200, 120]);
      sources.push(body.reports[0].source as string);
      bench.sandbox.world.setFlavour('sentry');
      bench.clock.advance(3_600_000);
    }
    assert.deepEqual(sources, ['sentry-pages', 'sentry-pages', 'sentry']);
    assert.ok(
      service.log.some(
        ({ msg, kind, before }) => /has an events table/.test(msg as string) && kind === 'table' && before === 'pages',
      ),
    );
  });
});
