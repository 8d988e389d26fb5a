import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { endProcesses, ROOT, runNode } from '../support/process/processes.ts';
import { type RemoteSandbox, startRemoteSandbox } from '../support/process/services.ts';
import { folder } from '../support/process/temp-folder.ts';
import { NO_TERMINAL, onTerminal, terminalOpener } from '../support/terminal/terminal.ts';

const CLI = join(ROOT, 'src/cli.ts');
const open = terminalOpener();

describe('init on a terminal', () => {
  let sandbox: RemoteSandbox;
  let files: ReturnType<typeof folder>;

  beforeEach(async () => {
    sandbox = await startRemoteSandbox();
    await sandbox.command('projects', [
      { slug: 'web', teams: ['shop'] },
      { slug: 'api', teams: ['shop', 'infra'] },
      { slug: 'worker', teams: ['infra'] },
    ]);
    files = folder({});
  });
  afterEach(async () => {
    await endProcesses();
    files.remove();
  });

  if (open === undefined) {
    it(NO_TERMINAL, () => undefined);
    return;
  }

  it('asks, names a wrong organization and a wrong token at once and asks again, and never shows a secret', async () => {
    const { sentryToken, sentryOrg, newRelicKey, newRelicAccountId } = sandbox.keys;
    const init = onTerminal(open, [CLI, 'init'], {}, files.path);
    await init.answer(/SENTRY_URL\) \[https:\/\/sentry\.io\]: $/, sandbox.sentryUrl);
    await init.answer(/SENTRY_ORG\): $/, 'acmee');
    await init.answer(/SENTRY_AUTH_TOKEN\), not shown: $/, 'wrong-token-0123456789');
    await init.answer(/401[^]*SENTRY_AUTH_TOKEN\), not shown: $/, sentryToken);
    await init.answer(/404[^]*did you mean acme\?[^]*SENTRY_ORG\) \[acme\]: $/, '');
    await init.answer(/team infra: worker\r\n {3}team shop: api, web\r\n[^]*\[all\]: $/, 'web, wrker');
    await init.answer(/did you mean worker\?\r\n[^]*\[all\]: $/, 'web, worker');
    await init.answer(/anodot\? \[no\]: $/, '1234567');
    await init.answer(/answer yes or no; the key is asked next\r\nSend to anodot\? \[no\]: $/, '');
    await init.answer(/newrelic\? \[no\]: $/, 'yes');
    await init.answer(/NEW_RELIC_ACCOUNT_ID\): $/, 'twelve');
    await init.answer(/"twelve" does not fit[^]*NEW_RELIC_ACCOUNT_ID\): $/, newRelicAccountId);
    await init.answer(/NEW_RELIC_LICENSE_KEY\), not shown: $/, newRelicKey);
    await init.answer(/NEW_RELIC_REGION\) \[us\]: $/, '');
    await init.answer(/for real\?.* \[yes\]: $/, 'no');

    assert.equal(await init.end(), 0, init.shown());
    assert.match(init.shown(), /sentry-monitor preview\r\n$/);
    for (const secret of [sentryToken, newRelicKey, 'wrong-token']) assert.ok(!init.shown().includes(secret));
    const text = readFileSync(files.file('.env'), 'utf8');
    assert.equal(statSync(files.file('.env')).mode & 0o777, 0o600);
    assert.deepEqual(text.split('\n').slice(1), [
      `SENTRY_URL=${sandbox.sentryUrl}`,
      `SENTRY_ORG=${sentryOrg}`,
      `SENTRY_AUTH_TOKEN=${sentryToken}`,
      `NEW_RELIC_ACCOUNT_ID=${newRelicAccountId}`,
      `NEW_RELIC_LICENSE_KEY=${newRelicKey}`,
      'NEW_RELIC_REGION=us',
      'DRY_RUN=true',
      'FILTERS=config/filters.yaml',
      '',
    ]);
    const filters = readFileSync(join(files.path, 'config/filters.yaml'), 'utf8');
    assert.match(filters, /^# yaml-language-server: \$schema=.*filters\.schema\.json\n/);
    assert.match(
      filters,
      /- name: shop\n {4}team: shop\n {4}projects: \[web\]\n {2}- name: infra\n {4}team: infra\n {4}projects: \[worker\]\n/,
    );
    const check = await runNode(['--env-file=.env', CLI, 'check'], {}, files.path);
    assert.deepEqual([check.code, check.stderr], [0, ''], check.stdout);
  });

  it('ends with Ctrl-C, and has written nothing', async () => {
    const init = onTerminal(open, [CLI, 'init'], {}, files.path);
    await init.answer(/SENTRY_URL\) .*: $/, sandbox.sentryUrl);
    await init.answer(/SENTRY_ORG\): $/, 'acme');
    init.type('secret\u0003');
    assert.equal(await init.end(), 1);
    assert.match(init.shown(), /stopped; nothing was written/);
    assert.throws(() => statSync(files.file('.env')), { code: 'ENOENT' });
  });

  it('after an address that is none offers the usual one again, and Enter takes it', async () => {
    const init = onTerminal(open, [CLI, 'init'], {}, files.path);
    await init.answer(/SENTRY_URL\) \[https:\/\/sentry\.io\]: $/, 'not an address');
    await init.answer(/SENTRY_URL [^]*SENTRY_URL\) \[https:\/\/sentry\.io\]: $/, '');
    await init.answer(/SENTRY_ORG\): $/, 'acme');
    init.type('\u0003');
    assert.equal(await init.end(), 1);
  });

  it('asks before it writes a filters file anew, and takes no for an answer', async () => {
    const own = 'filters:\n  - { name: mine, projects: [web] }\n';
    const env = { SENTRY_URL: sandbox.sentryUrl, SENTRY_ORG: 'acme', SENTRY_AUTH_TOKEN: sandbox.keys.sentryToken };
    const there = folder({ 'own.yaml': own });
    const init = onTerminal(
      open,
      [CLI, 'init', '--filters', 'own.yaml'],
      { ...env, ANODOT_TOKEN: 'a'.repeat(20) },
      there.path,
    );
    await init.answer(/own\.yaml is there already\. Write it anew\? \[no\]: $/, '');
    await init.answer(/newrelic\? \[no\]: $/, '');
    await init.answer(/for real\?.* \[yes\]: $/, '');
    assert.equal(await init.end(), 0, init.shown());
    assert.equal(readFileSync(there.file('own.yaml'), 'utf8'), own);
    assert.match(readFileSync(there.file('.env'), 'utf8'), /^DRY_RUN=false\nFILTERS=own\.yaml$/m);
    there.remove();
  });
});
