import assert from 'node:assert/strict';
import { sentry } from '../../../../../src/integrations/sources/sentry/index.ts';
import { depsOf } from '../../../../support/build/deps.ts';
import { filterOf } from '../../../../support/build/reports.ts';
import { scopeOf } from '../../../../support/build/scope.ts';
import { buildSource, projects } from '../../../../support/sentry/sentry.ts';
import { complaintsOf } from '../../../../support/build/findings.ts';

const ODD = filterOf({ name: 'odd', projects: ['4505', 'web-1'], environments: ['eu/production', 'staging'] });
const NUMBER = 'projects: "4505" is a number; write the project\'s slug, as in the address of its page';
const SLASH =
  'environments: "eu/production" has a slash, which no environment of Sentry has; write the name that Sentry shows';

describe('names that no Sentry has', () => {
  const vet = (env: Record<string, string>): readonly string[] =>
    sentry
      .read({ SENTRY_ORG: 'acme', SENTRY_AUTH_TOKEN: 'token-0123456789', ...env })
      .vet([ODD])
      .map(({ filter, key, text }) => `${filter} ${key}: ${text}`);

  for (const [what, env, refused] of [
    ['sentry.io', {}, true],
    ['a region of it', { SENTRY_URL: 'https://de.sentry.io' }, true],
    ['a server with a table, by setting', { SENTRY_URL: 'https://errors.example.com', SENTRY_SOURCE: 'table' }, true],
    ['a server that may be a GlitchTip', { SENTRY_URL: 'https://errors.example.com' }, false],
    ['a server without a table, by setting', { SENTRY_SOURCE: 'pages' }, false],
  ] as const)
    it(`${refused ? 'are refused at start' : 'are left to the server'}: ${what}`, () => {
      assert.deepEqual(vet(env), refused ? [`odd ${NUMBER}`, `odd ${SLASH}`] : []);
    });

  it('are to be mended when a server of one’s own turns out to have a table', async () => {
    projects();
    const complaints = complaintsOf(await buildSource({ SENTRY_SOURCE: 'table' }, depsOf()).prepare([ODD], scopeOf()));
    assert.deepEqual(complaints.slice(-2), [`filter odd: ${NUMBER}`, `filter odd: ${SLASH}`]);
  });
});
