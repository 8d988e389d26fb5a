import assert from 'node:assert/strict';
import { until } from '../support/time/until.ts';
import { endProcesses } from '../support/process/processes.ts';
import type { RemoteSandbox } from '../support/process/services.ts';
import { type Posted, postRun } from '../support/e2e/service.ts';
import { AUTHORIZED, SECRETS } from '../support/secrets/bench.ts';
import { type Spec, SPECS } from '../support/secrets/echoing-faults.ts';
import { leaksOf, search, startSecretSandbox, startSecretService } from '../support/secrets/secret-service.ts';

/** The title that holds all secrets. */
const HIDDEN = `LeakError: <${Object.keys(SECRETS)
  .map(() => '***')
  .join(' ')}>`;
/** Those that take no long wait of real time. */
const FAULTS: readonly Spec[] = [
  ...SPECS.status.filter(({ status }) => [302, 400, 401, 404].includes(status!)),
  ...SPECS.html,
  ...SPECS.garbage.slice(-5),
  ...SPECS['partial-refusal'].filter(({ code }) => code !== 2003),
  ...SPECS.redirect,
];

describe('secrets and the service as a process', () => {
  let sandbox: RemoteSandbox;
  const end = Math.floor((Date.now() - 120_000) / 300_000) * 300_000;

  before(async () => {
    sandbox = await startSecretSandbox(end);
  });
  after(() => endProcesses());

  for (const format of ['json', 'pretty'] as const) {
    it(`stand in nothing that it says, whatever vendors answer (${format})`, async () => {
      const service = await startSecretService(sandbox, { LOG_FORMAT: format });
      const answers: Posted[] = [];
      const before = (await sandbox.requests()).requests.length;
      for (const spec of FAULTS) {
        for (const vendor of ['newrelic', 'anodot', 'sentry']) {
          await sandbox.command('faults', { ...spec, vendor, times: 0 });
          // Each time another window: what was delivered is not sent again.
          answers.push(
            await postRun(service.url, `?end=${new Date(end - 300_000 * answers.length).toISOString()}`, AUTHORIZED),
          );
          await sandbox.heal();
        }
      }
      answers.push(await postRun(service.url, `?end=${new Date(end).toISOString()}&debug=true`, AUTHORIZED));
      service.child.kill('SIGTERM');
      assert.deepEqual(await service.end(), { code: 0, signal: null });

      const met = (await sandbox.requests()).requests
        .slice(before)
        .filter(({ fault }) => fault !== null)
        .map(({ vendor, fault }) => `${vendor} ${fault}`);
      for (const vendor of ['sentry', 'newrelic', 'anodot'])
        for (const { kind } of FAULTS) assert.ok(met.includes(`${vendor} ${kind}`), `${vendor} ${kind}`);
      assert.ok(answers.filter(({ status }) => status >= 500).length >= FAULTS.length);
      assert.ok(
        answers.some(({ text }) => text.includes(HIDDEN)) &&
          answers.some(({ status, text }) => status >= 500 && /answered 4\d\d: [^,]*\*\*\*/.test(text)),
      );
      assert.ok(
        service.out().includes('request answered') &&
          service.out().includes('LeakError: <***') &&
          service.out().includes(format === 'json' ? '{"level":20' : 'DEBUG'),
        'the log is whole, in this format',
      );
      assert.equal(service.err(), '');
      assert.deepEqual(
        [
          ...leaksOf(service),
          ...answers.flatMap(({ text, headers }) => search('answer', text + JSON.stringify([...headers]))),
        ],
        [],
      );
    });
  }

  it('go to their owners only', async () => {
    const service = await startSecretService(sandbox);
    assert.equal((await postRun(service.url, `?at=${(end + 120_000) / 1000}`, AUTHORIZED)).status, 200);
    await until('a run event came', async () =>
      (await sandbox.received()).newrelic.events.some(({ record }) => record['eventType'] === 'SentryMonitorRun'),
    );
    const { newrelic, anodot } = await sandbox.received();
    assert.ok(newrelic.raw.length >= 2 && anodot.raw.length >= 1);
    assert.ok(JSON.stringify(newrelic.events).includes(HIDDEN));
    for (const [vendor, raw] of Object.entries({ newrelic: newrelic.raw, anodot: anodot.raw }))
      assert.deepEqual(search(vendor, JSON.stringify(raw)), []);
  });
});
