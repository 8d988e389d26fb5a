import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../support/process/processes.ts';
import { describeWith, objectionsOf, onPath } from '../support/process/tools.ts';
import { folder } from '../support/process/temp-folder.ts';

const UNITS = join(ROOT, 'contrib/systemd');
/** Of 10, where 0 is a service that may do nothing. */
const MOST_EXPOSED = 2;

describeWith('systemd-analyze', 'the units of systemd', () => {
  const analyze = onPath('systemd-analyze')!;
  const names = readdirSync(UNITS).toSorted();

  it('are a service, and a timer with what it starts', () =>
    assert.deepEqual(names, [
      'sentry-monitor-trigger.service',
      'sentry-monitor-trigger.timer',
      'sentry-monitor.service',
    ]));

  it('are valid', async () => {
    const files = folder({});
    // Where they are installed, node and the script lie where the units say; here they lie elsewhere.
    for (const name of names)
      writeFileSync(
        files.file(name),
        readFileSync(join(UNITS, name), 'utf8')
          .replace('/usr/bin/node', process.execPath)
          .replaceAll('/opt/sentry-monitor', ROOT.replace(/\/$/, '')),
      );
    const said = await objectionsOf(
      analyze,
      ['verify', '--man=no', '--recursive-errors=no', ...names.map((it) => files.file(it))],
      { cwd: files.path },
    );
    files.remove();
    assert.equal(said, '');
  });

  // In the title, so that every run of the tests prints it.
  for (const name of names.filter((it) => it.endsWith('.service'))) {
    const args = ['security', '--offline=true', '--no-pager', join(UNITS, name)];
    const said = execFileSync(analyze, args, { encoding: 'utf8' });
    const exposure = Number(/Overall exposure level for \S+: (\d+\.\d)/.exec(said)?.[1]);
    it(`${name} has an exposure of ${exposure}, ${MOST_EXPOSED} at most`, () =>
      assert.ok(exposure <= MOST_EXPOSED, said));
  }

  it('the timer ticks three minutes after each window', async () => {
    const [, calendar] = /^OnCalendar=(.+)$/m.exec(readFileSync(join(UNITS, 'sentry-monitor-trigger.timer'), 'utf8'))!;
    const args = ['calendar', '--iterations=3', '--base-time=2026-11-29 10:00:00 UTC', calendar!];
    const { stdout } = await promisify(execFile)(analyze, args, { env: { ...process.env, TZ: 'UTC' } });
    assert.deepEqual(
      [...stdout.matchAll(/2026-11-29 (\d\d:\d\d:\d\d) UTC/g)].map(([, time]) => time),
      ['10:03:00', '10:08:00', '10:13:00'],
    );
  });
});
