import assert from 'node:assert/strict';
import { arrived, expected, fill, FIVE_MS, lastEnds, same } from '../../support/ledger/windows.ts';
import { endProcesses, type Ended, runNode } from '../../support/process/processes.ts';
import { folder } from '../../support/process/temp-folder.ts';
import { type RemoteSandbox, startRemoteSandbox } from '../../support/process/services.ts';
import { type FilterSpec, filtersText, settingsFor } from '../../support/e2e/service.ts';

const PROJECTS = ['web', 'api'];
const FILTERS: readonly FilterSpec[] = PROJECTS.map((project) => ({ name: `f-${project}`, projects: [project] }));
const SINKS = ['newrelic', 'anodot'];

describe('run', () => {
  let sandbox: RemoteSandbox;
  let files: ReturnType<typeof folder>;
  const ends = lastEnds(3).toReversed();
  const [from, to] = [isoOf(ends[0]! - FIVE_MS), isoOf(ends[2]!)];

  beforeEach(async () => {
    sandbox = await startRemoteSandbox();
    files = folder({ 'filters.yaml': filtersText(FILTERS) });
    await fill(sandbox, PROJECTS, ends);
  });
  afterEach(async () => {
    await endProcesses();
    files.remove();
  });

  const go = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> =>
    runNode(['src/cli.ts', 'run', ...args], {
      ...settingsFor(sandbox),
      FILTERS: files.file('filters.yaml'),
      LEDGER_URL: `sqlite:${files.file('ledger.db')}`,
      ...env,
    });
  const lineOf = (end: number, text: string): string => `${isoOf(end - FIVE_MS).slice(0, 16)}Z  ${text}`;

  it('delivers what is missing, a line per window in a pipe; again it finds nothing; with --force it sends once more', async () => {
    const one = await go(['--from', isoOf(ends[0]!), '--to', isoOf(ends[1]!), '--filter', 'f-api', '--sink', 'anodot']);
    assert.deepEqual(one, {
      code: 0,
      stdout: `${lineOf(ends[1]!, '1 report; anodot sent 1')}\n${isoOf(ends[0]!)} to ${isoOf(ends[1]!)}: 1 report tried; all delivered\n`,
      stderr: '',
    });
    const { code, stdout, stderr } = await go(['--from', from, '--to', to]);
    assert.deepEqual([code, stderr], [0, '']);
    const lines = stdout.trimEnd().split('\n');
    assert.deepEqual(lines.slice(0, -1).toSorted(), [
      lineOf(ends[0]!, '2 reports; anodot sent 2; newrelic sent 2'),
      lineOf(ends[1]!, '2 reports; anodot sent 1; newrelic sent 2'),
      lineOf(ends[2]!, '2 reports; anodot sent 2; newrelic sent 2'),
    ]);
    assert.equal(lines.at(-1), `${from} to ${to}: 6 reports tried; all delivered`);
    same(await arrived(sandbox), expected(FILTERS, PROJECTS, ends, SINKS));
    assert.deepEqual(await go(['--from', from, '--to', to]), {
      code: 0,
      stdout: `${from} to ${to}: nothing was missing\n`,
      stderr: '',
    });
    const forceResend = await go(['--from', from, '--to', to, '--force']);
    assert.deepEqual(
      [forceResend.code, forceResend.stdout.split('\n')[0]],
      [0, '--force: anodot counts once more what it already has'],
    );
    const twice = new Map(
      [...expected(FILTERS, PROJECTS, ends, SINKS)].map(([name, counts]) => [name, [...counts, ...counts]]),
    );
    same(await arrived(sandbox), twice);
  });

  it('without a ledger sends all of it, but to no counter unless it is told to', async () => {
    const refused = await go(['--from', from, '--to', to], { LEDGER_URL: '' });
    assert.deepEqual(
      [refused.code, refused.stdout, refused.stderr.split('\n')[0]],
      [
        2,
        '',
        'without a ledger (LEDGER_URL) nobody knows what was sent before, and anodot would count it twice; leave it out with --sink, or say --force',
      ],
    );
    assert.deepEqual((await arrived(sandbox)).size, 0);
    assert.equal((await go(['--from', from, '--to', to, '--sink', 'newrelic'], { LEDGER_URL: '' })).code, 0);
    same(await arrived(sandbox), expected(FILTERS, PROJECTS, ends, ['newrelic']));
    assert.equal((await go(['--from', from, '--to', to, '--sink', 'anodot', '--force'], { LEDGER_URL: '' })).code, 0);
    same(await arrived(sandbox), expected(FILTERS, PROJECTS, ends, SINKS));
  });

  it('ends with 1 when something was not delivered, and says what; a ledger that cannot be reached too', async () => {
    await sandbox.command('faults', { vendor: 'anodot', kind: 'status', status: 403, times: 0 });
    const { code, stdout } = await go(['--from', isoOf(ends[0]!), '--to', isoOf(ends[1]!)]);
    assert.equal(code, 1);
    assert.deepEqual(stdout.split('\n'), [
      lineOf(
        ends[1]!,
        '2 reports; anodot failed 2; newrelic sent 2  anodot: answered 403; check ANODOT_TOKEN (the data collection key of the account, not an access key) and ANODOT_URL',
      ),
      `${isoOf(ends[0]!)} to ${isoOf(ends[1]!)}: 2 reports tried; 1 window not wholly delivered`,
      '',
    ]);
    const away = await go(['--from', from, '--to', to], { LEDGER_URL: 'sqlite:/nowhere/ledger.db' });
    assert.equal(away.code, 1);
    assert.match(
      away.stdout,
      /^LEDGER_URL: \/nowhere\/ledger\.db: the ledger cannot be opened, .*unable to open database file; make the folder, and let this user read and write in it; nothing was sent\n$/,
    );
  });

  it('that cannot be understood ends with 2, says why and how it is used', async () => {
    const { code, stdout, stderr } = await go(['--from', to, '--to', to]);
    assert.deepEqual([code, stdout, stderr.split('\n')[0]], [2, '', `--from ${to} is not before --to ${to}`]);
    assert.ok(stderr.includes('sentry-monitor run --from <ISO> --to <ISO>'));
  });
});

function isoOf(at: number): string {
  return new Date(at).toISOString();
}
