import assert from 'node:assert/strict';
import type { Sandbox } from '../../../sandbox/index.ts';
import { type Answered, at, box, type Json, sentry, TEN } from '../support.ts';

describe('sandbox: keys of tags', () => {
  let sandbox: Sandbox;
  const tags = (query: string): Promise<Answered> => sentry(sandbox, `organizations/acme/tags/?${query}`);
  const keys = ({ body }: Answered): string[] => body.map(({ key }: Json) => key).sort();
  beforeEach(async () => {
    sandbox = await box();
    sandbox.world.addProject({ slug: 'web', id: 101 });
    sandbox.world.addProject({ slug: 'api', id: 102 });
    sandbox.world.addProject({ slug: 'closed', id: 103 });
    sandbox.world.forbidProject('closed');
    sandbox.world.addEvents([
      at(1, { project: 'web', issue: 1, tags: { 'os.name': 'Linux', server_name: 'a' }, release: '1.0' }),
      at(2, { project: 'web', issue: 1, tags: { 'os.name': 'macOS' }, user: 'id:1' }),
      at(3, { project: 'web', type: 'transaction', tags: { slow: 'yes' } }),
      at(4, { project: 'api', issue: 2, tags: { tenant: 'acme' }, environment: 'staging' }),
      { at: TEN - 40 * 86_400_000, project: 'web', issue: 1, tags: { old: 'yes' } },
    ]);
  });
  afterEach(() => sandbox.close());

  it('are those of the projects asked for, with how many events had them', async () => {
    const { status, body } = await tags('project=101&statsPeriod=14d&include_transactions=0');
    assert.equal(status, 200);
    assert.deepEqual(
      body.sort((a: Json, b: Json) => (a.key < b.key ? -1 : 1)),
      [
        { key: 'level', name: 'Level', totalValues: 2 },
        { key: 'os.name', name: 'Os.Name', totalValues: 2 },
        { key: 'release', name: 'Release', totalValues: 1 },
        { key: 'server_name', name: 'Server Name', totalValues: 1 },
        { key: 'user', name: 'User', totalValues: 1 },
      ],
    );
    assert.deepEqual(keys(await tags('project=102&statsPeriod=14d')), ['environment', 'level', 'tenant']);
  });

  it('are of all the time that is kept, and of transactions too, unless asked otherwise', async () => {
    assert.deepEqual(keys(await tags('project=101')), [
      'level',
      'old',
      'os.name',
      'release',
      'server_name',
      'slow',
      'user',
    ]);
  });

  it('end after the thousand most frequent, and name no further page', async () => {
    const many = Object.fromEntries(Array.from({ length: 1005 }, (_, i) => [`key${String(i)}`, 'x']));
    sandbox.world.addEvents([at(5, { project: 'api', issue: 3, tags: many })]);
    const answer = await tags('project=102&statsPeriod=14d');
    assert.deepEqual([answer.body.length, answer.headers.get('link')], [1000, null]);
    assert.ok(keys(answer).includes('level'));
  });

  it('are refused for a project that is not the caller’s, and without a token', async () => {
    assert.equal((await tags('project=103')).status, 403);
    assert.equal((await tags('project=web')).status, 400);
    sandbox.world.settings.scopes = [];
    assert.equal((await tags('project=101')).status, 403);
  });

  it('are not there on GlitchTip and before Sentry 10', async () => {
    sandbox.world.setFlavour('glitchtip');
    assert.equal((await tags('project=101')).status, 404);
    sandbox.world.setFlavour('sentry-2019');
    sandbox.world.settings.oldRelease = '9.x';
    assert.equal((await tags('project=101')).status, 404);
  });
});
