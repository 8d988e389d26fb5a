import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { folder } from '../../support/process/temp-folder.ts';
import type { Service } from '../../support/e2e/service.ts';
import { type AlertBench, openAlertBench } from '../../support/telling/alert-bench.ts';
import { type Ran, runCommand } from '../../support/telling/alert-commands.ts';

/** Every so many ms the command looks. */
const LOOK_MS = 5_000;
const CRON_MS = 300_000;

describe('simulate through a log file', () => {
  let bench: AlertBench;
  let logs: ReturnType<typeof folder>;
  beforeEach(async () => {
    bench = await openAlertBench('stopped');
    logs = folder({ 'error.log': 'ERROR 2026-11-20 09:00:00,000 begun\n' });
  });
  afterEach(async () => {
    logs.remove();
    await bench.close();
  });

  const textOf = (): string =>
    JSON.stringify({
      channels: { hook: { webhook: bench.receiver.url, key: 'HOOK_KEY' } },
      defaults: { tell: 'hook' },
      intakes: { django: { file: path.join(logs.path, 'error.log'), format: 'django' } },
      filters: [{ name: 'site', projects: ['django'], alerts: ['title has "sentry-monitor end-to-end check"'] }],
    });

  async function simulate(args: readonly string[], service?: Service): Promise<Ran> {
    let posted = bench.clock.now();
    const sleep = async (ms: number, signal?: AbortSignal): Promise<void> => {
      if (ms !== LOOK_MS) return bench.clock.sleep(ms, signal);
      bench.clock.advance(LOOK_MS);
      if (service === undefined || bench.clock.now() - posted < CRON_MS) return;
      posted = bench.clock.now();
      await service.post();
    };
    return runCommand(bench, textOf(), ['simulate', '--to', 'file', ...args], { sleep });
  }

  it('follows an error from the file to the people who are told', async () => {
    const HOOK_KEY = 'whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=';
    const env = { LEDGER_URL: bench.ledgerUrl, HOOK_KEY, LEASE_SECONDS: '600' };
    const service = await bench.serve([], env, { file: textOf() });
    const early = await simulate([]);
    assert.equal(early.code, 1);
    assert.match(
      early.stdout,
      /^sent .* FAILED: django has not looked on this server yet \(.+\), and begins at the end/,
    );
    await service.post();
    const { code, stdout, stderr } = await simulate([], service);
    assert.deepEqual([code, stderr], [0, ''], stdout);
    const rows = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(/ {2,}/));
    assert.match(rows[0]![2]!, /^event [0-9a-f]{32} to the file of django$/);
    assert.match(rows[1]![2]!, /^as issue 1:[0-9a-f]+ of project django$/);
    assert.deepEqual(
      rows.slice(2).map(([step, , say]) => [step, say?.replace(/ in 2026.*/, '')]),
      [
        ['counted', 'by site'],
        ['alert', 'title has "sentry-monitor end-to-end check" of site'],
        ['message', 'sent to hook'],
      ],
    );
    assert.equal(fs.readFileSync(path.join(logs.path, 'error.log'), 'utf8').split('\n').length, 6);
    assert.equal(bench.receiver.taken.length, 1);
  });

  it('says so where nobody reads the file, and what is wrong with the call', async () => {
    for (const [args, said] of [
      [['--dsn', 'http://key@sentry.example.com/1'], /--dsn leads to Sentry, and --to file does not/],
      [['--intake', 'shop'], /there is no intake shop of this kind; there is django/],
    ] as const) {
      const { code, stderr } = await simulate(args);
      assert.equal(code, 2);
      assert.match(stderr, said);
    }
  });
});
