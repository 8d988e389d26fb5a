import assert from 'node:assert/strict';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, runNode } from '../support/process/processes.ts';
import { folder } from '../support/process/temp-folder.ts';

const SETTINGS = { SENTRY_ORG: 'acme', SENTRY_AUTH_TOKEN: 'not-a-real-token', ANODOT_TOKEN: 'not-a-real-key' };
const NEW_RELIC = { NEW_RELIC_ACCOUNT_ID: '1' };

const CLI = join(ROOT, 'bin/sentry-monitor.js');

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

describe('check, of the .env in its folder', () => {
  let files: ReturnType<typeof folder>;
  beforeEach(() => (files = folder({ 'filters.yaml': 'filters:\n  - { name: shop, projects: [web] }\n' })));
  afterEach(() => files.remove());

  const warnings = async (text: string, mode: number): Promise<readonly string[]> => {
    writeFileSync(files.file('.env'), text);
    chmodSync(files.file('.env'), mode);
    const { code, stdout } = await runNode([CLI, 'check'], {}, files.path);
    assert.equal(code, 0, stdout);
    return stdout.split('\n').filter((line) => line.startsWith('warning'));
  };
  const ALL = Object.entries(SETTINGS).map(([name, value]) => `${name}=${value}\n`);
  const TEXT = ['# as the sandbox prints it\n', ...ALL, 'FILTERS=filters.yaml\n'].join('');

  it('says nothing of one that is for its user alone, or for a group', async () => {
    assert.deepEqual(await warnings(TEXT, 0o600), []);
    assert.deepEqual(await warnings(TEXT, 0o640), []);
  });

  it('warns of secrets in one that everybody may read, as a shell makes it', async () =>
    assert.deepEqual(await warnings(TEXT, 0o644), [
      'warning  .env: can be read by every user of this machine, and has secrets in it; chmod 600 .env',
    ]));

  it('warns of a line that hides another one, and not of one that says the same', async () => {
    assert.deepEqual(await warnings(TEXT + TEXT, 0o600), []);
    assert.deepEqual(await warnings(`${TEXT}PORT=4000\nexport PORT=4001\nSENTRY_ORG=acme-eu\n`, 0o600), [
      'warning  .env: SENTRY_ORG, PORT: set more than once; the last line of each counts',
    ]);
  });

  it('without a secret anybody may read it', async () => {
    writeFileSync(files.file('.env'), 'PORT=4000\nSENTRY_AUTH_TOKEN=\n');
    chmodSync(files.file('.env'), 0o644);
    const { stdout } = await runNode([CLI, 'check'], { ...SETTINGS, FILTERS: 'filters.yaml' }, files.path);
    assert.doesNotMatch(stdout, /\.env/);
  });
});
