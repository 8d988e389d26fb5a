import assert from 'node:assert/strict';
import { anodotSeries } from '../../sandbox/index.ts';
import type { Json } from '../support/e2e/json.ts';
import { fatesAt, statusesIn } from '../support/e2e/receipts.ts';
import { canonical, sameRecords, taken } from '../support/e2e/received-records.ts';
import { FILTERS, openTwoFilters, type TwoFilters } from '../support/e2e/two-filters.ts';

const BEFORE = { newrelic: 'sent before', anodot: 'sent before' };

describe('sinks in trouble during a run', () => {
  let bench: TwoFilters;

  beforeEach(async () => (bench = await openTwoFilters()));
  afterEach(() => bench.close());

  it('one sink down: the other is served; ?sink= repairs just the rest', async () => {
    const { world } = bench.sandbox;
    world.faults.add({ vendor: 'anodot', kind: 'status', status: 503, times: 0 });
    const service = await bench.serve(FILTERS);
    const a = await service.post();
    assert.deepEqual([a.status, a.body.status, a.headers.get('sentry-monitor-sent')], [502, 'partial', 'some']);
    assert.deepEqual(statusesIn(a), [
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
    assert.deepEqual(statusesIn(b), [{ anodot: 'sent' }, { anodot: 'sent' }]);
    bench.assertOnce();
    assert.deepEqual(statusesIn(await service.post()), [BEFORE, BEFORE]);
    bench.assertOnce();
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
    bench.assertOnce();
  });

  it('stored without an answer: an Anodot counter is uncertain, said so, and never sent again', async () => {
    const { world } = bench.sandbox;
    world.faults.add({ vendor: 'anodot', kind: 'stored-no-answer', times: 0 });
    const service = await bench.serve(FILTERS);
    const a = await service.post();
    const tries = world.received.anodot.raw.length;
    assert.deepEqual([a.status, a.body.status], [502, 'partial']);
    assert.deepEqual(
      fatesAt('anodot', a),
      bench.expected.map(({ samples }) => [0, 0, samples.length, 0]),
    );
    world.faults.clear();
    for (const query of ['', '?sink=anodot']) {
      const b = await service.post(query);
      assert.equal(b.status, 502, 'still not known');
      assert.deepEqual(
        fatesAt('anodot', b),
        bench.expected.map(({ samples }) => [0, 0, samples.length, 0]),
      );
    }
    assert.equal(world.received.anodot.raw.length, tries);
    bench.assertOnce();
  });

  it('stored without an answer: New Relic gets it again, and the answer says accepted', async () => {
    const { world } = bench.sandbox;
    world.faults.add({ vendor: 'newrelic', endpoint: 'nr-events', kind: 'stored-no-answer' });
    const service = await bench.serve(FILTERS);
    const a = await service.post();
    assert.deepEqual(world.received.newrelic.raw.filter(({ fault }) => fault === 'stored-no-answer').length, 1);
    assert.equal(a.status, 200);
    assert.deepEqual(
      fatesAt('newrelic', a),
      bench.expected.map(({ events, metrics }) => [events.length + metrics.length, 0, 0, 0]),
    );
    const got = taken(world.received);
    const twice = got.events.length - bench.expected.flatMap(({ events }) => events).length;
    assert.ok(twice > 0, 'it did arrive twice');
    sameRecords(
      'events, each once or twice, never another',
      [...new Set(got.events.map(canonical))],
      bench.expected.flatMap(({ events }) => events.map(canonical)),
    );
    sameRecords(
      'samples',
      got.samples,
      bench.expected.flatMap(({ samples }) => samples),
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
      bench.expected.flatMap(({ samples }) =>
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
    bench.assertOnce();
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
        fatesAt('anodot', a).map(([accepted]) => accepted),
        [0, 0],
      );
      assert.deepEqual(statusesIn(a), [
        { newrelic: 'sent', anodot: 'failed' },
        { newrelic: 'sent', anodot: 'failed' },
      ]);
      sameRecords(
        'New Relic has all',
        taken(world.received).events,
        bench.expected.flatMap(({ events }) => events),
      );
    });
  }
});
