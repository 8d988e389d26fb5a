import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Sandbox } from '../../sandbox/index.ts';
import { ask, at, box, type Json, NOW, post, postEvents, postSamples, sentry, table, TEN } from './support.ts';

const WINDOW = { start: '2026-11-20T10:00:00Z', end: '2026-11-20T10:05:00Z' };

/** Counted by hand: see the truth below. */
const EVENTS = [
  at(0, {
    project: 'web',
    issue: 1,
    title: 'A: Timeout in cart',
    user: 'id:1',
    level: 'error',
    environment: 'production',
    tags: { os: 'Linux' },
  }),
  at(1, {
    project: 'web',
    issue: 1,
    title: 'A: Timeout in cart',
    user: 'id:2',
    level: 'error',
    environment: 'production',
  }),
  at(2, {
    project: 'web',
    issue: 2,
    title: 'B: TIMEOUT',
    user: 'id:1',
    level: 'fatal',
    environment: 'staging',
    tags: { os: 'Linux' },
  }),
  at(3, {
    project: 'api',
    issue: 3,
    title: 'C: other',
    culprit: 'lib/timeout.js',
    level: 'error',
    environment: 'production',
    repeat: 3,
  }),
  at(4, {
    project: 'api',
    issue: null,
    title: 'D: timeout without issue',
    user: 'id:9',
    level: 'error',
    environment: 'production',
  }),
  at(5, { project: 'api', issue: 3, title: 'C: health check timeout', level: 'error', environment: 'production' }),
  at(6, { project: 'web', issue: 4, title: 'E: nothing', stack: [{ filename: 'timeout.js', function: 'f' }] }),
  at(299, {
    project: 'web',
    issue: 1,
    title: 'A: Timeout in cart',
    user: 'id:3',
    level: 'error',
    environment: 'production',
    arrivedAt: NOW + 1,
  }),
  at(300, { project: 'web', issue: 1, title: 'A: Timeout in cart' }),
];

function fill(sandbox: Sandbox): void {
  sandbox.world.addProject({ slug: 'web', id: 101 });
  sandbox.world.addProject({ slug: 'api', id: 102 });
  sandbox.world.addProject({ slug: 'idle', id: 103 });
  sandbox.world.addEvents(EVENTS);
}

describe('sandbox: truth', () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await box();
    fill(sandbox);
  });
  afterEach(() => sandbox.close());

  it('is what was counted by hand', () => {
    const truth = sandbox.world.truth({
      ...WINDOW,
      projects: ['web', 'api', 'idle'],
      terms: ['timeout'],
      exclude: ['Health Check'],
      tags: ['os'],
    });
    assert.deepEqual(truth, {
      totals: [
        { project: 'web', events: 3, users: 2, issues: 2 },
        { project: 'api', events: 4, users: 1, issues: 1 },
        { project: 'idle', events: 0, users: 0, issues: 0 },
      ],
      total: { events: 7, users: 3, issues: 3 },
      issues: [
        { id: '3', project: 'api', events: 3, users: 0 },
        { id: '1', project: 'web', events: 2, users: 2 },
        { id: '2', project: 'web', events: 1, users: 1 },
      ],
      splits: [
        { issueId: '3', tags: { os: '' }, events: 3 },
        { issueId: '1', tags: { os: 'Linux' }, events: 1 },
        { issueId: '1', tags: { os: '' }, events: 1 },
        { issueId: '2', tags: { os: 'Linux' }, events: 1 },
      ],
      unattributed: 1,
    });
  });

  it('grows when a late event arrives', () => {
    const events = (): number => sandbox.world.truth({ ...WINDOW, projects: ['web'] }).total.events;
    assert.equal(events(), 4);
    sandbox.world.clock.set(NOW + 1);
    assert.equal(events(), 5);
  });

  it('narrows by environment, level and a predicate', () => {
    const count = (rest: object): number => sandbox.world.truth({ ...WINDOW, ...rest }).total.events;
    assert.equal(count({}), 9);
    assert.equal(count({ environments: ['staging'] }), 1);
    assert.equal(count({ levels: ['fatal'] }), 1);
    assert.equal(count({ levels: ['error', 'fatal'], environments: ['production'] }), 7);
    assert.equal(count({ where: (event: { issueId: string | null }) => event.issueId === '3' }), 4);
  });

  it('leaves deleted and forbidden projects out, and follows merges', () => {
    sandbox.world.forbidProject('api');
    assert.equal(sandbox.world.truth(WINDOW).total.events, 4);
    sandbox.world.mergeIssue('2', '1');
    assert.deepEqual(
      sandbox.world.truth(WINDOW).issues.map((one) => [one.id, one.events]),
      [
        ['1', 3],
        ['4', 1],
      ],
    );
  });
});

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
    assert.deepEqual(maxInFlight, { sentry: 0, newrelic: 1, anodot: 1, ping: 0 });
    const everything = JSON.stringify([received, requests]);
    for (const key of [sandbox.keys.newRelicKey, sandbox.keys.anodotToken])
      assert.equal(everything.includes(key), false);
  });

  it('tells the truth, sets limits and settings, and resets', async () => {
    fill(sandbox);
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

describe('sandbox: as a process', () => {
  it('prints its address, answers, and ends on SIGTERM even with a hanging connection', async () => {
    const child = spawn(process.execPath, ['sandbox/server.ts', '--port', '0', '--story', 'none'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const { url, keys } = JSON.parse(line.toString()) as { url: string; keys: { sentryToken: string } };
    await post(`${url}/sandbox/projects`, { slug: 'web' });
    await post(`${url}/sandbox/faults`, { vendor: 'sentry', kind: 'hang', endpoint: 'issues' });
    const headers = { authorization: `Bearer ${keys.sentryToken}` };
    const open = fetch(`${url}/api/0/organizations/acme/issues/?project=-1`, { headers }).catch(
      (error: unknown) => error,
    );
    while ((await ask(`${url}/sandbox/requests`)).body.requests.length === 0);
    child.kill('SIGTERM');
    assert.deepEqual(await once(child, 'exit'), [0, null]);
    assert.ok((await open) instanceof Error);
  }).timeout(10_000);
});
