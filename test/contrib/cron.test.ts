import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/process/processes.ts';
import { folder } from '../support/process/temp-folder.ts';
import { until, within } from '../support/time/until.ts';

const TOKEN = 'cron-token-0123456789';

/** contrib/docker/cron.sh beside a trigger.sh that only notes its call, with a clock and a sleep of ours. */
describe('contrib/docker/cron.sh', () => {
  let files: ReturnType<typeof folder>;
  let child: ChildProcess | undefined;

  beforeEach(() => {
    files = folder({});
    for (const name of ['bin', 'tmp', 'contrib', 'contrib/docker']) mkdirSync(files.file(name));
    cpSync(join(ROOT, 'contrib/docker/cron.sh'), files.file('contrib/docker/cron.sh'));
    script('bin/date', `cat "${files.file('now')}"`);
    // The first sleep is over at once, the second one never.
    script(
      'bin/sleep',
      `echo "sleep $1" >> "${files.file('log')}"\n[ -e "${files.file('slept')}" ] || exec /bin/sleep 600`,
    );
    script('contrib/trigger.sh', `echo "tick $*" >> "${files.file('log')}"\nrm "${files.file('slept')}"\nexit 3`);
    writeFileSync(files.file('log'), '');
    writeFileSync(files.file('slept'), '');
  });
  afterEach(() => {
    child?.kill('SIGKILL');
    files.remove();
  });

  function script(name: string, body: string): void {
    writeFileSync(files.file(name), `#!/bin/sh\n${body}\n`);
    chmodSync(files.file(name), 0o755);
  }

  const log = (): readonly string[] => readFileSync(files.file('log'), 'utf8').split('\n').slice(0, -1);

  function start(now: number, tokens: string | undefined): Promise<readonly [number | null, string]> {
    writeFileSync(files.file('now'), String(now));
    const own = spawn('sh', [files.file('contrib/docker/cron.sh'), '--ledger', 'http://a:3000', 'http://b:3000'], {
      env: {
        PATH: `${files.file('bin')}:${process.env['PATH'] ?? ''}`,
        TMPDIR: files.file('tmp'),
        ...(tokens === undefined ? {} : { TRIGGER_TOKEN: tokens }),
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child = own;
    let said = '';
    own.stderr.setEncoding('utf8').on('data', (part: string) => (said += part));
    const ended = new Promise<readonly [number | null, string]>((done) =>
      own.once('exit', (code) => done([code, said])),
    );
    return within('cron.sh ends', ended);
  }

  for (const [now, seconds] of [
    [1_795_231_200, 180], // on the grid
    [1_795_231_379, 1],
    [1_795_231_380, 300], // the very moment of a tick that was just made
    [1_795_231_499, 181],
  ] as const) {
    it(`at ${now} waits ${seconds} s, calls trigger.sh, goes on though that failed, and ends by SIGTERM`, async () => {
      const ended = start(now, `${TOKEN},another-token-0123456`);
      await until('it sleeps again', () => log().length === 3);
      const token = files.file('tmp/trigger.token');
      assert.deepEqual(log(), [
        `sleep ${seconds}`,
        `tick --token-file ${token} --ledger http://a:3000 http://b:3000`,
        `sleep ${seconds}`,
      ]);
      assert.equal(readFileSync(token, 'utf8'), `${TOKEN}\n`);
      assert.equal(statSync(token).mode & 0o777, 0o600);
      child!.kill('SIGTERM');
      assert.deepEqual(await ended, [0, '']);
    });
  }

  it('ends at once without a token, and says so', async () => {
    const [code, said] = await start(1_795_231_200, undefined);
    assert.notEqual(code, 0);
    assert.match(said, /TRIGGER_TOKEN: is not set/);
  });
});
