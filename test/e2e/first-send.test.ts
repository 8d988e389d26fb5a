import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cleanEnv, endProcesses, ROOT, runNode, startProcess } from '../support/process/processes.ts';
import { startRemoteSandbox } from '../support/process/services.ts';
import { folder } from '../support/process/temp-folder.ts';
import { until } from '../support/time/until.ts';

const CLI = join(ROOT, 'src/cli.ts');

/** The commands of the README after `npm ci`, in a folder that has nothing but what the sandbox prints for .env. */
describe('from nothing to the first real send', () => {
  const files = folder({});

  after(async () => {
    await endProcesses();
    files.remove();
  });

  it('takes init, a preview that sends nothing, the service, and one post', async () => {
    const sandbox = await startRemoteSandbox(['--story', 'lively', '--epoch', String(Date.now() - 40 * 3_600_000)]);
    const { keys, url, sentryUrl } = sandbox;
    const printed = {
      ...{ SENTRY_URL: sentryUrl, SENTRY_ORG: keys.sentryOrg, SENTRY_AUTH_TOKEN: keys.sentryToken },
      ...{ NEW_RELIC_ACCOUNT_ID: keys.newRelicAccountId, NEW_RELIC_LICENSE_KEY: keys.newRelicKey },
      ...{ NEW_RELIC_EVENT_URL: url, NEW_RELIC_METRIC_URL: url, ANODOT_TOKEN: keys.anodotToken, ANODOT_URL: url },
    };
    const lines = Object.entries(printed).map(([name, value]) => `${name}=${value}\n`);
    writeFileSync(files.file('.env'), lines.join(''));
    const run = (args: readonly string[]) => runNode(['--env-file=.env', CLI, ...args], {}, files.path);

    const init = await run(['init']);
    assert.deepEqual([init.code, init.stderr], [0, ''], init.stdout);
    const preview = await run(['preview', '--hours', '1']);
    assert.deepEqual([preview.code, preview.stderr], [0, ''], preview.stdout);
    assert.match(preview.stdout, /^ {3}acme +api +\d+/m);
    assert.equal((await sandbox.received()).newrelic.events.length, 0);

    const service = startProcess(
      ['--env-file=.env', join(ROOT, 'src/main.ts')],
      { ...cleanEnv(), PORT: '0' },
      files.path,
    );
    await until('the service listens', () => service.out().includes('"port":'), 30_000);
    const port = /"port":(\d+)/.exec(service.out())![1]!;
    const response = await fetch(`http://127.0.0.1:${port}/run`, { method: 'POST' });
    assert.deepEqual([response.status, response.headers.get('Sentry-Monitor-Sent')], [200, 'all']);
    const { newrelic, anodot } = await sandbox.received();
    assert.ok(newrelic.events.length > 6 && newrelic.metrics.length === 18 && anodot.samples.length === 18);
  });
});
