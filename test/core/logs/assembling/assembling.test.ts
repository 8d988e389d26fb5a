import assert from 'node:assert/strict';
import type { LogState } from '../../../../src/core/logs/read-log.ts';
import { archived, lineOf, openReading, readLog, titlesOf } from '../../../support/logs/read.ts';
import { HEADER, TRACEBACKS } from '../../../support/logs/tracebacks.ts';

const KEY = TRACEBACKS['carets']!;
const BASE = TRACEBACKS['no message']!;
const INFO = 'INFO 2026-11-29 00:08:42,000 log 1 2 ready';

function lines(...all: readonly (string | readonly string[])[]): string {
  return all.flat().join('\n');
}

function archive(...all: readonly (string | readonly string[])[]): string {
  return all
    .flat()
    .map((line, n) => archived(n, 'm web', line))
    .join('\n');
}

describe('records of logs', () => {
  for (const prefix of [
    'Exception in thread Thread-1 (work):',
    'Process Process-1:',
    'Exception ignored in: <function A.__del__ at 0x7f0000000000>',
    'Error in atexit._run_exitfuncs:',
    '--- Logging error ---',
  ])
    it(`begin before the traceback that nobody caught: ${prefix}`, () => {
      const { events } = readLog(lines(HEADER, KEY, prefix, BASE));
      assert.deepEqual(
        events.map(({ title, sample }) => [title, sample!.text!.split('\n').at(0)]),
        [
          ["KeyError: 'cart-17'", 'Internal Server Error: /boom/'],
          ['NotImplementedError', prefix],
        ],
      );
      assert.equal(events[1]!.at, events[0]!.at, 'its time is that of the header before it');
    });

  it('take what another process wrote as a cause', () => {
    const inner = ['multiprocessing.pool.RemoteTraceback: ', '"""', ...KEY, '"""', ''];
    const joint = 'The above exception was the direct cause of the following exception:';
    const log = lines(inner, joint, '', BASE);
    for (const read of [
      readLog(log, { format: 'python' }),
      readLog(archive(inner, joint, BASE), { format: 'papertrail' }),
    ])
      assert.deepEqual(titlesOf(read), ['NotImplementedError, caused by KeyError']);
  });

  it('know a joint whose empty lines a sender left out', () => {
    const chain = TRACEBACKS['cause']!.filter((line) => line !== '');
    const { events } = readLog(archive(chain), { format: 'papertrail' });
    assert.deepEqual(
      events.map(({ id, title }) => [id, title]),
      [[String(chain.length - 1), 'acme.errors.CartError: no cart, caused by ValueError']],
    );
  });

  it('know frames whose blanks a sender took away', () => {
    const trimmed = [
      'Traceback (most recent call last):',
      'File "/srv/acme/a.py", line 1, in go',
      'total = call()',
      'E: x',
    ];
    assert.deepEqual(
      readLog(archive(trimmed), { format: 'papertrail' }).events.map(({ title, culprit }) => [title, culprit]),
      [['E: x', 'acme/a.py in go']],
    );
  });

  it('do not end at a line that only looks like an exception, nor take what follows one', () => {
    const log = archive('before', BASE, 'unrelated', 'KeyError: zzz', 'more', KEY);
    const { events } = readLog(log, { format: 'papertrail' });
    assert.deepEqual(
      events.map(({ id, sample }) => [id, sample!.text, sample!.context]),
      [
        ['4', BASE.join('\n'), ['before']],
        ['12', KEY.join('\n'), ['unrelated', 'KeyError: zzz', 'more']],
      ],
    );
  });

  it('let lines of other threads stand between, up to the look-back', () => {
    const noise = (count: number): string[] =>
      Array.from({ length: count }, (_, n) => `29/Nov/2026:00:00:0${n % 10} x`);
    const between = (count: number): string => archive(KEY.slice(0, 2), noise(count), KEY.slice(2));
    assert.deepEqual(titlesOf(readLog(between(100), { format: 'papertrail' })), ["KeyError: 'cart-17'"]);
    assert.deepEqual(titlesOf(readLog(between(101), { format: 'papertrail' })), ['a traceback without its end']);
  });

  it('are one where the message holds the same traceback once more', () => {
    const { events } = readLog(lines(`${HEADER} Traceback (most recent call last):`, KEY.slice(1), KEY));
    assert.deepEqual(
      events.map(({ title, sample }) => [title, sample!.frames.length]),
      [["KeyError: 'cart-17'", 1]],
    );
  });

  it('are one where each line of a traceback has a header of its own', () => {
    const head = '[2026-11-29 00:09:51,345: WARNING/ForkPoolWorker-1] ';
    const log = lines(
      KEY.map((line) => head + line),
      `${head.replace('-1]', '-2]')}ready`,
    );
    assert.deepEqual(titlesOf(readLog(log, { format: 'celery' })), ["KeyError: 'cart-17'"]);
  });

  it('are an error behind a record that is none: somebody else may have written it', () => {
    const { events } = readLog(lines(INFO, KEY, INFO), { format: 'gunicorn' });
    assert.deepEqual(
      events.map(({ title, level }) => [title, level]),
      [["KeyError: 'cart-17'", 'error']],
    );
  });

  it('are no more than a thousand lines and 64 KiB: the middle is left out, and it is said', () => {
    const frames = Array.from({ length: 5_000 }, (_, n) => `  File "/srv/acme/deep.py", line ${n}, in go`);
    const { events } = readLog(lines(HEADER, KEY[0]!, frames, 'RecursionError: too deep', HEADER));
    const { text } = events[0]!.sample!;
    assert.match(text!, /\n\[cut, 4,\d{3} lines left out\]\n/);
    assert.ok(text!.length < 66_000 && text!.endsWith('\nRecursionError: too deep'));
    assert.equal(events[0]!.title, 'RecursionError: too deep');
    assert.equal(events.length, 2);
  });

  it('of streams that were quiet longest are given up when too many lines are held', () => {
    const opened = Array.from({ length: 4_000 }, (_, n) =>
      KEY.slice(0, 2).map((line) => archived(n, `m${n} web`, line)),
    );
    const end = archived(9_999, 'm0 web', KEY.at(-1)!);
    const small = { context: 3, lookBack: 100, buffer: 1_000 };
    const { events } = readLog([...opened.flat(), end].join('\n'), { format: 'papertrail', assembly: small });
    assert.equal(events.length, 4_000, 'none is lost: they end without their exceptions');
    assert.ok(events.every(({ title }) => title === 'a traceback without its end'));
  });

  it('have the lines of their stream before them, as many as are asked for', () => {
    const log = archive('one', 'two', 'three', 'four', KEY);
    const contextOf = (context: number) =>
      readLog(log, { format: 'papertrail', assembly: { context, lookBack: 100, buffer: 10_000 } }).events[0]!.sample!
        .context;
    assert.deepEqual(contextOf(3), ['two', 'three', 'four']);
    assert.deepEqual(contextOf(0), []);
    assert.deepEqual(contextOf(9), ['one', 'two', 'three', 'four']);
  });

  for (const [name, end] of [
    ['texts that nobody need look at', '.'],
    ['texts that may begin something', ':'],
  ] as const)
    it(`have the last lines of their stream before them, however many there were: ${name}`, () => {
      for (const count of [1, 2, 63, 64, 65, 130, 1_023, 1_024, 1_025, 3_000]) {
        const before = Array.from({ length: count }, (_, n) => `line ${n}${n % 2 === 0 ? '.' : end}`);
        const others = before.map((line, n) => archived(n, 'other web', line));
        const log = [...others, archive(before, KEY, before, BASE)].join('\n');
        const { events } = readLog(log, { format: 'papertrail' });
        assert.deepEqual(
          events.map(({ sample }) => sample!.context),
          [before.slice(-3), [...KEY, ...before].slice(-3)],
        );
      }
    });

  it('have their prefix from among the lines that nobody looked at', () => {
    const prefix = 'Exception in thread Thread-1 (work)';
    const log = archive('one', 'two', `${prefix}: x`, KEY);
    const [event] = readLog(log, { format: 'papertrail' }).events;
    assert.equal(event!.sample!.text, [`${prefix}: x`, ...KEY].join('\n'));
    assert.deepEqual(event!.sample!.context, ['one', 'two']);
  });

  it('have long lines before them, cut', () => {
    const long = 'x'.repeat(20_000);
    const { events } = readLog(archive(long, `${long.slice(0, 5_000)}é`, KEY), { format: 'papertrail' });
    assert.deepEqual(events[0]!.sample!.context, [long.slice(0, 1_000), long.slice(0, 1_000)]);
  });

  it('are kept between two reads with the lines before them', () => {
    const reading = openReading({ format: 'papertrail' });
    for (const text of ['one', 'two']) reading.line(lineOf(archived(1, 'm web', text)));
    const state = JSON.parse(JSON.stringify(reading.state())) as LogState;
    assert.deepEqual(state.streams, [
      { name: 'm web', recent: ['one', 'two'], time: null, open: null, used: 2, toldAs: null },
    ]);
    const { events } = readLog(archive(KEY), { format: 'papertrail', state });
    assert.deepEqual(events[0]!.sample!.context, ['one', 'two']);
  });

  it('in colours are as without', () => {
    const coloured = ['\u001b[1;35mKeyError\u001b[0m: \u001b[35mx\u001b[0m'];
    const frame = '  File \u001b[35m"/srv/acme/a.py"\u001b[0m, line \u001b[35m4\u001b[0m, in \u001b[35mgo\u001b[0m';
    const { events } = readLog(lines(KEY[0]!, frame, '    \u001b[31mf\u001b[0m', coloured), { format: 'python' });
    assert.deepEqual(
      events.map(({ title, culprit }) => [title, culprit]),
      [['KeyError: x', 'acme/a.py in go']],
    );
  });

  it('are none where a marker has no call behind it', () => {
    const { events } = readLog(archive('he said Traceback (most recent call last):', 'and left', KEY), {
      format: 'papertrail',
    });
    assert.deepEqual(titlesOf({ events } as never), ["KeyError: 'cart-17'"]);
  });
});
