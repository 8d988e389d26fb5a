import assert from 'node:assert/strict';
import type { Sandbox } from '../../../sandbox/index.ts';
import { at, box, type Json, linkTo, sentry, TEN } from '../support.ts';

describe('sandbox: issues of GlitchTip', () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await box({ flavour: 'glitchtip' });
    sandbox.world.addProject({ slug: 'web', id: 101 });
    sandbox.world.addProject({ slug: 'api', id: 102 });
    sandbox.world.addIssue({
      id: 7,
      project: 'web',
      title: 'TypeError: Cart is undefined',
      metadata: { type: 'TypeError', value: 'Cart is undefined' },
      culprit: 'app.js in f',
      firstSeen: TEN - 86_400_000,
      olderEvents: 40,
    });
    sandbox.world.addIssue({ id: 8, project: 'api', title: 'B: two', status: 'resolved', shortId: '' });
    sandbox.world.addIssue({ id: 9, project: 'api', title: 'C: no event yet' });
    sandbox.world.addEvents([
      at(5, {
        project: 'web',
        issue: 7,
        environment: 'production',
        release: '1.2',
        tags: { os: 'Linux Vista' },
        user: 'id:1',
      }),
      at(1, { project: 'web', issue: 7, arrivedAt: TEN + 200_500 }),
      at(70, { project: 'api', issue: 8, environment: 'staging', repeat: 3 }),
    ]);
  });
  afterEach(() => sandbox.close());

  const issues = (query = '') => sentry(sandbox, `organizations/acme/issues/?${query}`);
  const found = async (query: string): Promise<string[]> =>
    (await issues(query)).body.map((one: { id: string }) => one.id);
  const search = (query: string): Promise<string[]> => found(`query=${encodeURIComponent(query)}`);

  it('say all that GlitchTip says, and no more', async () => {
    const [issue] = (await issues()).body;
    assert.deepEqual(issue, {
      annotations: [],
      assignedTo: null,
      count: '42',
      culprit: 'app.js in f',
      firstSeen: '2026-11-19T10:00:00Z',
      hasSeen: false,
      id: '7',
      isBookmarked: false,
      isPublic: false,
      isSubscribed: false,
      lastSeen: '2026-11-20T10:03:20.500000Z',
      level: 'error',
      logger: null,
      metadata: { type: 'TypeError', value: 'Cart is undefined' },
      numComments: 0,
      permalink: `${sandbox.url}/web/issues/7`,
      project: { id: '101', name: 'web', slug: 'web', platform: 'javascript' },
      shareId: null,
      shortId: 'WEB-1',
      stats: {},
      status: 'unresolved',
      statusDetails: {},
      subscriptionDetails: null,
      title: 'TypeError: Cart is undefined',
      type: 'error',
      userReportCount: 0,
      userCount: 0,
    });
    const [, other] = (await issues()).body;
    assert.deepEqual(
      [other.shortId, other.count, other.status, other.firstSeen],
      ['', '3', 'resolved', '2026-11-20T10:01:10Z'],
    );
  });

  it("have an address that leads to a list: the slug in it is the project's. Before 5.1 they have none", async () => {
    for (const release of ['4.1', '2022'] as const) {
      sandbox.world.settings.glitchtipRelease = release;
      assert.equal((await issues()).body[0].permalink, 'Not implemented');
    }
  });

  it('are all there without a query, last seen first, but those without an event', async () => {
    assert.deepEqual(await found(''), ['7', '8']);
    sandbox.world.deleteIssue('8');
    sandbox.world.forbidProject('web');
    assert.deepEqual(await found(''), []);
  });

  it("cannot be named: group, id lists and Sentry's other parameters change nothing", async () => {
    const { status, body, headers } = await issues(
      'group=8&id=8&statsPeriod=bad&groupStatsPeriod=7d&expand=owners&collapse=stats&per_page=1&shortIdLookup=1',
    );
    assert.deepEqual([status, body.map((one: Json) => one.id)], [200, ['7', '8']]);
    assert.equal('stats' in body[0], true);
    assert.match(headers.get('link') ?? '', /rel="next"; results="false"'}$/);
    assert.equal((await sentry(sandbox, 'organizations/acme/issues/7/')).status, 404);
  });

  it('are found by status, tag and whole words', async () => {
    assert.deepEqual(await search('is:unresolved'), ['7']);
    assert.deepEqual(await search('is:resolved'), ['8']);
    assert.deepEqual(await search('is:regressed'), []);
    sandbox.world.patchIssue('8', { level: 'fatal' });
    assert.deepEqual([await search('level:error'), await search('level:fatal')], [['7'], ['8']]);
    assert.deepEqual(await search('os:"Linux Vista"'), ['7']);
    assert.deepEqual(await search('environment:staging is:resolved'), ['8']);
    assert.deepEqual(await search('has:release'), ['7']);
    assert.deepEqual(await search('has:nothing'), []);
    assert.deepEqual(await search('CART undefined'), ['7']);
    assert.deepEqual(await search('"cart is"'), ['7']);
    assert.deepEqual(await search('car'), []);
  });

  it('read all behind the first plain word as text', async () => {
    assert.deepEqual(await search('two is:resolved'), []);
    sandbox.world.addEvents([at(80, { project: 'api', issue: 10, title: 'E: two is resolved too' })]);
    assert.deepEqual(await search('two is:resolved'), ['10']);
    assert.deepEqual(await search('is:resolved two'), ['8']);
  });

  it('take message:"x" for a tag', async () => {
    assert.deepEqual(await search('message:"Cart"'), []);
    sandbox.world.addEvents([at(80, { project: 'api', issue: 8, tags: { message: 'Cart' } })]);
    assert.deepEqual(await search('message:"Cart"'), ['8']);
  });

  for (const query of ['"open', "it's", 'end\\']) {
    it(`answer 500 to ${query}`, async () => {
      const { status, headers } = await issues(`query=${encodeURIComponent(query)}`);
      assert.deepEqual([status, headers.get('content-type')], [500, 'text/html; charset=utf-8']);
    });
  }

  it('are split as by a shell', async () => {
    assert.deepEqual(await search(`os:'Linux Vista'`), ['7']);
    assert.deepEqual(await search('os:Linux\\ Vista'), ['7']);
    assert.deepEqual(await search('"os:Linux Vista"'), ['7']);
    assert.deepEqual(await search('  is:resolved  '), ['8']);
    assert.deepEqual(await search('""'), ['7', '8']);
  });

  it('are narrowed by project and environment', async () => {
    assert.deepEqual(await found('project=102'), ['8']);
    assert.deepEqual(await found('project=101&project=102'), ['7', '8']);
    assert.deepEqual(await found('environment=production'), ['7']);
    assert.deepEqual(await found('environment=production&environment=staging'), ['7', '8']);
    assert.deepEqual(await found('environment=nowhere'), []);
    assert.deepEqual(await found('project=999'), []);
    assert.equal((await issues('project=web')).status, 422);
    sandbox.world.settings.glitchtipRelease = '2022';
    for (const id of ['-1', 'web', '999']) {
      const { status, body } = await issues(`project=${id}`);
      assert.deepEqual(
        [status, body],
        [400, { project: [`Select a valid choice. ${id} is not one of the available choices.`] }],
      );
    }
  });

  it('take start and end for the day an issue was made', async () => {
    assert.deepEqual(await found('start=2026-11-20T10:00:00&end=2026-11-20T10:05:00'), ['8']);
    assert.deepEqual(await found('end=2026-11-20T10:00:00'), ['7']);
    assert.equal((await issues('start=soon')).status, 400);
  });

  it('are sorted by names of their own', async () => {
    assert.deepEqual(await found('sort=count'), ['8', '7']);
    assert.deepEqual(await found('sort=-count'), ['7', '8']);
    assert.deepEqual(await found('sort=created'), ['7', '8']);
    assert.deepEqual(await found('sort=last_seen'), ['8', '7']);
    assert.deepEqual(await found('sort=-priority'), ['7', '8']);
    sandbox.world.settings.glitchtipRelease = '2022';
    for (const sort of ['freq', 'date', '-new', 'user', 'constructor'])
      assert.deepEqual(await found(`sort=${sort}`), ['7', '8'], sort);
  });

  it('come in pages of limit, 50 at first', async () => {
    sandbox.world.addEvents(Array.from({ length: 60 }, (_, i) => at(i, { project: 'web', issue: 100 + i })));
    const first = await issues('sort=-count');
    assert.deepEqual(
      [first.body.length, first.headers.get('x-hits'), first.headers.get('x-max-hits')],
      [50, '62', '1000'],
    );
    const second = await issues(`sort=-count&cursor=${encodeURIComponent(linkTo('next', first)?.cursor ?? '')}`);
    assert.equal(new Set([...first.body, ...second.body].map((one: Json) => one.id)).size, 62);
    assert.deepEqual(linkTo('next', second), { results: 'false', cursor: undefined });
    assert.equal((await issues('limit=3')).body.length, 3);
    assert.equal((await issues('cursor=0:50:0')).status, 400);
  });
  it('newer ones refuse an order that only Sentry knows', async () => {
    assert.equal((await issues('sort=date')).status, 422);
    for (const query of ['', 'sort=-last_seen', 'sort=count']) assert.equal((await issues(query)).status, 200);
  });
});

describe('sandbox: issues of GlitchTip, of the story', () => {
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await box({ flavour: 'glitchtip', story: 'lively' });
  });
  after(() => sandbox.close());

  it('are those of its last hours, with lifetimes', async () => {
    const { body, headers } = await sentry(sandbox, 'organizations/acme/issues/?limit=100&environment=production');
    assert.ok(body.length > 50, String(body.length));
    assert.equal(headers.get('x-hits'), String(body.length));
    assert.equal(
      body.every((one: Json) => Number(one.count) > 0 && String(one.permalink).startsWith(`${sandbox.url}/`)),
      true,
    );
    const seen = body.map((one: Json) => Date.parse(one.lastSeen));
    assert.deepEqual(
      seen,
      seen.toSorted((a: number, b: number) => b - a),
    );
  });
});
