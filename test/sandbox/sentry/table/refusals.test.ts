import assert from 'node:assert/strict';
import type { Sandbox } from '../../../../sandbox/index.ts';
import { ask, box, sentry, table, WINDOW } from '../../support.ts';

const BASE = 'organizations/acme/events/';

describe('sandbox: what the events table refuses', () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await box();
    sandbox.world.addProject({ slug: 'web', id: 101 });
    sandbox.world.addProject({ slug: 'api', id: 102 });
  });
  afterEach(() => sandbox.close());

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
    it(`answers ${String(status)} to ${query.replace(WINDOW, '…').slice(0, 120)}`, async () => {
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
});
