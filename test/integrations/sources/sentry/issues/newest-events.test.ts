import assert from 'node:assert/strict';
import { startSandbox } from '../../../../../sandbox/index.ts';
import type { Reply } from '../../../../support/build/http-mock.ts';
import { depsOf } from '../../../../support/build/deps.ts';
import { scopeOf } from '../../../../support/build/scope.ts';
import { buildSource, projects, table } from '../../../../support/sentry/sentry.ts';

const SPAN = { start: '2026-11-06T10:07:30', end: '2026-11-20T10:07:30', query: 'issue.id:4711' };
const PAGE = 'https://sentry.io/organizations/acme/issues/4711/events/';

describe('the newest events of an issue', () => {
  const rows = (query: string, ...replies: readonly Reply[]) =>
    table(['id', 'timestamp', 'user'], ['-timestamp', 'id'], { ...SPAN, query }, replies);
  const event = (id: string, second: number, user: string | null) => ({
    ...{ id, user, 'project.name': 'crm-web' },
    timestamp: `2026-11-20T10:00:${String(second).padStart(2, '0')}+00:00`,
  });
  const ask = (limit: number, project = 'crm-web', env = {}) =>
    buildSource(env).newestEvents!({ project, id: '4711' }, limit, scopeOf());
  const at = (second: number): number => Date.UTC(2026, 10, 20, 10, 0, second);

  it('are listed with user and page, and the others are counted', async () => {
    projects();
    rows(SPAN.query, { body: { data: [event('c', 9, 'id:7'), event('b', 5, null), event('a', 1, 'ip:10.0.0.1')] } });
    assert.deepEqual(await ask(2), {
      listed: [
        { at: at(9), user: '7', url: `${PAGE}c/` },
        { at: at(5), user: null, url: `${PAGE}b/` },
      ],
      more: 1,
    });
  });

  it('have no page where Sentry does not say which they are, and are none where it does not say when', async () => {
    projects();
    const link = '<https://sentry.io/x>; rel="next"; results="true"; cursor="0:100:0"';
    const data = [
      { ...event('', 9, 'username:ann'), id: null },
      { ...event('b', 1, null), timestamp: 'soon' },
    ];
    rows(SPAN.query, { body: { data }, headers: { link } });
    table(['count()'], ['-count()'], SPAN, [{ body: { data: [] } }]);
    assert.deepEqual(await ask(40), { listed: [{ at: at(9), user: 'ann', url: null }], more: 0 });
  });

  it('of more than a page are counted by one more request', async () => {
    projects();
    const link = '<https://sentry.io/x>; rel="next"; results="true"; cursor="0:100:0"';
    rows(SPAN.query, { body: { data: [event('a', 1, 'ann')] }, headers: { link } });
    table(['count()'], ['-count()'], SPAN, [{ body: { data: [{ 'count()': 523 }] } }]);
    assert.deepEqual(await ask(40), { listed: [{ at: at(1), user: 'ann', url: `${PAGE}a/` }], more: 522 });
  });

  it('are none of a project that is not there, or on a server without a table; its trouble is said', async () => {
    projects();
    assert.match((await ask(40, 'gone'))!.lack!, /^Its events are not listed: .*gone/);
    assert.equal(await ask(40, 'crm-web', { SENTRY_SOURCE: 'pages' }), null);
    projects();
    rows(SPAN.query, { status: 403, body: { detail: 'no' } });
    await assert.rejects(ask(40), /answered 403/);
  });

  it('are those that a whole server has', async () => {
    const deps = depsOf();
    const sandbox = await startSandbox({ now: deps.now });
    try {
      sandbox.world.addProject({ slug: 'web' });
      const issue = sandbox.world.addIssue({ project: 'web', title: 'E' });
      const { sentryUrl: SENTRY_URL, keys } = sandbox;
      const begin = deps.now() - 600_000;
      const events = Array.from({ length: 120 }, (_, n) => ({ at: begin + n * 1000, user: `id:${n}` }));
      sandbox.world.addEvents(events.map((event) => ({ project: 'web', issue: issue.id, ...event })));
      const source = buildSource({ SENTRY_URL, SENTRY_ORG: keys.sentryOrg, SENTRY_AUTH_TOKEN: keys.sentryToken }, deps);
      const hits = (await source.newestEvents!({ project: 'web', id: issue.id }, 40, scopeOf()))!;
      assert.deepEqual([hits.listed.length, hits.more, hits.listed[0]!.user], [40, 80, '119']);
      assert.equal(hits.listed[0]!.at, deps.now() - 600_000 + 119_000);
    } finally {
      await sandbox.close();
    }
  });
});
