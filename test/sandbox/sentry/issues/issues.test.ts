import assert from 'node:assert/strict';
import type { Sandbox } from '../../../../sandbox/index.ts';
import { at, box, type Json, sentry, TEN, WINDOW } from '../../support.ts';

describe('sandbox: projects', () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await box();
  });
  afterEach(() => sandbox.close());

  it('come as pages, every one once', async () => {
    for (let i = 0; i < 230; i++) sandbox.world.addProject({ slug: `p${String(i)}` });
    const seen: string[] = [];
    let cursor: string | undefined = '0:0:0';
    while (cursor !== undefined) {
      const { body, headers } = await sentry(sandbox, `organizations/acme/projects/?per_page=100&cursor=${cursor}`);
      seen.push(...body.map((project: { slug: string }) => project.slug));
      cursor = /rel="next"; results="true"; cursor="([^"]+)"/.exec(headers.get('link') ?? '')?.[1];
    }
    assert.equal(seen.length, 230);
    assert.equal(new Set(seen).size, 230);
  });

  it('have ids as texts, and no access where forbidden', async () => {
    sandbox.world.addProject({ slug: 'web', id: 101, platform: null });
    sandbox.world.addProject({ slug: 'secret', id: 102 });
    sandbox.world.addProject({ slug: 'gone', id: 103 });
    sandbox.world.forbidProject('secret');
    sandbox.world.deleteProject('gone');
    sandbox.world.addEvents([at(1, { project: 'web', environment: 'production' })]);
    const { body } = await sentry(sandbox, 'organizations/acme/projects/');
    assert.deepEqual(
      body.map((one: Json) => [one.id, one.slug, one.hasAccess, one.platform]),
      [
        ['102', 'secret', false, 'javascript'],
        ['101', 'web', true, null],
      ],
    );
    assert.deepEqual(body[1].environments, ['production']);
  });

  it('answer a former slug with 302 resource-moved', async () => {
    sandbox.world.addProject({ slug: 'web', id: 101 });
    sandbox.world.renameProject('web', 'shop');
    const { status, headers, body } = await sentry(sandbox, 'projects/acme/web/');
    assert.equal(status, 302);
    assert.equal(headers.get('location'), '/api/0/projects/acme/shop/');
    assert.deepEqual(body, {
      slug: 'shop',
      detail: {
        code: 'resource-moved',
        message: 'Resource has been moved',
        extra: { url: '/api/0/projects/acme/shop/', slug: 'shop' },
      },
    });
    assert.equal((await sentry(sandbox, 'projects/acme/shop/')).body.id, '101');
    assert.equal((await sentry(sandbox, 'projects/acme/never/')).status, 404);
    sandbox.world.forbidProject('shop');
    assert.equal((await sentry(sandbox, 'projects/acme/shop/')).status, 403);
    sandbox.world.deleteProject('shop');
    assert.equal((await sentry(sandbox, 'projects/acme/shop/')).status, 404);
  });

  it('are below a base path when there is one', async () => {
    const below = await box({ basePath: '/sentry' });
    assert.equal(below.sentryUrl, `${below.url}/sentry`);
    assert.equal((await sentry(below, 'organizations/acme/projects/')).status, 200);
    assert.equal((await fetch(`${below.url}/api/0/organizations/acme/projects/`)).status, 404);
    await below.close();
  });
});

