import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../support/process/processes.ts';
import { folder } from '../support/process/temp-folder.ts';
import { within } from '../support/time/until.ts';

const KEYS = {
  // Nobody listens there.
  SENTRY_URL: 'http://127.0.0.1:9',
  SENTRY_ORG: 'acme',
  SENTRY_AUTH_TOKEN: 'token-0123456789',
  NEW_RELIC_ACCOUNT_ID: '1',
  NEW_RELIC_LICENSE_KEY: 'license-0123456789',
};
const FILTERS = 'filters:\n  - { name: shop, projects: [web] }\n  - { name: desk, projects: [web, api] }\n';

/** Commands, and the exit code that says what they did: nobody reading them does not change it. */
const CALLS: readonly (readonly [string, number])[] = [
  ['help', 0],
  ['--version', 0],
  ['demo', 0],
  ['init', 1],
  ['preview', 1],
  ['run --debug', 1],
  ['check', 0],
  ['check --help', 0],
  ['plan', 0],
  ['plan --json', 0],
  ['dashboard newrelic', 0],
  ['alerts prometheus', 0],
  ['run', 2],
  ['nonsense', 2],
];

describe('a command whose reader has gone', () => {
  for (const [call, code] of CALLS) {
    it(`ends quietly, and as it would have ended: ${call}`, async () => {
      const files = folder({ 'filters.yaml': FILTERS });
      // Node's own pipes are closed at once, as `| head` closes them after its lines.
      const child = spawn(process.execPath, [join(ROOT, 'bin/sentry-monitor.js'), ...call.split(' ')], {
        // Not the repository: a developer's own .env may lie there.
        cwd: files.path,
        env: { PATH: process.env['PATH'] ?? '', ...KEYS, FILTERS: files.file('filters.yaml') },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      child.stdout.destroy();
      let said = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
      const ended = new Promise<readonly unknown[]>((done) => child.once('close', (...how) => done(how)));
      const how = await within(`${call} ends`, ended);
      files.remove();
      assert.deepEqual(how, [code, null], said);
      assert.doesNotMatch(said, /EPIPE|broke/);
    });
  }
});
