import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { sentry } from '../../../../src/integrations/sources/sentry/index.ts';
import { depsOf } from '../../../support/build/deps.ts';
import { allOf, complaintsOf } from '../../../support/build/findings.ts';
import { mock, mockAlways } from '../../../support/build/http-mock.ts';
import { filterOf } from '../../../support/build/reports.ts';
import { scopeOf } from '../../../support/build/scope.ts';

const TOKEN = 'a-token-of-no-kind';

/** What a person is told of an organization at this address. */
async function complaints(url: string): Promise<readonly string[]> {
  const env = { SENTRY_ORG: 'acme', SENTRY_AUTH_TOKEN: TOKEN, SENTRY_SOURCE: 'table', SENTRY_URL: url };
  const { examine } = sentry.read(env).create(depsOf(), 'sentry');
  const filters = [filterOf({ projects: ['crm-web'] })];
  return complaintsOf(await allOf(examine?.({ filters, disk: fs, scope: scopeOf(), thorough: true })));
}

describe('an organization that is examined', () => {
  it('in another region is named with its address', async () => {
    const api = 'https://sentry.io/api/0';
    const list = [['per_page', '100']] as const;
    mock({ url: `${api}/organizations/acme/projects/`, query: list }, { body: [{ id: '11', slug: 'crm-web' }] });
    mockAlways(`${api}/organizations/acme/events/`, () => true, { body: { data: [{ 'count()': 0 }] } });
    mockAlways(`${api}/organizations/acme/issues/`, () => true, { body: [] });
    mockAlways(`${api}/projects/acme/crm-web/`, () => true, { body: {} });
    mockAlways(`${api}/organizations/acme/`, () => true, { body: { links: { regionUrl: 'https://de.sentry.io' } } });
    assert.deepEqual(await complaints('https://sentry.io'), [
      'SENTRY_URL: acme is in https://de.sentry.io, and https://sentry.io only passes requests on; write https://de.sentry.io',
    ]);
  });

  it('that a region does not know may be in another one', async () => {
    const api = 'https://us.sentry.io/api/0';
    mockAlways(`${api}/organizations/acme/projects/`, () => true, { status: 404 });
    mockAlways(`${api}/organizations/`, () => true, { body: [] });
    assert.deepEqual(await complaints('https://us.sentry.io'), [
      'SENTRY_ORG: answered 404: no organization acme at https://us.sentry.io that the token may see; check SENTRY_ORG, and the region in SENTRY_URL (https://us.sentry.io, https://de.sentry.io)',
    ]);
  });
});
