import assert from 'node:assert/strict';
import type { Sandbox } from '../../sandbox/index.ts';
import { ask, at, box, type Json, NOW, sentry, table, TEN, WINDOW } from './support.ts';

const BASE = 'organizations/acme/events/';

describe('sandbox: events table', () => {
  let sandbox: Sandbox;
  let webId = '';
  beforeEach(async () => {
    sandbox = await box();
    webId = sandbox.world.addProject({ slug: 'web', id: 101 }).id;
    sandbox.world.addProject({ slug: 'api', id: 102 });
  });
  afterEach(() => sandbox.close());

  it('answers one row for aggregates alone, also of nothing', async () => {
    const { body } = await table(sandbox, 'field=count()&field=count_unique(user)');
    assert.deepEqual(body.data, [{ 'count()': 0, 'count_unique(user)': 0 }]);
    assert.deepEqual(body.meta.fields, { 'count()': 'integer', 'count_unique(user)': 'integer' });
  });

  it('answers no row for groups of nothing', async () => {
    const { body } = await table(sandbox, 'field=issue.id&field=count()');
    assert.deepEqual(body.data, []);
    assert.equal(body.meta.dataset, 'errors');
  });

  it('groups by all other fields together', async () => {
    sandbox.world.addEvents([
      at(1, { project: 'web', issue: 7, title: 'A: one', user: 'id:1', repeat: 2 }),
      at(9, { project: 'web', issue: 7, title: 'A: two', user: 'id:2' }),
      at(3, { project: 'api', issue: 8, title: 'B: x' }),
    ]);
    const { body } = await table(
      sandbox,
      'field=issue.id&field=project&field=title&field=count()&field=count_unique(user)&field=last_seen()&sort=title',
    );
    assert.deepEqual(body.data, [
      {
        'issue.id': 7,
        project: 'web',
        title: 'A: one',
        'count()': 2,
        'count_unique(user)': 1,
        'last_seen()': '2026-11-20T10:00:01+00:00',
      },
      {
        'issue.id': 7,
        project: 'web',
        title: 'A: two',
        'count()': 1,
        'count_unique(user)': 1,
        'last_seen()': '2026-11-20T10:00:09+00:00',
      },
      {
        'issue.id': 8,
        project: 'api',
        title: 'B: x',
        'count()': 1,
        'count_unique(user)': 0,
        'last_seen()': '2026-11-20T10:00:03+00:00',
      },
    ]);
  });

  it('gives null for promoted tags and an empty text for others that are missing', async () => {
    sandbox.world.addEvents([at(1, { project: 'web', issue: 7 })]);
    const { body } = await table(
      sandbox,
      'field=release&field=environment&field=tags[shard]&field=browser.name&field=count()',
    );
    assert.deepEqual(body.data, [
      { release: null, environment: null, 'tags[shard]': '', 'browser.name': '', 'count()': 1 },
    ]);
  });

  it('adds issue.id to issue, and "unknown" is a deleted one', async () => {
    sandbox.world.addEvents([at(1, { project: 'web', issue: 7 }), at(1, { project: 'web', issue: 8 })]);
    sandbox.world.deleteIssue('8');
    const { body } = await table(sandbox, 'field=issue&field=count()&sort=issue.id');
    assert.deepEqual(body.data, [
      { issue: 'WEB-1', 'count()': 1, 'issue.id': 7 },
      { issue: 'unknown', 'count()': 1, 'issue.id': 8 },
    ]);
    assert.deepEqual(Object.keys(body.meta.fields), ['count()', 'issue.id']);
  });

  it('counts merged issues under their target', async () => {
    sandbox.world.addEvents([at(1, { project: 'web', issue: 7 }), at(2, { project: 'web', issue: 8 })]);
    sandbox.world.mergeIssue('8', '7');
    const { body } = await table(sandbox, 'field=issue.id&field=count()');
    assert.deepEqual(body.data, [{ 'issue.id': 7, 'count()': 2 }]);
  });

  it('makes rows of events without aggregates, with id and project.name', async () => {
    sandbox.world.addEvents([at(1, { id: 'x1', project: 'web', issue: 7, level: 'fatal' })]);
    const { body } = await table(sandbox, 'field=level');
    assert.deepEqual(body.data, [{ level: 'fatal', id: 'x1', 'project.name': 'web' }]);
  });

  it('has half-open windows of whole seconds', async () => {
    for (const instant of ['09:59:59', '10:00:00', '10:04:59', '10:05:00']) {
      sandbox.world.addEvents([{ at: `2026-11-20T${instant}Z`, project: 'web', issue: 7, title: instant }]);
    }
    sandbox.world.addEvents([{ at: '2026-11-20T10:04:59.900Z', project: 'web', issue: 7, title: 'fraction' }]);
    const { body } = await table(sandbox, 'field=title&field=count()&sort=title');
    assert.deepEqual(
      body.data.map((row: { title: string }) => row.title),
      ['10:00:00', '10:04:59', 'fraction'],
    );
  });

  it('has half-open windows off the grid too', async () => {
    for (const seconds of [59, 60, 61, 62]) sandbox.world.addEvents([at(seconds, { project: 'web', issue: seconds })]);
    const { body } = await sentry(
      sandbox,
      `${BASE}?dataset=errors&project=101&field=issue.id&field=count()&sort=issue.id&start=2026-11-20T10:01:00&end=2026-11-20T10:01:02`,
    );
    assert.deepEqual(
      body.data.map((row: Json) => row['issue.id']),
      [60, 61],
    );
  });

  const ONE_EVENT_AT_TEN: ReadonlyArray<readonly [string, number]> = [
    ['start=2026-11-20T10:00:00Z&end=2026-11-20T10:00:01Z', 1],
    ['start=2026-11-20T10:00:00.000&end=2026-11-20T10:00:00.999999&x=1', -1],
    ['start=2026-11-20T10:00:00%2B02:00&end=2026-11-20T10:00:01%2B02:00', 1],
    ['start=2026-11-20T10:00:00+02:00&end=2026-11-20T10:00:01', 1],
    ['start=2026-11-20&end=2026-11-21', 1],
    ['start=1795168800&end=1795168801', 1],
    ['start=1795168801&end=1795168802', 0],
    ['statsPeriod=10m', 1],
    ['statsPeriod=5m', 0],
    ['', 1],
  ];
  for (const [times, count] of ONE_EVENT_AT_TEN) {
    it(`reads "${times}"`, async () => {
      sandbox.world.addEvents([{ at: TEN, project: 'web', issue: 7 }]);
      const { status, body } = await sentry(sandbox, `${BASE}?dataset=errors&project=101&field=count()&${times}`);
      if (count < 0) assert.equal(status, 400);
      else assert.equal(body.data[0]['count()'], count);
    });
  }

  const REFUSED: ReadonlyArray<readonly [string, number, RegExp]> = [
    [
      'project=101&field=count()&start=2026-11-20T10:00:00',
      400,
      /^Invalid date range: start and end are both required$/,
    ],
    [
      'project=101&field=count()&start=2026-11-20T10:00:00&end=2026-11-20T10:00:00',
      400,
      /^Invalid date range: start must be before end$/,
    ],
    [
      'project=101&field=count()&start=2026-11-20T10:00:00-02:00&end=2026-11-20T10:05:00',
      400,
      /-02:00 is not a valid ISO8601 date query$/,
    ],
    [
      'project=101&field=count()&start=2026-01-01&end=2026-01-02',
      400,
      /^Invalid date range\. Please try a more recent date range\.$/,
    ],
    [`project=101&field=count()&${WINDOW}&per_page=101`, 400, /^Invalid per_page value\. Must be between 1 and 100\.$/],
    [`project=101&field=count()&${WINDOW}&per_page=x`, 400, /^Invalid per_page parameter\.$/],
    [`project=101&field=count()&${WINDOW}&cursor=nonsense`, 400, /^Invalid cursor parameter\.$/],
    [`project=101&field=count()&${WINDOW}&sort=-title`, 400, /^Cannot sort by a field that is not selected\.$/],
    [
      `project=101&field=user&field=count_unique(user)&${WINDOW}`,
      400,
      /^A single field cannot be used both inside and outside .* To use user you must first remove the function\(s\): count_unique\(user\)$/,
    ],
    [`project=101&field=tags[a%20b]&field=count()&${WINDOW}`, 400, /^Invalid characters in field/],
    [`project=101&${'field=title&'.repeat(21)}${WINDOW}`, 400, /^You can view up to 20 fields at a time/],
    [`project=web&field=count()&${WINDOW}`, 400, /^Invalid project parameter\. Values must be numbers\.$/],
    [`project=101&project=999&field=count()&${WINDOW}`, 403, /^You do not have permission to perform this action\.$/],
    [`project=101&environment=nowhere&field=count()&${WINDOW}`, 404, /^The requested resource does not exist$/],
  ];
  for (const [query, status, text] of REFUSED) {
    it(`answers ${String(status)} to ${query.replace(WINDOW, '…').slice(0, 100)}`, async () => {
      const answered = await sentry(sandbox, `${BASE}?dataset=errors&${query}`);
      assert.equal(answered.status, status);
      assert.match(answered.body.detail, text);
    });
  }

  it('wants dataset=errors', async () => {
    const { status, body } = await sentry(sandbox, `${BASE}?dataset=discover&project=101&field=count()&${WINDOW}`);
    assert.equal(status, 400);
    assert.match(body.detail, /^dataset must be one of: errors/);
  });

  it('answers an empty list with a tip when no project is named', async () => {
    const { status, body } = await sentry(sandbox, `${BASE}?dataset=errors&field=count()&${WINDOW}`);
    assert.equal(status, 200);
    assert.deepEqual(body, { data: [], meta: { tips: { query: 'Need at least one valid project to query.' } } });
  });

  it('spoils the request by one deleted or forbidden project; -1 leaves them out', async () => {
    sandbox.world.addEvents([at(1, { project: 'web', issue: 7 }), at(1, { project: 'api', issue: 8, repeat: 4 })]);
    sandbox.world.forbidProject('api');
    assert.equal((await table(sandbox, 'project=101&project=102&field=count()')).status, 403);
    assert.equal((await table(sandbox, 'project=-1&field=count()')).body.data[0]['count()'], 1);
    sandbox.world.allowProject('api');
    assert.equal((await table(sandbox, 'project=101&project=102&field=count()')).body.data[0]['count()'], 5);
    sandbox.world.deleteProject('api');
    assert.equal((await table(sandbox, 'project=102&field=count()')).status, 403);
  });

  it('keeps the id of a renamed project', async () => {
    sandbox.world.addEvents([at(1, { project: 'web', issue: 7 })]);
    sandbox.world.renameProject('web', 'shop');
    const { body } = await table(sandbox, `project=${webId}&field=project&field=count()`);
    assert.deepEqual(body.data, [{ project: 'shop', 'count()': 1 }]);
  });

  it('knows an environment once it was declared or an event of it has arrived', async () => {
    const status = async (): Promise<number> => (await table(sandbox, 'environment=qa&field=count()')).status;
    assert.equal(await status(), 404);
    sandbox.world.addEvents([at(1, { project: 'web', issue: 7, environment: 'qa', arrivedAt: NOW + 60_000 })]);
    assert.equal(await status(), 404);
    sandbox.world.clock.set(NOW + 60_000);
    assert.equal(await status(), 200);
    sandbox.world.addEnvironment('declared');
    const { body } = await table(sandbox, 'environment=declared&environment=qa&field=count()');
    assert.equal(body.data[0]['count()'], 1);
  });

  it('does not see an event before it has arrived', async () => {
    sandbox.world.addEvents([at(10, { project: 'web', issue: 7, arrivedAt: NOW + 1 })]);
    const count = async (): Promise<number> => (await table(sandbox, 'field=count()')).body.data[0]['count()'];
    assert.equal(await count(), 0);
    sandbox.world.clock.offset(1);
    assert.equal(await count(), 1);
  });

  it('refuses without a good token, and beyond its organization and scopes', async () => {
    const url = `${sandbox.url}/api/0/${BASE}?dataset=errors&project=101&field=count()`;
    const detail = async (authorization?: string): Promise<unknown> => {
      const { status, body } = await ask(url, authorization === undefined ? {} : { headers: { authorization } });
      return [status, body.detail];
    };
    assert.deepEqual(await detail(), [401, 'Authentication credentials were not provided.']);
    assert.deepEqual(await detail('Bearer wrong'), [401, 'Invalid token']);
    assert.deepEqual(await detail('Bearer'), [401, 'Invalid token header. No credentials provided.']);
    assert.equal((await sentry(sandbox, 'organizations/other/events/?dataset=errors')).status, 404);
    sandbox.world.settings.scopes = ['event:read'];
    assert.equal((await table(sandbox, 'field=count()')).status, 403);
  });

  it('shows its own clock in the Date header', async () => {
    sandbox.world.clock.set(Date.UTC(2030, 0, 2, 3, 4, 5, 999));
    const { headers } = await sentry(sandbox, 'organizations/acme/projects/');
    assert.equal(headers.get('date'), 'Wed, 02 Jan 2030 03:04:05 GMT');
    sandbox.world.clock.real();
    assert.equal(
      (await sentry(sandbox, 'organizations/acme/projects/')).headers.get('date'),
      'Fri, 20 Nov 2026 10:07:00 GMT',
    );
  });
});
