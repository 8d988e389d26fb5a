import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import type { TriedEvent } from '../../../../src/core/ports/events/intake.ts';
import { createFileIntake, type Settings } from '../../../../src/integrations/intakes/file/intake.ts';
import { scopeOf } from '../../../support/build/scope.ts';
import { openTailBench, record, TAIL_SETTINGS, type TailBench } from '../../../support/intakes/tail-bench.ts';

const NOW = { openAfterMs: 0 };
const AT = Date.parse('2026-11-20T10:07:30.123Z');
const ID = 'ab'.repeat(16);
const ERROR = { id: ID, at: AT, type: 'SentryMonitorCheck', value: 'sentry-monitor end-to-end check' };
const TITLE = 'SentryMonitorCheck: sentry-monitor end-to-end check';

describe('an error that is put into a log file', () => {
  let bench: TailBench & { close(): void };
  let file: string;
  beforeEach(() => {
    bench = openTailBench();
    file = path.join(bench.folder, 'error.log');
  });
  afterEach(() => bench.close());

  async function put(settings: Partial<Settings> = {}, error = {}): Promise<TriedEvent> {
    const intake = createFileIntake({ ...TAIL_SETTINGS, paths: file, ...settings }, bench.deps, 'shop');
    return intake.put({ ...ERROR, ...error }, bench.store, scopeOf({ deadline: bench.deps.now() + 60_000 }));
  }

  for (const [format, first] of [
    ['django', `ERROR 2026-11-20 10:07:30.123Z sentry-monitor end-to-end check ${ID}`],
    ['python', `2026-11-20 10:07:30.123Z - sentry-monitor - ERROR - sentry-monitor end-to-end check ${ID}`],
    ['gunicorn', `[2026-11-20 10:07:30.123 +0000] [1] [ERROR] sentry-monitor end-to-end check ${ID}`],
    ['celery', `[2026-11-20 10:07:30.123Z: ERROR/MainProcess] sentry-monitor end-to-end check ${ID}`],
  ] as const)
    it(`is a record of ${format}, at its time in any zone, of the issue that is told`, async () => {
      bench.add('error.log', record(1));
      const settings = { format, timeZone: 'Asia/Kolkata' };
      await bench.look(NOW, settings);
      const told = await put(settings);
      assert.deepEqual(fs.readFileSync(file, 'utf8').split('\n').slice(1), [
        first,
        'Traceback (most recent call last):',
        '  File "sentry-monitor", line 1, in simulate',
        TITLE,
        '',
      ]);
      await bench.look(NOW, settings);
      const event = bench.store.events.at(-1)!;
      assert.deepEqual([event.title, event.at, event.issueId, told.id], [TITLE, AT, told.issue, null]);
    });

  it('is a line of JSON, with its environment', async () => {
    bench.write('error.log', '{"level":"info","message":"begun"}\n');
    await bench.look(NOW, { format: 'json' });
    const told = await put({ format: 'json' }, { environment: 'prod' });
    await bench.look(NOW, { format: 'json' });
    const event = bench.store.events.at(-1)!;
    assert.deepEqual([event.title, event.at, event.issueId, event.environment], [TITLE, AT, told.issue, 'prod']);
  });

  it('is one issue, however often it is put, and begins a line of its own', async () => {
    bench.write('error.log', `${record(1)}\n${record(2)}`);
    const [one, other] = [await put(), await put({}, { id: 'cd'.repeat(16), at: AT + 60_000 })];
    assert.deepEqual(one, other);
    await bench.look(NOW);
    assert.deepEqual(bench.titles(), ['cart failed: pear', 'cart failed: plum', TITLE, TITLE]);
  });

  it('goes into the file of a pattern that was written last', async () => {
    bench.add('a.log', record(1));
    bench.wait(5_000);
    bench.add('b.log', record(2));
    bench.wait(5_000);
    bench.add('c.txt', record(3));
    await put({ paths: path.join(bench.folder, '*.log') });
    const sizes = ['a.log', 'b.log', 'c.txt'].map((name) => fs.readFileSync(path.join(bench.folder, name)).length);
    assert.deepEqual(
      [sizes[1]! > sizes[0]! + 100, sizes[0] === record(1).length + 1, sizes[2]! < 100],
      [true, true, true],
    );
  });

  for (const [what, settings, error, why] of [
    ['there is none', {}, {}, /^shop: there is no file .*error\.log; start what writes it, or create it$/],
    [
      'the format is one’s own',
      { format: 'pattern', pattern: '^(?P<message>.*)$' },
      {},
      /^shop: the format pattern is its own; write an error into its file by hand$/,
    ],
    [
      'it would be no event',
      { deny: ['end-to-end'] },
      {},
      /^shop: an error would be no event there; see its level, exceptions and deny$/,
    ],
    [
      'records have no environment',
      {},
      { environment: 'prod' },
      /^shop: a record of its format names no environment; leave out --environment$/,
    ],
    [
      'it was never looked at',
      { from: 'end' },
      {},
      /^shop has not looked on this server yet \(host-1\), .*; post a run, or call sentry-monitor intake shop --once, /,
    ],
  ] as const)
    it(`is refused where ${what}`, async () => {
      if (what !== 'there is none') bench.add('error.log', record(1));
      const before = what === 'there is none' ? '' : fs.readFileSync(file, 'utf8');
      await assert.rejects(
        put(settings, error),
        (fault: Error) => why.test(fault.message) || assert.fail(fault.message),
      );
      if (before !== '') assert.equal(fs.readFileSync(file, 'utf8'), before);
    });

  it('is refused where the file may not be written, and where it is a link', async () => {
    bench.add('error.log', record(1));
    const { files } = bench.deps;
    const append = () => Promise.reject(Object.assign(new Error('no'), { code: 'EACCES' }));
    Object.assign(bench.deps, { files: { ...files, append } });
    await assert.rejects(put(), /error\.log may not be written by this user \(EACCES\); run this as a user who may/);
    Object.assign(bench.deps, { files });
    fs.symlinkSync(file, path.join(bench.folder, 'link.log'));
    await assert.rejects(
      put({ paths: path.join(bench.folder, 'link.log') }),
      /link\.log is a link; name the file itself/,
    );
    await assert.rejects(files.append(path.join(bench.folder, 'link.log'), 'x'), { code: 'ELOOP' });
    await assert.rejects(files.append('/dev/null', 'x'), { code: 'EACCES' });
    await assert.rejects(files.append(bench.folder, 'x'), { code: 'EISDIR' });
  });
});
