import assert from 'node:assert/strict';
import { commands } from '../../src/commands/index.ts';
import { runNode } from '../support/process/processes.ts';

const NAMES = Object.keys(commands);
/** What every command takes, and what a text may speak of without taking it. */
const NOT_ITS_OWN = ['--help'];

describe('the help', () => {
  for (const name of NAMES) {
    it(`of ${name} fits a terminal of 80 columns, and its summary the list`, async () => {
      const { help, summary } = await commands[name]!();
      assert.ok(help.endsWith('\n') && help.startsWith(`sentry-monitor ${name}`));
      assert.deepEqual(
        help.split('\n').filter((line) => line.length > 80),
        [],
      );
      assert.ok(summary.length <= 65, summary);
    });

    it(`of ${name} names each option that it takes, and no other; its exit codes too`, async () => {
      const { help, options } = await commands[name]!();
      const named = new Set(help.match(/(?<![\w-])--[a-z][a-z-]*/g));
      const taken = Object.keys(options).map((option) => `--${option}`);
      assert.deepEqual([...named].filter((option) => !NOT_ITS_OWN.includes(option)).toSorted(), taken.toSorted());
      assert.match(help, /^Exit codes: 0 [^]*; 2 bad call/m);
    });
  }

  it('lists every command within 80 columns', async () => {
    const { code, stdout } = await runNode(['src/cli.ts', 'help']);
    assert.equal(code, 0);
    for (const name of NAMES) assert.match(stdout, new RegExp(`^  ${name} +\\S`, 'm'));
    assert.ok(stdout.split('\n').every((line) => line.length <= 80));
  });

  it('of one command is also what help with its name says', async () => {
    const [one, other] = await Promise.all([
      runNode(['src/cli.ts', 'help', 'check']),
      runNode(['src/cli.ts', 'check', '--help']),
    ]);
    assert.deepEqual(one, other);
    assert.match(one.stdout, /^sentry-monitor check /);
  });
});

describe('the CLI', () => {
  for (const flag of ['--version', '-v', 'version'])
    it(`says with ${flag} which version it is`, async () => {
      const { code, stdout, stderr } = await runNode(['src/cli.ts', flag]);
      assert.deepEqual([code, stderr], [0, '']);
      assert.match(stdout, /^sentry-monitor \d+\.\d+\.\d+\S*\n$/);
    });

  for (const [call, said] of [
    ['previw', 'unknown command "previw"; did you mean preview?'],
    ['chekc', 'unknown command "chekc"; did you mean check?'],
    ['zzz', 'unknown command "zzz"'],
    ['check --liv', 'unknown option --liv; did you mean --live?'],
    ['plan --jsn', 'unknown option --jsn; did you mean --json?'],
    ['run --frm 2026-11-20T10:00:00Z', 'unknown option --frm; did you mean --from?'],
    ['dashboard newrelic --acount=1', 'unknown option --acount; did you mean --account?'],
    ['demo -x', 'unknown option -x'],
    ['init --token=sntrys_0123456789abcdef', 'unknown option --token; did you mean --token-stdin?'],
    ['help nonsense', 'unknown command "nonsense"'],
  ] as const)
    it(`tells what may be meant: ${call}`, async () => {
      const { code, stdout, stderr } = await runNode(['src/cli.ts', ...call.split(' ')]);
      assert.deepEqual([code, stdout, stderr.split('\n')[0]], [2, '', said]);
      assert.doesNotMatch(stderr, /0123456789abcdef/);
    });
});
