import assert from 'node:assert/strict';
import { anodotSeries } from '../../sandbox/index.ts';
import { END, NOW } from '../support/e2e/bench.ts';
import type { Json } from '../support/e2e/json.ts';
import { statusesIn } from '../support/e2e/receipts.ts';
import { canonical, sentryRequests, taken } from '../support/e2e/received-records.ts';
import type { Posted } from '../support/e2e/service.ts';
import { FILTERS, openTwoFilters, type TwoFilters } from '../support/e2e/two-filters.ts';
import { stoppedClock } from '../support/time/steered-clock.ts';
import { until } from '../support/time/until.ts';

const SENT = { newrelic: 'sent', anodot: 'sent' };
const BEFORE = { newrelic: 'sent before', anodot: 'sent before' };

describe('servers and repeats', () => {
  let bench: TwoFilters;

  beforeEach(async () => (bench = await openTwoFilters()));
  afterEach(() => bench.close());

  it('two servers with clocks apart send the same records for the same window, byte for byte', async () => {
    const { world } = bench.sandbox;
    const one = await bench.serve(FILTERS, {}, { server: 'host-1' });
    const two = await bench.serve(FILTERS, {}, { server: 'host-2', clock: stoppedClock(NOW + 17_345) });
    const query = `?end=${new Date(END).toISOString()}`;
    const wires: string[][] = [];
    const answers: Posted[] = [];
    for (const service of [one, two]) {
      const from = [world.received.newrelic.raw.length, world.received.anodot.raw.length];
      answers.push(await service.post(query));
      const { newrelic, anodot } = world.received;
      wires.push(
        [...newrelic.raw.slice(from[0]), ...anodot.raw.slice(from[1])]
          .flatMap(({ path, body }) => recordsOf(path, body))
          .sort(),
      );
    }
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200],
    );
    assert.ok(wires[0]!.length > 15);
    assert.deepEqual(wires[1], wires[0]);
    assert.deepEqual(comparable(answers[1]!), comparable(answers[0]!));
    assert.deepEqual(
      answers.map(({ body }) => body.server as string),
      ['host-1', 'host-2'],
    );
    const keys = await Promise.all(
      [one, two].map(async (service) => {
        await service.post(`${query}&debug=true`);
        return service.log
          .filter(({ msg }) => msg === 'would send')
          .map((line) => `${line['sink']} ${line['key']} ${canonical(line['body'])}`)
          .sort();
      }),
    );
    assert.ok(keys[0]!.length > 15);
    assert.deepEqual(keys[1], keys[0]);
    // The documented price of two servers without a ledger: gauges and New Relic stand, an Anodot counter doubles.
    const web = anodotSeries(world.received.anodot.samples).filter(
      ({ properties: { filter, project } }) => filter === 'shop' && project === 'web',
    );
    assert.deepEqual(web.map(({ properties: { what }, value }) => [what, value]).sort(), [
      ['sentry_events', 128],
      ['sentry_issues', 3],
      ['sentry_users', 12],
    ]);
  });

  it('two posts at once on one server send once, and both are told so', async () => {
    const { world } = bench.sandbox;
    world.faults.add({ vendor: 'sentry', endpoint: 'events-table', kind: 'slow', ms: 1000 });
    const service = await bench.serve(FILTERS);
    const first = service.post();
    await until('the first is under way', () => world.requests.all().length > 0);
    const [a, b] = await Promise.all([first, service.post()]);
    assert.deepEqual([a.status, b.status], [200, 200]);
    assert.ok(
      service.log.some(({ msg, reports }) => msg === 'joins a run in hand' && reports.length === 2),
      'the second joined',
    );
    assert.deepEqual(
      [statusesIn(a), statusesIn(b)],
      [
        [SENT, SENT],
        [SENT, SENT],
      ],
    );
    assert.deepEqual([a.body.sentryRequests > 0, b.body.sentryRequests], [true, 0]);
    bench.assertOnce();
    const counter = anodotSeries(world.received.anodot.samples).find(
      ({ properties }) =>
        properties['filter'] === 'shop' && properties['project'] === 'api' && properties['what'] === 'sentry_events',
    );
    assert.deepEqual([counter?.samples, counter?.value], [1, 130]);
  });

  it('a post for one filter joins, the other filter runs by itself', async () => {
    const { world } = bench.sandbox;
    world.faults.add({ vendor: 'sentry', endpoint: 'events-table', kind: 'slow', ms: 1000 });
    const service = await bench.serve(FILTERS);
    const first = service.post('?filter=shop');
    await until('the first is under way', () => world.requests.all().length > 0);
    const [a, b] = await Promise.all([first, service.post()]);
    assert.deepEqual([a.status, b.status, a.body.reports.length, b.body.reports.length], [200, 200, 1, 2]);
    assert.ok(service.log.some(({ msg, reports }) => msg === 'joins a run in hand' && reports.join() === 'shop'));
    bench.assertOnce();
  });

  it('a post again is answered from memory: nothing is asked or sent', async () => {
    const { world } = bench.sandbox;
    const service = await bench.serve(FILTERS);
    const a = await service.post();
    await until('the run event is there', () => taken(world.received).runEvents.length === 1);
    const asked = world.requests.all().filter(({ vendor }) => vendor === 'sentry').length;
    const b = await service.post();
    assert.deepEqual([a.status, b.status], [200, 200]);
    assert.deepEqual([b.headers.get('sentry-monitor-sent'), b.body.sentryRequests, b.body.status], ['all', 0, 'ok']);
    assert.deepEqual(statusesIn(b), [BEFORE, BEFORE]);
    assert.deepEqual(
      b.body.reports.map(({ totals, trending }: Json) => [totals, trending]),
      a.body.reports.map(({ totals, trending }: Json) => [totals, trending]),
    );
    assert.equal(world.requests.all().filter(({ vendor }) => vendor === 'sentry').length, asked);
    bench.assertOnce();
  });

  it('a run reads each thing once, however many sinks there are', async () => {
    const service = await bench.serve(FILTERS);
    await service.post();
    assert.deepEqual(sentryRequests(bench.sandbox.world), { projects: 1, 'events-table': 6, issues: 1 });
  });
});

function recordsOf(path: string, body: string): string[] {
  const list = JSON.parse(body) as Json[];
  return (path === '/metric/v1' ? list.flatMap(({ metrics }) => metrics as unknown[]) : list).map(
    (it) => `${path} ${JSON.stringify(it)}`,
  );
}

/** Without what is the server's own: run id, clock, requests, references. */
function comparable({ body }: Posted): unknown {
  return body.reports.map(({ sinks, ...report }: Json) => ({
    ...report,
    sinks: Object.entries<Json>(sinks).map(([name, { refs: _refs, ...receipt }]) => [name, receipt]),
  }));
}
