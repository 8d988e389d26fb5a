import assert from 'node:assert/strict';
import { runNode } from '../support/process/processes.ts';
import { folder } from '../support/process/temp-folder.ts';

const SETTINGS = { SENTRY_ORG: 'acme', SENTRY_AUTH_TOKEN: 'not-a-real-token', ANODOT_TOKEN: 'not-a-real-key' };
const NEW_RELIC = { NEW_RELIC_ACCOUNT_ID: '1' };

describe('check, of settings that can be read', function () {
  const files = folder({ 'filters.yaml': 'filters:\n  - { name: shop, projects: [web] }\n' });
  after(() => files.remove());

  for (const [what, env, code, line] of [
    [
      'a user key of New Relic',
      { ...NEW_RELIC, NEW_RELIC_LICENSE_KEY: 'NRAK-ABCDEFGHIJKLMNOPQRSTUVWXYZ0' },
      1,
      'fault    NEW_RELIC_LICENSE_KEY: is a user key (NRAK-); use a key of type INGEST - LICENSE',
    ],
    [
      'a key of region eu with region us',
      { ...NEW_RELIC, NEW_RELIC_LICENSE_KEY: 'eu01xx0123456789012345678901234567890NRAL' },
      1,
      'fault    NEW_RELIC_REGION: is us, and NEW_RELIC_LICENSE_KEY is a key of region eu; set it to eu',
    ],
    [
      'a variable misspelt beside the right one',
      { SENTRY_AUTHTOKEN: 'another-secret' },
      0,
      'warning  SENTRY_AUTHTOKEN: is no variable of this program; did you mean SENTRY_AUTH_TOKEN?',
    ],
    [
      'a variable misspelt in place of the right one',
      { SENTRY_AUTH_TOKEN: '', SENTRY_AUTHTOKEN: 'another-secret' },
      1,
      'warning  SENTRY_AUTHTOKEN: is no variable of this program; did you mean SENTRY_AUTH_TOKEN?',
    ],
    [
      'a ledger in a folder that is missing',
      { LEDGER_URL: 'sqlite:/nowhere-at-all/ledger.db' },
      1,
      'fault    LEDGER_URL: the folder /nowhere-at-all is missing; create it for the user of the service, or name another place',
    ],
    [
      "an organization's token",
      { SENTRY_AUTH_TOKEN: 'sntrys_0123456789' },
      0,
      'warning  SENTRY_AUTH_TOKEN: is an organization token (sntrys_), which can only upload for CI; use the token of an internal integration',
    ],
  ] as const)
    it(`names ${what}, without a network`, async () => {
      const FILTERS = files.file('filters.yaml');
      const ended = await runNode(['src/cli.ts', 'check'], { ...SETTINGS, ...env, FILTERS });
      assert.ok(ended.stdout.split('\n').includes(line), ended.stdout);
      assert.equal(ended.code, code);
      assert.ok(!ended.stdout.includes('another-secret'));
    });
});
