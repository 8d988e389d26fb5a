import assert from 'node:assert/strict';
import type { Service } from '../../support/e2e/service.ts';
import { openQueueBench, type QueueBench, withKeys } from '../../support/intakes/queue-bench.ts';
import { type Ran, runCommand } from '../../support/telling/alert-commands.ts';

/** Every so many ms the command looks. */
const LOOK_MS = 5_000;
const CRON_MS = 300_000;

describe('simulate through a queue', () => {
  withKeys();
  let bench: QueueBench;
  beforeEach(async () => {
    bench = await openQueueBench();
  });
  afterEach(() => bench.close());

  const filters = [{ name: 'nightly', projects: ['shop'], alerts: ['title has "sentry-monitor end-to-end check"'] }];

  async function simulate(args: readonly string[], service?: Service, intakes?: readonly string[]): Promise<Ran> {
    let posted = bench.clock.now();
    const sleep = async (ms: number, signal?: AbortSignal): Promise<void> => {
      if (ms !== LOOK_MS) return bench.clock.sleep(ms, signal);
      bench.clock.advance(LOOK_MS);
      if (service === undefined || bench.clock.now() - posted < CRON_MS) return;
      posted = bench.clock.now();
      await service.post();
    };
    const text = bench.fileOf(filters, intakes);
    return runCommand(bench, text, ['simulate', '--to', 'sqs', ...args], { env: bench.env, sleep });
  }

  it('follows an error from the queue to the mail', async () => {
    const service = await bench.serveQueues(filters);
    const { code, stdout, stderr } = await simulate([], service);
    assert.deepEqual([code, stderr], [0, ''], stdout);
    const rows = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(/ {2,}/));
    assert.match(rows[0]![2]!, /^event [0-9a-f]{32} to the queue of shop$/);
    assert.deepEqual(
      rows.slice(1).map(([step, , say]) => [step, say]),
      [
        ['stored', 'as issue sentry-monitor-check of project shop'],
        ['counted', 'by nightly in 2026-11-20T10:05:00.000Z to 2026-11-20T10:10:00.000Z'],
        ['alert', 'title has "sentry-monitor end-to-end check" of nightly'],
        ['message', 'sent to lead'],
      ],
    );
    assert.match(bench.mails()[0]!.subject, /^nightly: SentryMonitorCheck: sentry-monitor end-to-end check$/);
    const again = await simulate(['--json', '--intake', 'shop'], service);
    assert.equal(JSON.parse(again.stdout).steps.length, 5);
    assert.equal(bench.mails().length, 2);
  });

  it('says so where nobody reads the queue, and where there is none', async () => {
    const { code, stdout } = await simulate(['--minutes', '1']);
    assert.equal(code, 1);
    assert.match(stdout, /^stored .* FAILED: intake shop did not bring it; check that the cron posts/m);
    const text = bench.fileOf(filters).replaceAll('/shop"', '/gone"');
    const gone = await runCommand(bench, text, ['simulate', '--to', 'sqs'], { env: bench.env });
    assert.equal(gone.code, 1);
    assert.match(gone.stdout, /^sent .* FAILED: shop: there is no such queue; make it/);
  });

  it('wants to know which one of several, by a name that there is', async () => {
    const several = await simulate([], undefined, ['shop', 'other']);
    assert.equal(several.code, 2);
    assert.match(several.stderr, /--intake is needed: there are shop, other/);
    const unknown = await simulate(['--intake', 'shp']);
    assert.deepEqual(
      [unknown.code, /there is no intake shp of this kind; there is shop/.test(unknown.stderr)],
      [2, true],
    );
  });
});