describe('sandbox: issues', () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await box();
    sandbox.world.addProject({ slug: 'web', id: 101 });
    sandbox.world.addProject({ slug: 'api', id: 102 });
    sandbox.world.addIssue({
      id: 7,
      project: 'web',
      title: 'A: one',
      culprit: null,
      permalink: null,
      firstSeen: TEN - 86_400_000 + 403,
      olderEvents: 40,
      assignedTo: { type: 'team', id: '2', name: 'acme' },
      substatus: 'regressed',
    });
    sandbox.world.addIssue({ id: 8, project: 'api', title: 'B: two', status: 'resolved', substatus: null });
    sandbox.world.addEvents([
      at(-600, { project: 'web', issue: 7, user: 'id:9' }),
      at(5, { project: 'web', issue: 7, user: 'id:1', level: 'fatal', environment: 'production' }),
      at(65, { project: 'web', issue: 7, user: 'id:1' }),
      at(70, { project: 'api', issue: 8, user: 'id:2', repeat: 3 }),
    ]);
  });
  afterEach(() => sandbox.close());

  const issues = (query: string) => sentry(sandbox, `organizations/acme/issues/?${query}`);
  const idsOf = (body: Json): string[] => body.map((one: { id: string }) => one.id);

  it('come by group=, without a link, with window and lifetime apart', async () => {
    const { body, headers } = await issues(`project=-1&group=7&${WINDOW}&groupStatsPeriod=&query=is:resolved`);
    assert.equal(headers.get('link'), null);
    const [issue] = body;
    assert.deepEqual(
      [issue.id, issue.count, issue.userCount, issue.firstSeen, issue.lastSeen],
      ['7', '2', 1, '2026-11-20T10:00:05Z', '2026-11-20T10:01:05Z'],
    );
    assert.deepEqual(issue.lifetime, {
      count: '43',
      userCount: 16,
      firstSeen: '2026-11-19T10:00:00.403000Z',
      lastSeen: '2026-11-20T10:01:05Z',
    });
    assert.deepEqual(
      [issue.filtered, issue.permalink, issue.culprit, issue.substatus, issue.shortId],
      [null, null, null, 'regressed', 'WEB-1'],
    );
    assert.deepEqual(issue.project, { id: '101', name: 'web', slug: 'web', platform: 'javascript' });
    assert.deepEqual(issue.assignedTo, { type: 'team', id: '2', name: 'acme' });
    assert.equal('stats' in issue, false);
  });

  it('have a permalink of the sandbox itself unless set', async () => {
    const { body } = await issues(`project=102&group=8&${WINDOW}`);
    assert.equal(body[0].permalink, `${sandbox.url}/organizations/acme/issues/8/`);
  });

  it('are absent when unknown, deleted, merged or of another project', async () => {
    const groups = 'group=7&group=8&group=999';
    assert.deepEqual(idsOf((await issues(`project=-1&${groups}`)).body), ['7', '8']);
    assert.deepEqual(idsOf((await issues(`project=102&${groups}`)).body), ['8']);
    sandbox.world.deleteIssue('8');
    assert.deepEqual(idsOf((await issues(`project=-1&${groups}`)).body), ['7']);
    sandbox.world.addIssue({ id: 9, project: 'web' });
    sandbox.world.mergeIssue('7', '9');
    assert.deepEqual(idsOf((await issues(`project=-1&${groups}`)).body), []);
    assert.equal((await issues(`project=-1&group=9&${WINDOW}`)).body[0].count, '2');
  });

  it('are at most 100 at a time', async () => {
    for (let id = 100; id < 250; id++) sandbox.world.addIssue({ id, project: 'web' });
    const groups = Array.from({ length: 150 }, (_, i) => `group=${String(100 + i)}`).join('&');
    assert.equal((await issues(`project=-1&limit=500&${groups}`)).body.length, 100);
    assert.equal((await issues(`project=-1&limit=3&${groups}`)).body.length, 3);
  });

  it('leave out what is collapsed', async () => {
    const [issue] = (await issues(`project=-1&group=7&${WINDOW}&collapse=stats&collapse=unhandled`)).body;
    assert.deepEqual(
      ['lifetime', 'filtered', 'isUnhandled'].filter((key) => key in issue),
      [],
    );
  });

  it('are searched with their own conditions and those on events', async () => {
    const search = (query: string) => issues(`project=-1&${WINDOW}&sort=freq&query=${encodeURIComponent(query)}`);
    assert.deepEqual(idsOf((await search('')).body), ['8', '7']);
    assert.deepEqual(idsOf((await search('is:unresolved')).body), ['7']);
    assert.deepEqual(idsOf((await search('is:regressed')).body), ['7']);
    assert.deepEqual(idsOf((await search('!is:unresolved')).body), ['8']);
    assert.deepEqual(idsOf((await search('is:resolved level:fatal')).body), []);
    const fatal = await search('level:fatal');
    assert.deepEqual(
      fatal.body.map((one: Json) => [one.id, one.count, one.filtered.count]),
      [['7', '2', '1']],
    );
    assert.equal(fatal.headers.get('x-hits'), '1');
    assert.match(fatal.headers.get('link') ?? '', /rel="next"; results="false"/);
  });

  it('default to is:unresolved', async () => {
    assert.deepEqual(idsOf((await issues(`project=-1&${WINDOW}`)).body), ['7']);
  });

  it('refuse OR, aggregates, odd periods and half a window', async () => {
    const detail = async (query: string): Promise<unknown> => {
      const { status, body } = await issues(`project=-1&${query}`);
      return [status, body.detail];
    };
    assert.deepEqual(await detail(`query=a%20OR%20b`), [
      400,
      'Boolean statements containing "OR" or "AND" are not supported in this search',
    ]);
    assert.equal((await issues('project=-1&query=count():%3E5')).status, 400);
    assert.deepEqual(await detail('groupStatsPeriod=7d'), [
      400,
      "Invalid stats_period. Valid choices are '', '24h', '14d' and 'auto'",
    ]);
    assert.deepEqual(await detail('start=2026-11-20'), [400, 'start and end are both required']);
    assert.equal((await issues('project=-1&query=(boom)')).status, 200);
  });

  it('answer an event id at once', async () => {
    const [event] = sandbox.world.addEvents([at(-3000, { project: 'web', issue: 7 })]);
    const { body, headers } = await issues(`project=-1&${WINDOW}&query=${event?.id ?? ''}`);
    assert.deepEqual(idsOf(body), ['7']);
    assert.equal(headers.get('x-sentry-direct-hit'), '1');
    assert.equal(headers.get('link'), null);
  });

  it('answer one by one, also by short id and after a merge', async () => {
    const one = (key: string) => sentry(sandbox, `organizations/acme/issues/${key}/`);
    assert.equal((await one('7')).body.shortId, 'WEB-1');
    assert.equal((await one('API-1')).body.id, '8');
    sandbox.world.mergeIssue('8', '7');
    assert.equal((await one('8')).body.id, '7');
    sandbox.world.deleteIssue('7');
    assert.equal((await one('7')).status, 404);
  });
});
