import assert from 'node:assert/strict';
import type { Sandbox } from '../../../sandbox/index.ts';
import { fillHandCounted, WINDOW } from '../hand-counted.ts';
import { ask, box, type Json, NOW, post, postEvents, postSamples, sentry, table, TEN } from '../support.ts';

describe('sandbox: control API', () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await box();
  });
  afterEach(() => sandbox.close());

  const tell = (path: string, body: unknown) => post(`${sandbox.url}/sandbox/${path}`, body);
  const look = async (path: string): Promise<Json> => (await ask(`${sandbox.url}/sandbox/${path}`)).body;

  it('adds projects, environments, issues and events', async () => {
    await tell('projects', [{ slug: 'web', id: 101 }, { slug: 'api' }]);
    await tell('environments', ['qa']);
    const issue = await tell('issues', { project: 'web', id: 7, title: 'mine' });
    assert.equal(issue.body.issues[0].shortId, 'WEB-1');
    const added = await tell('events', {
      events: [
        { at: TEN, project: 'web', issue: 7, repeat: 3 },
        { at: '2026-11-20T10:01:00Z', project: 'api' },
      ],
    });
    assert.equal(added.body.events.length, 4);
    assert.equal((await table(sandbox, 'field=count()')).body.data[0]['count()'], 4);
    assert.equal((await table(sandbox, 'environment=qa&field=count()')).status, 200);
    assert.equal((await look(`events?start=${String(TEN)}&end=2026-11-20T10:00:01Z`)).events.length, 3);
  });

  it('changes projects and issues', async () => {
    await tell('projects', [
      { slug: 'web', id: 101 },
      { slug: 'api', id: 102 },
      { rename: 'web', to: 'shop' },
      { forbid: 'api' },
    ]);
    assert.deepEqual(
      (await look('projects')).projects.map((one: Json) => [one.slug, one.access]),
      [
        ['shop', 'full'],
        ['api', 'forbidden'],
      ],
    );
    await tell('projects', [{ allow: '102' }, { delete: 'shop' }]);
    assert.deepEqual(
      (await look('projects')).projects.map((one: Json) => one.access),
      ['deleted', 'full'],
    );
    await tell('issues', [
      { project: 'api', id: 7 },
      { project: 'api', id: 8 },
      { patch: '7', title: 'new title', status: 'resolved' },
      { merge: '8', into: '7' },
    ]);
    const { body } = await sentry(sandbox, 'organizations/acme/issues/?project=-1&group=7&group=8');
    assert.deepEqual(
      body.map((one: Json) => [one.id, one.title, one.status]),
      [['7', 'new title', 'resolved']],
    );
    await tell('issues', { delete: '7' });
    assert.deepEqual((await sentry(sandbox, 'organizations/acme/issues/?project=-1&group=7')).body, []);
  });

  it('changes keys: those before are refused, until all is as it was at first', async () => {
    const projects = async (): Promise<number> => (await sentry(sandbox, 'organizations/acme/projects/')).status;
    assert.equal(await projects(), 200);
    assert.deepEqual((await tell('keys', { sentryToken: 'another' })).body, { ok: true });
    assert.equal(await projects(), 401);
    await tell('reset', {});
    assert.equal(await projects(), 200);
    assert.equal((await tell('keys', { sentryTokn: 'x' })).status, 400);
    assert.match((await tell('keys', { sentryToken: 7 })).body.error, /^texts are wanted for some of sentryToken, /);
  });

  it('refuses a fault of which a word is unknown, because it would never come', async () => {
    const refusal = async (fault: object): Promise<string> => {
      const { status, body } = await tell('faults', { vendor: 'sentry', kind: 'hang', ...fault });
      assert.equal(status, 400);
      return body.error;
    };
    assert.match(await refusal({ vendor: 'sentri' }), /^unknown vendor: sentri; there are sentry, newrelic, anodot, /);
    assert.match(await refusal({ kind: 'hung' }), /^unknown kind of fault: hung; there are 429-rate, /);
    assert.match(
      await refusal({ endpoint: 'isues' }),
      /^unknown endpoint: isues; there are \*, organizations, organization, events-table, /,
    );
    assert.match(await refusal({ time: 0 }), /^unknown field: time; there are vendor, endpoint, kind, times, /);
    assert.deepEqual((await look('faults')).faults, []);
  });

  it('moves the clock', async () => {
    assert.deepEqual((await tell('clock', { now: '2030-01-01T00:00:00Z' })).body, { now: Date.UTC(2030, 0, 1) });
    assert.deepEqual((await tell('clock', { offsetMs: -1000 })).body, { now: NOW - 1000 });
    assert.deepEqual((await tell('clock', { real: true })).body, { now: NOW });
    assert.equal((await tell('clock', {})).status, 400);
  });

  it('breaks and mends', async () => {
    await tell('faults', { vendor: 'newrelic', kind: 'status', status: 503, times: 0 });
    assert.equal((await postEvents(sandbox, [{}])).status, 503);
    assert.equal((await look('faults')).faults.length, 1);
    await ask(`${sandbox.url}/sandbox/faults`, { method: 'DELETE' });
    assert.equal((await postEvents(sandbox, [{}])).status, 200);
    assert.equal((await tell('faults', { vendor: 'newrelic', kind: 'nonsense' })).status, 400);
  });

  it('shows what was received, without keys', async () => {
    await postEvents(sandbox, [{ eventType: 'A', value: 1 }, { value: 2 }]);
    await postSamples(sandbox, [{ properties: { what: 'w' }, timestamp: TEN / 1000, value: 2 }, {}]);
    const received = await look('received');
    assert.deepEqual([received.newrelic.events.length, received.newrelic.droppedEvents.length], [1, 1]);
    assert.deepEqual(
      [received.anodot.samples.length, received.anodot.refused.length, received.anodot.series[0].value],
      [1, 1, 2],
    );
    assert.equal(received.newrelic.raw[0].body, '[{"eventType":"A","value":1},{"value":2}]');
    const { requests, maxInFlight } = await look('requests');
    assert.deepEqual(
      requests.map((one: Json) => [one.n, one.vendor, one.endpoint, one.method, one.status]),
      [
        [1, 'newrelic', 'nr-events', 'POST', 200],
        [2, 'anodot', 'anodot-metrics', 'POST', 200],
      ],
    );
    assert.deepEqual(requests[1].query, [
      ['token', '***'],
      ['protocol', 'anodot20'],
    ]);
    assert.deepEqual(
      Object.entries(maxInFlight).filter(([, most]) => most !== 0),
      Object.entries({ newrelic: 1, anodot: 1 }),
    );
    const everything = JSON.stringify([received, requests]);
    for (const key of [sandbox.keys.newRelicKey, sandbox.keys.anodotToken])
      assert.equal(everything.includes(key), false);
  });

  it('tells the truth, sets limits and settings, and resets', async () => {
    fillHandCounted(sandbox);
    assert.equal((await tell('truth', { ...WINDOW, terms: ['nothing'] })).body.total.events, 1);
    await tell('limits', { endpoint: 'events-table', requests: 1, windowSeconds: 60, concurrent: 9 });
    assert.deepEqual(
      [(await table(sandbox, 'field=count()')).status, (await table(sandbox, 'field=count()')).status],
      [200, 429],
    );
    await tell('settings', { scopes: [] });
    assert.equal((await sentry(sandbox, 'organizations/acme/projects/')).status, 403);
    await tell('clock', { now: 5 });
    await tell('reset', {});
    assert.deepEqual(
      [(await look('clock')).now, (await look('requests')).requests, (await look('projects')).projects],
      [NOW, [], []],
    );
    assert.equal((await sentry(sandbox, 'organizations/acme/projects/')).status, 200);
  });

  it('names its mistakes', async () => {
    assert.equal((await tell('nonsense', {})).status, 400);
    assert.equal((await tell('events', '{')).status, 400);
    assert.match((await tell('events', [{ at: 0, project: 'nowhere' }])).body.error, /no such project: nowhere/);
  });
});
