import assert from 'node:assert/strict';
import { anodotSeries, type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { type Clock, stoppedClock } from '../support/time/steered-clock.ts';
import { until, within } from '../support/time/until.ts';
import { assertExact, knowledgeRequests } from '../support/e2e/exact.ts';
import { type Expected, expectedOf } from '../support/e2e/expected-records.ts';
import type { Json } from '../support/e2e/json.ts';
import { assertClean, byEndpoint, sameRecords, taken } from '../support/e2e/received-records.ts';
import { type Posted, type Service, startService } from '../support/e2e/service.ts';
import { makeStory, PROJECTS, STORY_EVENTS, STORY_FILTERS, STORY_WHERE } from '../support/e2e/story.ts';

const START = Date.UTC(2026, 10, 20, 10, 0);
const END = Date.UTC(2026, 10, 20, 10, 5);
const NOW = Date.UTC(2026, 10, 20, 10, 7, 30);
const SPAN = { start: START, end: END };

describe('exactness: 20,000 events in one window', () => {
  let sandbox: Sandbox;
  let service: Service;
  let clock: Clock;
  let asked: Promise<Posted>;
  let answer: Posted;
  let expected: readonly Expected[];

  before(async () => {
    // No wait ever ends: an all-good run needs none of them.
    clock = stoppedClock(NOW);
    sandbox = await startSandbox({ now: clock.now, sleep: clock.sleep });
    const { world } = sandbox;
    for (const slug of PROJECTS) world.addProject({ slug });
    const story = makeStory(SPAN, NOW);
    for (const issue of story.issues) world.addIssue(issue);
    world.addEvents(story.events);
    service = await startService({ sandbox, clock, filters: STORY_FILTERS, env: { MAX_ROWS: '10000' } });
    expected = STORY_FILTERS.map((filter) =>
      expectedOf(world, { filter, span: SPAN, web: sandbox.sentryUrl, where: STORY_WHERE[filter.name] }),
    );
    asked = service.post();
  });

  after(async () => {
    await service?.close();
    await sandbox?.close();
  });

  it('is answered without a wait, which would never end', async () => (answer = await within('the post', asked)));

  it('the story is what the proof says it is', () => {
    const { world } = sandbox;
    const own = world
      .events(START, END)
      .filter(({ projectId }) => world.projects().some((it) => it.id === projectId && it.slug !== 'elsewhere'));
    assert.equal(own.length, STORY_EVENTS);
    assert.deepEqual(
      own.filter(({ at }) => at === START).length >= 20 && own.filter(({ at }) => at === END - 1000).length >= 20,
      true,
    );
    assert.equal(world.events(START - 1000, START).length, 9);
    assert.equal(world.events(END, END + 1000).length, 7);
    assert.ok(own.filter(({ arrivedAt }) => arrivedAt > END).length >= 250, 'late events that count');
    const counts = expected.map(({ truth }) => ({
      events: truth.total.events,
      issues: truth.issues.length,
      splits: truth.splits.length,
    }));
    assert.deepEqual(counts[4], { events: 20_000, issues: 420, splits: 0 });
    assert.deepEqual(counts[2], { events: 0, issues: 0, splits: 0 });
    for (const index of [0, 1, 3])
      assert.ok(
        counts[index]!.issues > 100 && counts[index]!.events < 20_000 && counts[index]!.events > 1000,
        JSON.stringify(counts[index]),
      );
    assert.ok(counts[0]!.splits > 500);
    const ties = expected[4]!.truth.issues.filter((issue, index, all) => all[index - 1]?.events === issue.events);
    assert.ok(ties.length > 300, 'ties');
    const titles = new Set(
      own.filter(({ issueId }) => issueId === expected[4]!.truth.issues[0]!.id).map(({ title }) => title),
    );
    assert.ok(titles.size > 2, 'several titles in one issue');
    assert.ok(
      expected[0]!.truth.splits.some(({ tags }) => tags['region'] === '' && tags['cpu-arch'] === ''),
      'missing tag values',
    );
  });

  it('the answer says ok, complete, and names the window', () => {
    const { status, headers, body } = answer;
    assert.equal(status, 200, answer.text.slice(0, 500));
    assert.equal(headers.get('sentry-monitor-sent'), 'all');
    assert.equal(headers.get('content-type'), 'application/json; charset=utf-8');
    const { run, reports, sentryRequests: _requests, ...rest } = body;
    assert.equal(typeof run, 'string');
    assert.equal(reports.length, 5);
    assert.deepEqual(rest, {
      status: 'ok',
      debug: false,
      server: 'host-1',
      clockSkewMs: -500,
      durationMs: 0,
      incomplete: 0,
      faults: [],
      window: { start: '2026-11-20T10:00:00.000Z', end: '2026-11-20T10:05:00.000Z' },
    });
  });

  for (const [index, { name }] of STORY_FILTERS.entries()) {
    it(`the answer's numbers of ${name} equal the truth`, () => {
      const report = answer.body.reports[index];
      const { totals, trending, id, events, metrics, samples } = expected[index]!;
      assert.equal(report.id, id);
      assert.deepEqual(report.window, { start: '2026-11-20T10:00:00.000Z', end: '2026-11-20T10:05:00.000Z' });
      assert.deepEqual(
        [report.filter, report.source, report.revision, report.complete, report.unattributed, report.gaps],
        [name, 'sentry', 0, true, 0, []],
      );
      assert.deepEqual(report.totals, totals);
      assert.deepEqual(
        report.trending.map(({ expected: _e, score: _s, trend: _t, ...rest }: Record<string, unknown>) => rest),
        trending,
      );
      const { newrelic, anodot } = report.sinks;
      assert.deepEqual(
        [newrelic.status, newrelic.accepted, newrelic.refused, newrelic.uncertain],
        ['sent', events.length + metrics.length, [], 0],
      );
      assert.deepEqual(
        [anodot.status, anodot.accepted, anodot.refused, anodot.uncertain],
        ['sent', samples.length, [], 0],
      );
    });

    it(`New Relic and Anodot hold exactly the records of ${name}`, () => {
      const got = taken(sandbox.world.received);
      const { events, metrics, samples } = expected[index]!;
      sameRecords(
        'events',
        got.events.filter(({ filter }) => filter === name),
        events,
      );
      sameRecords(
        'metrics',
        got.metrics.filter(({ attributes }) => attributes.filter === name),
        metrics,
      );
      sameRecords(
        'samples',
        got.samples.filter(({ properties }) => properties.filter === name),
        samples,
      );
    });
  }

  it('nothing else was sent, and nothing dropped', () => {
    assertClean(sandbox.world.received);
    assertExact(sandbox.world.received, expected);
    const refs = new Set(answer.body.reports.flatMap(({ sinks }: Json) => sinks.newrelic.refs));
    const ids = [...sandbox.world.received.newrelic.events, ...sandbox.world.received.newrelic.metrics]
      .filter(({ record }) => record['eventType'] !== 'SentryMonitorRun')
      .map(({ requestId }) => requestId);
    assert.deepEqual(refs, new Set(ids));
  });

  it('Anodot shows each metric once, in the bucket of the window', () => {
    const points = anodotSeries(sandbox.world.received.anodot.samples);
    sameRecords(
      'buckets',
      points,
      expected.flatMap(({ samples }) =>
        samples.map(({ properties, value }) => ({ properties, value, bucket: 1_795_168_800, samples: 1 })),
      ),
    );
  });

  it('times on the wire are those of the window, literally', () => {
    const { events, metrics, samples } = taken(sandbox.world.received);
    assert.deepEqual(
      new Set(events.map(({ timestamp, windowStart, windowEnd }) => `${timestamp} ${windowStart} ${windowEnd}`)),
      new Set(['1795168800000 1795168800000 1795169100000']),
    );
    assert.deepEqual(
      new Set(metrics.map((it) => `${it['timestamp']} ${it['interval.ms']}`)),
      new Set(['1795168800000 300000']),
    );
    assert.deepEqual(new Set(samples.map(({ timestamp }) => timestamp)), new Set([1_795_168_800]));
  });

  it('Sentry was asked as often as the design implies, and no more', () => {
    const { requests } = sandbox.world;
    const toSentry = requests.all().filter(({ vendor }) => vendor === 'sentry');
    // The zero of `nothing` may be known before its rows are asked for: on some machines they are, on others not.
    const empty = sandbox.world.projects().find(({ slug }) => slug === 'crm-empty')!.id;
    const ofNothing = toSentry.filter(
      ({ query }) => query.filter(([name]) => name === 'project').join() === `project,${empty}`,
    );
    assert.ok(ofNothing.length <= 1, `${ofNothing.length} requests for nothing`);

    const rest = toSentry.filter((request) => !ofNothing.includes(request));
    const pages = (rows: number): number => Math.ceil(rows / 100);
    // The question whether there is a table. `nothing` and `all` look for the same and ask for their totals together.
    let table = 1 + STORY_FILTERS.length - 1;
    for (const { truth } of expected) {
      table += pages(truth.issues.length) + pages(truth.splits.length);
    }
    const { lists, histories } = knowledgeRequests(expected, STORY_FILTERS);
    assert.ok(histories > 5, `${histories} of the story came back days ago`);
    assert.deepEqual(byEndpoint(rest), { projects: 1, 'events-table': table, issues: lists, issue: histories });
    assert.equal(answer.body.sentryRequests, toSentry.length);
    assert.ok(requests.all().every(({ status }) => status !== null && status < 300));
    assert.ok(requests.maxInFlight().sentry <= 10);
  });

  it('requests to the vendors stay within 1,000 records and 1,000,000 bytes', () => {
    const { newrelic, anodot } = sandbox.world.received;
    for (const { path, body, status } of [...newrelic.raw, ...anodot.raw]) {
      const list = JSON.parse(body) as Json[];
      const count = path === '/metric/v1' ? list.flatMap(({ metrics }) => metrics as unknown[]).length : list.length;
      assert.ok(
        count >= 1 && count <= 1000 && Buffer.byteLength(body) < 1_000_000 && status !== null && status < 300,
        `${path}: ${count} records, ${Buffer.byteLength(body)} bytes, ${status}`,
      );
    }
    const largest = newrelic.raw.reduce((sum, { body }) => sum + Buffer.byteLength(body), 0);
    assert.ok(largest > 1_000_000 && newrelic.events.length > 2000, 'both limits were in reach');
  });

  it('the run event is the one record beside, stamped on arrival', async () => {
    await until('the run event follows the answer', () => taken(sandbox.world.received).runEvents.length > 0);
    const { runEvents } = taken(sandbox.world.received);
    assert.deepEqual(runEvents, [
      {
        eventType: 'SentryMonitorRun',
        outcome: 'ok',
        durationMs: 0,
        filters: 5,
        failed: 0,
        incomplete: 0,
        faults: 0,
        sentryRequests: answer.body.sentryRequests,
        corrections: 0,
        sinks: 'anodot,newrelic',
        clockSkewMs: -500,
        server: 'host-1',
        version: '0.0.0',
        windowStart: START,
      },
    ]);
  });
});
