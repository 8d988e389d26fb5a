import assert from 'node:assert/strict';
import { type FilterSpec, filtersText, postRun, settingsFor } from '../../support/e2e/service.ts';
import { fill, FIVE_MS, lastEnds } from '../../support/ledger/windows.ts';
import { type Ended, endProcesses, runNode } from '../../support/process/processes.ts';
import { type RemoteSandbox, startReadyService, startRemoteSandbox } from '../../support/process/services.ts';
import { folder } from '../../support/process/temp-folder.ts';
import { NO_TERMINAL, onTerminal, terminalOpener } from '../../support/terminal/terminal.ts';

const FILTERS: readonly FilterSpec[] = [
  { name: 'f-web', projects: ['web'] },
  { name: 'f-api', projects: ['api'] },
];
const open = terminalOpener();

describe('run --debug', () => {
  let sandbox: RemoteSandbox;
  let files: ReturnType<typeof folder>;
  const ends = lastEnds(3).toReversed();
  const span = ['--from', isoOf(ends[0]! - FIVE_MS), '--to', isoOf(ends[2]!)];

  before(async () => {
    sandbox = await startRemoteSandbox();
    files = folder({ 'filters.yaml': filtersText(FILTERS) });
    await fill(sandbox, ['web', 'api'], ends);
  });
  after(async () => {
    await endProcesses();
    files.remove();
  });

  const env = () => ({ ...settingsFor(sandbox), FILTERS: files.file('filters.yaml') });
  const go = (args: readonly string[]): Promise<Ended> => runNode(['src/cli.ts', 'run', '--debug', ...args], env());
  /** NOTE: not by requests: a service looks at its sinks when it starts, with posts that hold nothing. */
  const nothingSent = async (): Promise<void> => {
    const { newrelic, anodot } = await sandbox.received();
    assert.deepEqual([newrelic.events, newrelic.metrics, anodot.samples], [[], [], []]);
  };

  it('is in a pipe the answer of a post with debug, a line for each window, and sends nothing', async () => {
    const { code, stdout, stderr } = await go(span);
    assert.deepEqual([code, stderr], [0, '']);
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Answer);
    assert.deepEqual(
      lines.map(({ window, debug }) => [debug, window.start, window.end]),
      ends.map((end) => [true, isoOf(end - FIVE_MS), isoOf(end)]),
    );
    const service = await startReadyService(sandbox, FILTERS);
    const posted = await postRun(service.url, `?debug=true&end=${isoOf(ends[2]!)}`);
    assert.deepEqual(lines[2]!.reports, (posted.body as Answer).reports);
    await nothingSent();
  });

  it('is one document, of the last settled window, when none is named; of the filters and sinks that are', async () => {
    const { code, stdout } = await go(['--filter', 'f-api', '--sink', 'anodot']);
    assert.equal(code, 0);
    const { reports, window } = JSON.parse(stdout) as Answer;
    assert.ok(Date.parse(window.end) >= ends[2]!);
    assert.deepEqual(
      reports.map(({ filter, sinks }) => [filter, Object.keys(sinks)]),
      [['f-api', ['anodot']]],
    );
    await nothingSent();
  });

  it('needs neither a sink nor a ledger, and minds no DRY_RUN', async () => {
    const none = { NEW_RELIC_ACCOUNT_ID: '', NEW_RELIC_LICENSE_KEY: '', ANODOT_TOKEN: '', DRY_RUN: 'true' };
    const { code, stdout } = await runNode(['src/cli.ts', 'run', '--debug'], { ...env(), ...none });
    assert.equal(code, 0);
    assert.deepEqual(Object.keys((JSON.parse(stdout) as Answer).reports[0]!.sinks), []);
  });

  for (const [args, said] of [
    [['--force'], '--debug sends nothing, and --force sends again; leave one out'],
    [['--from', '2026-11-20T10:00:00Z'], '--to is missing; write ISO with zone, such as 2026-11-20T10:00:00Z'],
    [['--filter', 'x'], '--filter x is unknown; there are f-web, f-api'],
    [['--sink', 'x'], '--sink x is unknown; there are anodot, newrelic'],
  ] as const)
    it(`cannot be understood with ${args.join(' ')}`, async () => {
      const { code, stdout, stderr } = await go(args);
      assert.deepEqual([code, stdout, stderr.split('\n')[0]], [2, '', said]);
    });

  it('ends with 1 when a filter was not read, and says why', async () => {
    await sandbox.command('faults', { vendor: 'sentry', kind: 'status', status: 403, times: 0 });
    const { code, stdout } = await go([]);
    await sandbox.heal();
    assert.equal(code, 1);
    assert.match(JSON.parse(stdout).reports[0].error, /answered 403/);
  });

  it('says faults of the settings on stderr', async () => {
    const { code, stdout, stderr } = await runNode(['src/cli.ts', 'run', '--debug'], { ...env(), SENTRY_ORG: '' });
    assert.deepEqual([code, stdout], [1, '']);
    assert.match(stderr, /^fault {4}SENTRY_ORG: is not set.*\n1 to mend, nothing was read\n$/);
  });

  if (open === undefined) it(NO_TERMINAL, () => undefined);
  else
    it('is on a terminal the table of preview', async () => {
      const run = onTerminal(open, ['src/cli.ts', 'run', '--debug', ...span], env());
      assert.equal(await run.end(), 0, run.shown());
      assert.match(run.shown(), /^ {3}f-web {9}web {14}3 {7}1 {7}1\r$/m);
      assert.match(run.shown(), /^ {3}anodot {4}skipped {6}would take 18 records\r$/m);
      await nothingSent();
    });
});

interface Answer {
  readonly debug: boolean;
  readonly window: { readonly start: string; readonly end: string };
  readonly reports: readonly { readonly filter: string; readonly sinks: Readonly<Record<string, unknown>> }[];
}

function isoOf(at: number): string {
  return new Date(at).toISOString();
}
