import assert from 'node:assert/strict';
import { createRequestQueue } from '../../../../../src/integrations/sources/sentry/limits/request-queue.ts';
import { depsOf } from '../../../../support/build/deps.ts';
import { mock } from '../../../../support/build/http-mock.ts';
import { scopeOf } from '../../../../support/build/scope.ts';
import {
  askOf,
  createSource,
  issueRows,
  projects,
  readAll,
  readOne,
  rows,
  TOKEN,
  totalRows,
  totals,
} from '../../../../support/sentry/sentry.ts';

describe('clocks', () => {
  it('are compared by the Date of every answer, which is cut to whole seconds', async () => {
    const scope = scopeOf();
    const headers = { Date: 'Fri, 20 Nov 2026 10:07:00 GMT' };
    projects({ body: [{ id: '11', slug: 'crm-web' }], headers });
    totals({}, { ...(totalRows([11, 1, 1]) as object), headers });
    await readAll(createSource(), [askOf({}, 'totals')], scope);
    // Ours is 10:07:30, theirs somewhere between 10:07:00 and 10:07:01.
    assert.deepEqual(scope.clocks, [
      { skewMs: 29_500, errorMs: 0 },
      { skewMs: 29_500, errorMs: 0 },
    ]);
  });

  it('of answers without a Date, or with nonsense, say nothing', async () => {
    const scope = scopeOf();
    projects();
    totals({}, { ...(totalRows([11, 1, 1]) as object), headers: { Date: 'soon' } });
    await readAll(createSource(), [askOf({}, 'totals')], scope);
    assert.deepEqual(scope.clocks, []);
  });
});

describe("Sentry's address", () => {
  for (const [url, api, link] of [
    ['https://de.sentry.io', 'https://de.sentry.io/api/0', 'https://sentry.io/organizations/acme/issues/1/'],
    [
      'https://tools.example.com/sentry/',
      'https://tools.example.com/sentry/api/0',
      'https://tools.example.com/sentry/organizations/acme/issues/1/',
    ],
    [
      'http://sentry.example.com:9000/api/0/',
      'http://sentry.example.com:9000/api/0',
      'http://sentry.example.com:9000/organizations/acme/issues/1/',
    ],
  ] as const) {
    it(`${url} is asked at ${api}`, async () => {
      const org = `${api}/organizations/acme`;
      mock(
        { url: `${org}/projects/`, query: [['per_page', '100']], headers: { authorization: `Bearer ${TOKEN}` } },
        { body: [{ id: '11', slug: 'crm-web' }] },
      );
      totals({ api: org }, totalRows([11, 1, 1]));
      rows({ api: org }, issueRows([1, 11, 1, 1]));
      mock(
        {
          url: `${org}/issues/`,
          query: [
            ['group', '1'],
            ['project', '11'],
            ['query', ''],
            ['groupStatsPeriod', ''],
            ['limit', '100'],
          ],
        },
        { body: [] },
      );
      const reading = await readOne({}, createSource({ SENTRY_URL: url }));
      assert.equal(reading.issues[0]?.url, link);
    });
  }

  it('has its segments encoded', async () => {
    const { createClient } = await import('../../../../../src/integrations/sources/sentry/api/client.ts');
    const deps = depsOf();
    const client = createClient(
      { name: 's', baseUrl: 'https://sentry.io', org: 'a b', token: 'abc', timeoutMs: 1 },
      deps.http,
      createRequestQueue(1, deps),
    );
    mock(
      { url: 'https://sentry.io/api/0/organizations/a%20b/x%2Fy/', headers: { authorization: 'Bearer abc' } },
      { body: 'null' },
    );
    const { body, next, isLinked } = await client.get(client.url('x/y'), [], scopeOf());
    assert.deepEqual([body, next, isLinked], [null, null, false]);
    for (const bad of ['', '.', '..']) assert.throws(() => client.url(bad), /cannot stand in a URL/);
  });
});

describe("Sentry's token", () => {
  it('may be copied with its scheme', async () => {
    const calls = projects();
    totals({}, totalRows());
    await readAll(createSource({ SENTRY_AUTH_TOKEN: `bearer ${TOKEN}` }), [askOf({}, 'totals')]);
    assert.equal(calls[0]?.headers['authorization'], `Bearer ${TOKEN}`);
  });
});
