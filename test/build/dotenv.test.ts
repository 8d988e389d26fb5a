import assert from 'node:assert/strict';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Ended, ROOT, runNode } from '../support/process/processes.ts';
import { folder } from '../support/process/temp-folder.ts';

const FILTERS = 'filters:\n  - { name: shop, projects: [web] }\n';
const DOTENV = 'FILTERS=own.yaml\nSENTRY_ORG=acme\nSENTRY_AUTH_TOKEN=token-0123456789\nDRY_RUN=true\n';

describe('bin/sentry-monitor.js and .env', () => {
  let place: ReturnType<typeof folder>;

  beforeEach(() => (place = folder({ '.env': DOTENV, 'own.yaml': FILTERS })));
  afterEach(() => place.remove());

  const check = (env: Readonly<Record<string, string>> = {}): Promise<Ended> =>
    runNode([join(ROOT, 'bin/sentry-monitor.js'), 'check'], env, place.path);

  it('reads that of the folder where it is called', async () => {
    const { code, stdout } = await check();
    assert.deepEqual([code, stdout.split('\n')[0]], [0, 'settings ok; sinks: none; DRY_RUN: nothing is sent'], stdout);
  });

  it('lets win what is set', async () => {
    const { code, stdout } = await check({ FILTERS: 'none.yaml' });
    assert.equal(code, 1);
    assert.match(stdout, /none\.yaml/);
    assert.doesNotMatch(stdout, /own\.yaml/);
  });

  it('does without', async () => {
    rmSync(place.file('.env'));
    const { code, stdout } = await check();
    assert.equal(code, 1);
    assert.match(stdout, /SENTRY_ORG/);
  });

  it('says when it cannot be read', async () => {
    rmSync(place.file('.env'));
    mkdirSync(place.file('.env'));
    const { code, stdout, stderr } = await check();
    assert.deepEqual([code, stdout], [1, '']);
    assert.match(stderr, /^sentry-monitor cannot start:\n {2}\.env cannot be read: \S.*\n$/);
  });
});
