import assert from 'node:assert/strict';
import { type Call, createApi } from '../../../../src/integrations/trackers/jira/api.ts';
import { formOf } from '../../../../src/integrations/trackers/jira/form.ts';
import { depsOf } from '../../../support/build/deps.ts';
import { mock, type Reply } from '../../../support/build/http-mock.ts';
import { scopeOf } from '../../../support/build/scope.ts';

const URL = 'https://jira.example.com';
const SETTINGS = { url: URL, user: undefined, key: 'jira-key-0123456789' } as never;

describe('a request of Jira', () => {
  const ask = async (reply: Reply, given: Partial<Call> = {}) => {
    mock({ method: given.method ?? 'GET', url: `${URL}/rest/api/2/issue` }, reply);
    const api = createApi(SETTINGS, formOf({ user: undefined, key: 'jira-key-0123456789' }), depsOf(), 'jira');
    const found = await api({ method: 'GET', path: 'issue', isChange: false, ...given }, scopeOf());
    const why = 'why' in found ? `: ${found.why.slice(0, 60)}` : '';
    return `${found.status}${why}`;
  };
  const change = { method: 'POST', body: {}, isChange: true } as const;

  it('is done with an object, or with nothing', async () => {
    assert.equal(await ask({ body: { id: '1' } }), 'done');
    assert.equal(await ask({ status: 200, body: '' }, change), 'done');
  });

  it('that is answered with something else may have changed something, unless that is a web page', async () => {
    const page = '<!doctype html><html><body>Log in</body></html>';
    assert.match(await ask({ body: page }, change), /^refused: jira: answered 200 with a web page; check jira\.url/);
    assert.match(await ask({ body: 'hello' }, change), /^uncertain: jira: answered 200 with what is no JSON/);
    assert.match(await ask({ body: 'hello' }), /^refused: jira: answered 200 with what is no JSON/);
  });

  it('that was cut off may have changed something, and one that never stood has not', async () => {
    assert.match(await ask('cut', change), /^uncertain: /);
    assert.match(await ask({ status: 201, body: 'a'.repeat(32 * 1024 * 1024 + 1) }, change), /^uncertain: /);
    assert.match(await ask('refused', change), /^later: /);
    assert.match(await ask('cut'), /^later: /);
  });

  it('is tried later, refused for good, or not there, by its answer', async () => {
    for (const status of [429, 503]) assert.match(await ask({ status, body: '' }, change), /^later: /);
    assert.match(await ask({ status: 500, body: '' }, change), /^uncertain: /);
    assert.match(await ask({ status: 500, body: '' }), /^later: /);
    assert.match(await ask({ status: 404, body: '' }), /^missing: /);
    const errors = { errorMessages: [], errors: { priority: 'is required' } };
    assert.equal(
      await ask({ status: 400, body: errors }, change),
      'refused: jira: answered 400: priority: is required',
    );
    assert.match(await ask({ status: 400, body: 'no' }, change), /^refused: jira/);
  });
});
