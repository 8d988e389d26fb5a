import assert from 'node:assert/strict';
import { endProcesses, runNode } from '../support/process/processes.ts';
import { startRemoteSandbox, startRemoteService } from '../support/process/services.ts';
import { folder } from '../support/process/temp-folder.ts';
import { filtersText, postRun, settingsFor } from '../support/e2e/service.ts';
import type { Json } from '../support/e2e/json.ts';
import { until } from '../support/time/until.ts';

const FILTERS = [{ name: 'web', projects: ['shop-web'], query: 'x:1' }];

describe('a wrong cause is told nowhere', function () {
  after(() => endProcesses());

  it('of an organization that is not there: in the log at the start, in the answer, in check --live', async () => {
    const sandbox = await startRemoteSandbox();
    await sandbox.command('projects', { slug: 'shop-web' });
    const env = { SENTRY_ORG: 'acmee' };
    const service = await startRemoteService(sandbox, FILTERS, env);
    await until('it is examined', () => service.log().some(({ msg }) => msg === 'examined'), 60_000);
    const told = service.log().filter(({ msg }) => msg === 'mend this');
    assert.deepEqual(
      told.map(({ check, variable }) => [check, variable]),
      [['sentry organization', 'SENTRY_ORG']],
    );
    const answer = await postRun(service.url);
    const error = String((answer.body.reports as Json[])[0].error);
    const files = folder({ 'filters.yaml': filtersText(FILTERS) });
    const live = await runNode(['src/cli.ts', 'check', '--live'], {
      ...settingsFor(sandbox),
      ...env,
      FILTERS: files.file('filters.yaml'),
    });
    files.remove();
    for (const text of [String(told[0]!['say']), error, live.stdout]) {
      assert.match(text, /no organization acmee at .*check SENTRY_ORG/);
      assert.doesNotMatch(text, /events table|query cannot be used/);
    }
    assert.doesNotMatch(service.out(), /has no events table|query cannot be used/);
    service.child.kill('SIGTERM');
  });

  it('of a user key of New Relic and a token that Anodot does not know: at the start, and in the answer', async () => {
    const sandbox = await startRemoteSandbox();
    await sandbox.command('projects', { slug: 'shop-web' });
    const service = await startRemoteService(sandbox, [{ name: 'web', projects: ['shop-web'] }], {
      NEW_RELIC_LICENSE_KEY: 'NRAK-ABCDEFGHIJKLMNOPQRSTUVWXYZ0',
      ANODOT_TOKEN: 'another-anodot-token',
    });
    await until('it is examined', () => service.log().some(({ msg }) => msg === 'examined'), 60_000);
    assert.deepEqual(
      service
        .log()
        .filter(({ msg }) => msg === 'mend this')
        .map(({ check, variable, level }) => [check, variable, level]),
      [
        ['anodot token', 'ANODOT_TOKEN', 50],
        ['newrelic key', 'NEW_RELIC_LICENSE_KEY', 50],
      ],
    );
    const { text } = await postRun(service.url);
    assert.match(text, /NEW_RELIC_LICENSE_KEY is a user key \(NRAK-\)/);
    assert.match(text, /check ANODOT_TOKEN/);
    service.child.kill('SIGTERM');
  });

  it('in a dry run no sink is asked at the start', async () => {
    const sandbox = await startRemoteSandbox();
    await sandbox.command('projects', { slug: 'shop-web' });
    const service = await startRemoteService(sandbox, [{ name: 'web', projects: ['shop-web'] }], { DRY_RUN: 'true' });
    await until('it is examined', () => service.log().some(({ msg }) => msg === 'examined'), 60_000);
    const { requests } = await sandbox.requests();
    assert.deepEqual([...new Set(requests.map(({ vendor }) => vendor))], ['sentry']);
    service.child.kill('SIGTERM');
  });
});
