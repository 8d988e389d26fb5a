import assert from 'node:assert/strict';
import { join } from 'node:path';
import { called, helpAs, programIn } from '../../src/commands/called.ts';
import { commands } from '../../src/commands/index.ts';
import { ROOT, runNode } from '../support/process/processes.ts';

const SCRIPT = { npm_command: 'run', npm_lifecycle_event: 'check' };
const OLD_SCRIPT = { npm_command: 'run-script', npm_lifecycle_event: 'check' };
const START = { npm_command: 'start', npm_lifecycle_event: 'start' };
const NPX = { npm_command: 'exec', npm_lifecycle_event: 'npx' };
const OWN = { npm_command: 'run-script', npm_lifecycle_event: 'watch-sentry' };
const ON_PATH = '/usr/local/bin/sentry-monitor';
const IN_CLONE = join(process.cwd(), 'bin/sentry-monitor.js');

describe('how a command is called', () => {
  for (const [what, env, program, plan, run, all] of [
    ['installed', {}, ON_PATH, 'sentry-monitor plan', 'sentry-monitor run', 'sentry-monitor'],
    ['by npx', NPX, IN_CLONE, 'npx sentry-monitor plan', 'npx sentry-monitor run', 'npx sentry-monitor'],
    ['by a script of npm', SCRIPT, IN_CLONE, 'npm run plan --', 'npm run fill --', 'npx sentry-monitor'],
    ['by a script of an older npm', OLD_SCRIPT, IN_CLONE, 'npm run plan --', 'npm run fill --', 'npx sentry-monitor'],
    ['by npm start', START, IN_CLONE, 'npm run plan --', 'npm run fill --', 'npx sentry-monitor'],
    [
      'by node',
      {},
      IN_CLONE,
      'node bin/sentry-monitor.js plan',
      'node bin/sentry-monitor.js run',
      'node bin/sentry-monitor.js',
    ],
    ['by a script of their own', OWN, ON_PATH, 'sentry-monitor plan', 'sentry-monitor run', 'sentry-monitor'],
    [
      'from elsewhere',
      {},
      '/opt/monitor/bin/sentry-monitor.js',
      'node /opt/monitor/bin/sentry-monitor.js plan',
      'node /opt/monitor/bin/sentry-monitor.js run',
      'node /opt/monitor/bin/sentry-monitor.js',
    ],
  ] as const)
    it(what, () => {
      const start = { env, program };
      assert.deepEqual([called('plan', start, true), called('run', start, true), programIn(start)], [plan, run, all]);
    });

  it('without anything behind it needs no --', () =>
    assert.equal(called('preview', { env: SCRIPT, program: IN_CLONE }), 'npm run preview'));
});

describe('the help of who called so', () => {
  it('is as it was written for who has it installed', async () => {
    for (const load of Object.values(commands)) {
      const { help } = await load();
      assert.equal(helpAs(help, { env: {}, program: ON_PATH }), help);
    }
  });

  it('calls nothing otherwise than its reader does, on 80 columns', async () => {
    for (const env of [{}, NPX, SCRIPT])
      for (const [name, load] of Object.entries(commands)) {
        const { help } = await load();
        const shown = helpAs(help, { env, program: IN_CLONE });
        assert.doesNotMatch(shown, /^sentry-monitor /m, name);
        assert.ok(
          shown.split('\n').every((line) => line.length <= 80),
          shown,
        );
        assert.equal(shown.slice(shown.indexOf('\n\n')), help.slice(help.indexOf('\n\n')));
      }
  });

  it('has both ways of a command that has two', async () => {
    const { help } = await commands['run']!();
    assert.match(
      helpAs(help, { env: SCRIPT, program: IN_CLONE }),
      /^npm run fill -- --from <ISO> --to <ISO> [^]*\[--force\]\nnpm run fill -- --debug \[--from <ISO> --to <ISO>\]/,
    );
  });

  it('is what the program says', async () => {
    const { stdout } = await runNode(['bin/sentry-monitor.js', 'check', '--help'], NPX);
    assert.match(stdout, /^npx sentry-monitor check \[--live\]\n\n/);
    const script = await runNode(['bin/sentry-monitor.js', 'check', '--liv'], SCRIPT, ROOT);
    assert.match(script.stderr, /did you mean --live\?\n\nnpm run check -- \[--live\]\n\n--help says more\n$/);
    assert.match((await runNode(['bin/sentry-monitor.js'], NPX)).stdout, /^npx sentry-monitor <command>\n/);
  });
});
