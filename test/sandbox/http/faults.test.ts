import assert from 'node:assert/strict';
import type { Fault, Sandbox } from '../../../sandbox/index.ts';
import { box, failure, type Json, NOW, postEvents, postMetrics, postSamples, sentry, table, TEN } from '../support.ts';

const COUNT = 'field=count()';
const event = { eventType: 'X', timestamp: TEN, value: 1 };
const metrics = [{ metrics: [{ name: 'n', value: 1, timestamp: TEN }] }];
const sample = { properties: { what: 'w', target_type: 'gauge' }, timestamp: TEN / 1000, value: 1 };

describe('sandbox: faults', () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await box();
    sandbox.world.addProject({ slug: 'web', id: 101 });
  });
  afterEach(() => sandbox.close());

  const broken = (kind: Fault['kind'], rest: Partial<Fault> = {}): void => {
    sandbox.world.faults.add({ vendor: 'sentry', kind, ...rest });
  };

  it('429-rate is JSON under text/html with a reset and no Retry-After', async () => {
    broken('429-rate', { seconds: 5 });
    const { status, headers, body } = await table(sandbox, COUNT);
    assert.equal(status, 429);
    assert.equal(headers.get('content-type'), 'text/html; charset=utf-8');
    assert.equal(headers.get('retry-after'), null);
    assert.equal(headers.get('x-sentry-rate-limit-reset'), String(NOW / 1000 + 5));
    assert.equal(headers.get('x-sentry-rate-limit-remaining'), '0');
    assert.deepEqual(body, {
      detail: 'You are attempting to use this endpoint too frequently. Limit is 30 requests in 1 seconds',
    });
  });

  it('429-concurrency says so', async () => {
    broken('429-concurrency');
    const { status, headers, body } = await table(sandbox, COUNT);
    assert.equal(status, 429);
    assert.equal(headers.get('x-sentry-rate-limit-concurrentremaining'), '0');
    assert.deepEqual(body, {
      detail: 'You are attempting to go above the allowed concurrency for this endpoint. Concurrency limit is 15',
    });
  });

  it('429-rate has the form of each ingest API', async () => {
    sandbox.world.faults.add({ vendor: 'newrelic', kind: '429-rate', times: 2 });
    sandbox.world.faults.add({ vendor: 'anodot', kind: '429-rate' });
    sandbox.world.faults.add({ vendor: 'anodot', kind: '429-rate', status: 429 });
    const [events, points] = [await postEvents(sandbox, [event]), await postMetrics(sandbox, metrics)];
    assert.deepEqual([events.status, events.headers.get('retry-after')], [429, null]);
    assert.deepEqual([points.status, points.headers.get('retry-after')], [429, '7']);
    const [soft, hard] = [await postSamples(sandbox, [sample]), await postSamples(sandbox, [sample])];
    assert.deepEqual([soft.status, soft.body.errors[0].error, 'index' in soft.body.errors[0]], [200, '2003', false]);
    assert.equal(hard.status, 429);
    assert.deepEqual(sandbox.world.received.newrelic.events.concat(sandbox.world.received.newrelic.metrics), []);
    assert.deepEqual(sandbox.world.received.anodot.samples, []);
  });

  it('status answers any code and body', async () => {
    broken('status', { status: 418, body: '{"detail":"tea"}' });
    const { status, body } = await table(sandbox, COUNT);
    assert.deepEqual([status, body], [418, { detail: 'tea' }]);
  });

  it('html is a page with 200', async () => {
    broken('html');
    const { status, headers, text } = await table(sandbox, COUNT);
    assert.equal(status, 200);
    assert.match(headers.get('content-type') ?? '', /^text\/html/);
    assert.match(text, /^<!DOCTYPE html>/);
  });

  it('empty is nothing with 200; with store the records are kept', async () => {
    sandbox.world.faults.add({ vendor: 'newrelic', kind: 'empty' });
    sandbox.world.faults.add({ vendor: 'newrelic', kind: 'empty', store: true });
    const first = await postEvents(sandbox, [event]);
    assert.deepEqual([first.status, first.text, sandbox.world.received.newrelic.events.length], [200, '', 0]);
    await postEvents(sandbox, [event]);
    assert.equal(sandbox.world.received.newrelic.events.length, 1);
  });

  it('garbage is broken or of another shape', async () => {
    for (const variant of ['broken-json', 'array', 'object', 'null', 'data-null', 'number'])
      broken('garbage', { variant });
    const texts: string[] = [];
    for (let i = 0; i < 6; i++) texts.push((await table(sandbox, COUNT)).text);
    assert.throws(() => {
      JSON.parse(texts[0] ?? '');
    });
    assert.deepEqual(
      texts.slice(1).map((text) => JSON.parse(text) as unknown),
      [[], { unexpected: true }, null, { data: null, meta: null }, 42],
    );
  });

  it('cut ends the connection before anything is stored', async () => {
    sandbox.world.faults.add({ vendor: 'newrelic', kind: 'cut' });
    assert.match(await failure(postEvents(sandbox, [event])), /ECONNRESET|UND_ERR_SOCKET/);
    assert.equal(sandbox.world.received.newrelic.events.length, 0);
    assert.equal(sandbox.world.requests.all()[0]?.status, null);
  });

  it('stored-no-answer ends it afterwards', async () => {
    sandbox.world.faults.add({ vendor: 'anodot', kind: 'stored-no-answer' });
    assert.match(await failure(postSamples(sandbox, [sample])), /ECONNRESET|UND_ERR_SOCKET/);
    assert.equal(sandbox.world.received.anodot.samples.length, 1);
  });

  it('cut-body ends it in the middle of the answer', async () => {
    broken('cut-body');
    assert.notEqual(await failure(table(sandbox, COUNT)), 'none');
    assert.equal(sandbox.world.requests.all()[0]?.status, 200);
  });

  it('slow waits as long as told and then answers', async () => {
    const waits: number[] = [];
    const slow = await box({
      sleep: async (ms) => {
        waits.push(ms);
      },
    });
    slow.world.addProject({ slug: 'web' });
    slow.world.faults.add({ vendor: 'sentry', kind: 'slow', ms: 45_000 });
    assert.equal((await table(slow, COUNT)).status, 200);
    assert.deepEqual(waits, [45_000]);
    await slow.close();
  });

  it('hang never answers, and close() ends it', async () => {
    const hanging = await box();
    hanging.world.faults.add({ vendor: 'sentry', kind: 'hang' });
    const open = failure(sentry(hanging, 'organizations/acme/projects/'));
    while (hanging.world.requests.all().length === 0)
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    await hanging.close();
    assert.match(await open, /ECONNRESET|UND_ERR_SOCKET/);
  });

  it('hang ends when the client gives up', async () => {
    broken('hang');
    const open = fetch(`${sandbox.sentryUrl}/api/0/organizations/acme/projects/`, { signal: AbortSignal.timeout(50) });
    assert.equal(await failure(open), 'TimeoutError');
    assert.equal(sandbox.world.requests.all()[0]?.fault, 'hang');
  });

  it('query-timeout is the 400 that may be repeated', async () => {
    broken('query-timeout');
    const { status, body } = await table(sandbox, COUNT);
    assert.equal(status, 400);
    assert.match(body.detail, /^\nQuery timeout\. Please try again\./);
  });

  it('partial-refusal refuses places or every nth sample', async () => {
    sandbox.world.faults.add({
      vendor: 'anodot',
      kind: 'partial-refusal',
      indices: [0, 2],
      code: 2028,
      description: 'too long',
    });
    sandbox.world.faults.add({ vendor: 'anodot', kind: 'partial-refusal', every: 2 });
    const first = await postSamples(sandbox, Array<unknown>(4).fill(sample));
    assert.deepEqual(first.body.errors, [
      { index: '0', error: '2028', description: 'too long' },
      { index: '2', error: '2028', description: 'too long' },
    ]);
    const second = await postSamples(sandbox, Array<unknown>(4).fill(sample));
    assert.deepEqual(
      second.body.errors.map((one: Json) => [one.index, one.error]),
      [
        ['1', '2003'],
        ['3', '2003'],
      ],
    );
    assert.equal(sandbox.world.received.anodot.samples.length, 4);
  });

  it('redirect leads elsewhere', async () => {
    broken('redirect');
    const { status, headers } = await table(sandbox, COUNT);
    assert.deepEqual([status, headers.get('location')], [302, 'http://elsewhere.example.com/login/']);
  });

  it('gateway is HTML or JSON', async () => {
    broken('gateway', { status: 504 });
    broken('gateway', { status: 503, variant: 'json' });
    const [page, text] = [await table(sandbox, COUNT), await table(sandbox, COUNT)];
    assert.equal(page.status, 504);
    assert.match(page.text, /^<html>/);
    assert.deepEqual(
      [text.status, text.body],
      [503, { error: 'apigateway', detail: 'Downstream service temporarily unavailable' }],
    );
  });

  it('apply as often as told, after those that pass, where they match', async () => {
    broken('status', { status: 500, skip: 1, times: 2, endpoint: 'events-table', match: 'message:"a b"' });
    const statuses: number[] = [];
    for (let i = 0; i < 5; i++) statuses.push((await table(sandbox, `${COUNT}&query=message:%22a%20b%22`)).status);
    assert.deepEqual(statuses, [200, 500, 500, 200, 200]);
    broken('status', { status: 500, times: 0, endpoint: 'projects' });
    assert.equal((await table(sandbox, COUNT)).status, 200);
    for (let i = 0; i < 3; i++) assert.equal((await sentry(sandbox, 'organizations/acme/projects/')).status, 500);
    sandbox.world.faults.clear();
    assert.equal((await sentry(sandbox, 'organizations/acme/projects/')).status, 200);
  });

  it('match a compressed body too, and are noted in the log', async () => {
    sandbox.world.faults.add({ vendor: 'newrelic', kind: 'status', status: 503, match: '"value":7' });
    const { gzipSync } = await import('node:zlib');
    const send = (value: number) =>
      postEvents(sandbox, gzipSync(JSON.stringify([{ ...event, value }])), { 'content-encoding': 'gzip' });
    assert.deepEqual([(await send(6)).status, (await send(7)).status], [200, 503]);
    assert.deepEqual(
      sandbox.world.requests.all().map((one) => [one.n, one.endpoint, one.status, one.fault]),
      [
        [1, 'nr-events', 200, null],
        [2, 'nr-events', 503, 'status'],
      ],
    );
  });
});
