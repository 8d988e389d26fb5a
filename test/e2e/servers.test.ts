import assert from 'node:assert/strict';
import { anodotSeries } from '../../sandbox/index.ts';
import { type Bench, burst, END, NOW, openBench, SPAN } from '../support/e2e/bench.ts';
import { stoppedClock } from '../support/time/steered-clock.ts';
import { until } from '../support/time/until.ts';
import { type Expected, expectedOf } from '../support/e2e/expected-records.ts';
import type { Json } from '../support/e2e/json.ts';
import { canonical, sameRecords, sentryRequests, taken } from '../support/e2e/received-records.ts';
import type { FilterSpec, Posted } from '../support/e2e/service.ts';

const FILTERS: readonly FilterSpec[] = [
  { name: 'shop', projects: ['web', 'api'], tags: ['region'] },
  { name: 'web-only', projects: ['web'], searchTerms: ['declined', 'trouble 101'] },
];

/** Fates of all items, by sink: accepted, refused, uncertain, failed. */
function fates({ body }: Posted, sink: string): number[][] {
  return body.reports.map(({ sinks }: Json) => [
    sinks[sink].accepted,
    sinks[sink].refused.length,
    sinks[sink].uncertain,
    sinks[sink].failed,
  ]);
}

function statuses({ body }: Posted): Record<string, string>[] {
  return body.reports.map(({ sinks }: Json) =>
    Object.fromEntries(Object.entries<Json>(sinks).map(([name, { status }]) => [name, status])),
  );
}

const SENT = { newrelic: 'sent', anodot: 'sent' };
const BEFORE = { newrelic: 'sent before', anodot: 'sent before' };

