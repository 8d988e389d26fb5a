import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { itWith, objectionsOf, toolHere } from '../support/process/tools.ts';
import { ROOT } from '../support/process/processes.ts';
import { folder } from '../support/process/temp-folder.ts';

const UNITS = join(ROOT, 'contrib/systemd');
/** Of 10, where 0 is a service that may do nothing. */
const MOST_EXPOSED = 2;
const analyze = toolHere('systemd-analyze');
const names = readdirSync(UNITS).toSorted();

function text(name: string): string {
  return readFileSync(join(UNITS, name), 'utf8');
}

describe('the units of systemd', () => {
  it('are a service, and a timer with what it starts', () =>
    assert.deepEqual(names, [
      'sentry-monitor-trigger.service',
      'sentry-monitor-trigger.timer',
      'sentry-monitor.service',
    ]));

  itWith('systemd-analyze', analyze, 'finds nothing wrong with them', async (program) => {
    const files = folder({});
    // Where they are installed, node and the script lie where the units say; here they lie elsewhere.
    const here = (unit: string): string =>
      unit.replace('/usr/bin/node', process.execPath).replaceAll('/opt/sentry-monitor', ROOT.replace(/\/$/, ''));
    for (const name of names) writeFileSync(files.file(name), here(text(name)));
    const args = ['verify', '--man=no', '--recursive-errors=no', ...names.map((it) => files.file(it))];
    const said = await objectionsOf(program, args, { cwd: files.path });
    files.remove();
    assert.equal(said, '');
  });

  for (const name of names.filter((it) => it.endsWith('.service'))) {
    const args = ['security', '--offline=true', '--no-pager', join(UNITS, name)];
    // In the title, so that every run of the tests prints it.
    const said = analyze === undefined ? '' : execFileSync(analyze, args, { encoding: 'utf8' });
    const exposure = Number(/Overall exposure level for \S+: (\d+\.\d)/.exec(said)?.[1]);
    itWith('systemd-analyze', analyze, `gives ${name} an exposure of ${exposure}, ${MOST_EXPOSED} at most`, async () =>
      assert.ok(exposure <= MOST_EXPOSED, said),
    );
  }

  itWith('systemd-analyze', analyze, 'lets the timer tick three minutes after each window', async (program) => {
    const [, calendar] = /^OnCalendar=(.+)$/m.exec(text('sentry-monitor-trigger.timer'))!;
    const args = ['calendar', '--iterations=3', '--base-time=2026-11-29 10:00:00 UTC', calendar!];
    const { stdout } = await promisify(execFile)(program, args, { env: { ...process.env, TZ: 'UTC' } });
    assert.deepEqual(
      [...stdout.matchAll(/2026-11-29 (\d\d:\d\d:\d\d) UTC/g)].map(([, time]) => time),
      ['10:03:00', '10:08:00', '10:13:00'],
    );
  });
});
