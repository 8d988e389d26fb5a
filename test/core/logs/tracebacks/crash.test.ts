import assert from 'node:assert/strict';
import { archived, readLog } from '../../../support/logs/read.ts';
import { HEADER } from '../../../support/logs/tracebacks.ts';

const CRASH = [
  'Fatal Python error: Segmentation fault',
  '',
  'Thread 0x00007f0000000001 (most recent call first):',
  '  File "/srv/acme/other.py", line 9 in wait',
  '',
  'Current thread 0x00007f0000000000 (most recent call first):',
  '  File "/srv/acme/segv.py", line 3 in crash',
  '  File "/srv/acme/segv.py", line 4 in <module>',
  '',
  'Extension modules: acme.fast (total: 1)',
];
const SEEN = {
  title: 'Fatal Python error: Segmentation fault',
  level: 'fatal',
  parts: ['Fatal Python error: Segmentation fault', 'acme/segv.py in <module>', 'acme/segv.py in crash'],
  calls: ['<module>', 'crash'],
};

function seen(log: string, format: 'python' | 'papertrail' = 'python') {
  const { events, notes } = readLog(log, { format });
  assert.deepEqual(notes, []);
  return events.map(({ title, level, grouping, sample }) => {
    return { title, level, parts: grouping!.parts, calls: sample!.frames.map((frame) => frame.function) };
  });
}

describe('a crash of Python itself', () => {
  it('is an event by the calls of the thread that crashed, with a header before it or without', () => {
    assert.deepEqual(seen(CRASH.join('\n')), [SEEN]);
    assert.deepEqual(seen(['started', ...CRASH, HEADER].join('\n')).slice(0, 1), [SEEN]);
    assert.deepEqual(seen([HEADER.replace('ERROR', 'INFO'), ...CRASH].join('\n')), [SEEN]);
    assert.deepEqual(seen(CRASH.filter((line) => line !== '').join('\n')), [SEEN]);
  });

  it('is one among the lines of others, and is over where another traceback begins', () => {
    const after = ['Traceback (most recent call last):', '  File "/srv/a.py", line 1, in f', 'KeyError: 1'];
    const lines = [...CRASH, ...after].map((line, n) => archived(n + 1, 'i-1 web', line));
    const others = lines.map((_, n) => archived(n + 100, 'i-2 web', `line ${n}`));
    const log = lines.flatMap((line, n) => [line, others[n]!]).join('\n');
    assert.deepEqual(
      seen(log, 'papertrail').map(({ title }) => title),
      [SEEN.title, 'KeyError: 1'],
    );
  });

  it('is called without its numbers, and has the calls of all threads where none is the current one', () => {
    const other = CRASH.slice(0, 4);
    other[0] = 'Fatal Python error: _PyMem_DebugRawFree: bad ID: Allocated using API 0x7f01';
    const [{ parts, title } = assert.fail()] = seen(other.join('\n'));
    assert.deepEqual(parts, ['Fatal Python error: _PyMem_DebugRawFree', 'acme/other.py in wait']);
    assert.match(title, /^Fatal Python error: _PyMem_DebugRawFree: bad ID/);
  });
});