describe('servers and repeats', () => {
  let bench: Bench;
  let expected: readonly Expected[];

  beforeEach(async () => {
    bench = await openBench({ time: 'jump' });
    const { world } = bench.sandbox;
    for (const slug of ['web', 'api']) world.addProject({ slug });
    world.addEvents([
      ...burst('web', 101, 40, { users: 7, tags: { region: 'eu' } }),
      ...burst('web', 101, 3),
      ...burst('web', 102, 12, { title: 'PaymentError: card "declined"' }),
      ...burst('web', 103, 9, { title: 'other' }),
      ...burst('api', 201, 130, { users: 90, tags: { region: 'us' } }),
    ]);
    expected = FILTERS.map((filter) => expectedOf(world, { filter, span: SPAN, web: bench.sandbox.sentryUrl }));
  });
  afterEach(() => bench.close());

  /** Each record reached each vendor once, with the true numbers. */
  function assertOnce(): void {
    const got = taken(bench.sandbox.world.received);
    sameRecords(
      'events',
      got.events,
      expected.flatMap(({ events }) => events),
    );
    sameRecords(
      'metrics',
      got.metrics,
      expected.flatMap(({ metrics }) => metrics),
    );
    sameRecords(
      'samples',
      got.samples,
      expected.flatMap(({ samples }) => samples),
    );
  }

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
      [statuses(a), statuses(b)],
      [
        [SENT, SENT],
        [SENT, SENT],
      ],
    );
    assert.deepEqual([a.body.sentryRequests > 0, b.body.sentryRequests], [true, 0]);
    assertOnce();
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
    assertOnce();
  });

  it('a post again is answered from memory: nothing is asked or sent', async () => {
    const { world } = bench.sandbox;
    const service = await bench.serve(FILTERS);
    const a = await service.post();
    await until('the heartbeat is there', () => taken(world.received).heartbeats.length === 1);
    const asked = world.requests.all().filter(({ vendor }) => vendor === 'sentry').length;
    const b = await service.post();
    assert.deepEqual([a.status, b.status], [200, 200]);
    assert.deepEqual([b.headers.get('sentry-monitor-sent'), b.body.sentryRequests, b.body.status], ['all', 0, 'ok']);
    assert.deepEqual(statuses(b), [BEFORE, BEFORE]);
    assert.deepEqual(
      b.body.reports.map(({ totals, trending }: Json) => [totals, trending]),
      a.body.reports.map(({ totals, trending }: Json) => [totals, trending]),
    );
    assert.equal(world.requests.all().filter(({ vendor }) => vendor === 'sentry').length, asked);
    assertOnce();
  });

  it('one sink down: the other is served; ?sink= repairs just the rest', async () => {
    const { world } = bench.sandbox;
    world.faults.add({ vendor: 'anodot', kind: 'status', status: 503, times: 0 });
    const service = await bench.serve(FILTERS);
    const a = await service.post();
    assert.deepEqual([a.status, a.body.status, a.headers.get('sentry-monitor-sent')], [502, 'partial', 'some']);
    assert.deepEqual(statuses(a), [
      { newrelic: 'sent', anodot: 'failed' },
      { newrelic: 'sent', anodot: 'failed' },
    ]);
    assert.deepEqual(taken(world.received).samples, []);
    assert.ok(
      world.received.anodot.raw.length >= 2 && world.received.anodot.raw.every(({ status }) => status === 503),
      'it was tried',
    );
    world.faults.clear();
    const b = await service.post('?sink=anodot');
    assert.deepEqual([b.status, b.headers.get('sentry-monitor-sent')], [200, 'all']);
    assert.deepEqual(statuses(b), [{ anodot: 'sent' }, { anodot: 'sent' }]);
    assertOnce();
    assert.deepEqual(statuses(await service.post()), [BEFORE, BEFORE]);
    assertOnce();
  });

  it('samples that Anodot refuses for good are named, the others stay', async () => {
    const { world } = bench.sandbox;
    world.faults.add({
      vendor: 'anodot',
      kind: 'partial-refusal',
      indices: [1, 4],
      code: 2009,
      description: 'Property value too long',
    });
    const service = await bench.serve([FILTERS[0]!]);
    const { status, body, headers } = await service.post();
    assert.equal(world.received.anodot.refused.length, 2);
    assert.deepEqual([status, headers.get('sentry-monitor-sent')], [502, 'some']);
    const { anodot, newrelic } = body.reports[0].sinks;
    assert.deepEqual(
      [anodot.status, anodot.accepted, anodot.uncertain, anodot.failed, newrelic.status],
      ['sent', 4, 0, 0, 'sent'],
    );
    assert.deepEqual(
      anodot.refused.map(({ why }: Json) => why as string),
      Array(2).fill('anodot: 2009 Property value too long'),
    );
    const named = anodot.refused.map(({ key }: Json) => JSON.parse(key as string).slice(2)).sort();
    assert.deepEqual(
      named,
      world.received.anodot.refused
        .map(({ sample }: Json) => [sample.properties.what, sample.properties.project])
        .sort(),
    );
    assert.equal(world.received.anodot.raw.length, 1, 'what is refused for good is not sent again');
    assert.equal(taken(world.received).samples.length, 4);
  });

  it('samples that Anodot refuses for the moment, and only they, are sent again', async () => {
    const { world } = bench.sandbox;
    world.settings.anodotErrors = 'number';
    world.faults.add({ vendor: 'anodot', kind: 'partial-refusal', every: 2, code: 2003 });
    const service = await bench.serve(FILTERS);
    const answer = await service.post();
    const [first, ...again] = world.received.anodot.raw.map(({ body }) => (JSON.parse(body) as unknown[]).length);
    assert.deepEqual(
      [world.received.anodot.refused.length, again[0]],
      [Math.floor(first! / 2), Math.floor(first! / 2)],
    );
    assert.equal(answer.status, 200);
    assertOnce();
  });

  it('stored without an answer: an Anodot counter is uncertain, said so, and never sent again', async () => {
    const { world } = bench.sandbox;
    world.faults.add({ vendor: 'anodot', kind: 'stored-no-answer', times: 0 });
    const service = await bench.serve(FILTERS);
    const a = await service.post();
    const tries = world.received.anodot.raw.length;
    assert.deepEqual([a.status, a.body.status], [502, 'partial']);
    assert.deepEqual(
      fates(a, 'anodot'),
      expected.map(({ samples }) => [0, 0, samples.length, 0]),
    );
    world.faults.clear();
    for (const query of ['', '?sink=anodot']) {
      const b = await service.post(query);
      assert.equal(b.status, 502, 'still not known');
      assert.deepEqual(
        fates(b, 'anodot'),
        expected.map(({ samples }) => [0, 0, samples.length, 0]),
      );
    }
    assert.equal(world.received.anodot.raw.length, tries);
    assertOnce();
  });

  it('stored without an answer: New Relic gets it again, and the answer says accepted', async () => {
    const { world } = bench.sandbox;
    world.faults.add({ vendor: 'newrelic', endpoint: 'nr-events', kind: 'stored-no-answer' });
    const service = await bench.serve(FILTERS);
    const a = await service.post();
    assert.deepEqual(world.received.newrelic.raw.filter(({ fault }) => fault === 'stored-no-answer').length, 1);
    assert.equal(a.status, 200);
    assert.deepEqual(
      fates(a, 'newrelic'),
      expected.map(({ events, metrics }) => [events.length + metrics.length, 0, 0, 0]),
    );
    const got = taken(world.received);
    const twice = got.events.length - expected.flatMap(({ events }) => events).length;
    assert.ok(twice > 0, 'it did arrive twice');
    sameRecords(
      'events, each once or twice, never another',
      [...new Set(got.events.map(canonical))],
      expected.flatMap(({ events }) => events.map(canonical)),
    );
    sameRecords(
      'samples',
      got.samples,
      expected.flatMap(({ samples }) => samples),
    );
  });

  it('an Anodot gauge is repeated, since a repeat changes no average', async () => {
    const { world } = bench.sandbox;
    world.faults.add({ vendor: 'anodot', kind: 'stored-no-answer' });
    const service = await bench.serve(FILTERS, { ANODOT_EVENTS_AS: 'gauge' });
    assert.equal((await service.post()).status, 200);
    assert.equal(world.received.anodot.raw.length >= 2, true);
    const values = anodotSeries(world.received.anodot.samples).map(
      ({ properties: { what, project, filter }, value }) => `${what} ${project} ${filter} ${value}`,
    );
    sameRecords(
      'buckets',
      values,
      expected.flatMap(({ samples }) =>
        samples.map(({ properties: { what, project, filter }, value }) => `${what} ${project} ${filter} ${value}`),
      ),
    );
  });

  it('a request too large for New Relic is halved until it fits, nothing lost or doubled', async () => {
    const { world } = bench.sandbox;
    world.faults.add({ vendor: 'newrelic', endpoint: 'nr-events', kind: 'status', status: 413, times: 3 });
    const service = await bench.serve(FILTERS);
    assert.equal((await service.post()).status, 200);
    assert.equal(world.received.newrelic.raw.filter(({ status }) => status === 413).length, 3);
    assertOnce();
  });

  for (const [what, fault] of [
    ['HTML', { kind: 'html' }],
    ['an empty body', { kind: 'empty' }],
    ['a half answer', { kind: 'cut-body' }],
  ] as const) {
    it(`${what} with 200 from Anodot is no success`, async () => {
      const { world } = bench.sandbox;
      world.faults.add({ vendor: 'anodot', ...fault, times: 0 });
      const service = await bench.serve(FILTERS);
      const a = await service.post();
      assert.ok(world.received.anodot.raw.length > 0);
      assert.deepEqual([a.status, a.headers.get('sentry-monitor-sent')], [502, 'some']);
      assert.deepEqual(
        fates(a, 'anodot').map(([accepted]) => accepted),
        [0, 0],
      );
      assert.deepEqual(statuses(a), [
        { newrelic: 'sent', anodot: 'failed' },
        { newrelic: 'sent', anodot: 'failed' },
      ]);
      sameRecords(
        'New Relic has all',
        taken(world.received).events,
        expected.flatMap(({ events }) => events),
      );
    });
  }

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
