import assert from 'node:assert/strict';
import { readerOf, type Format } from '../../../../src/core/logs/readers/index.ts';
import type { Head } from '../../../../src/core/logs/record.ts';
import { compilePattern } from '../../../../src/platform/patterns.ts';
import { lineOf, readLog } from '../../../support/logs/read.ts';

function headOf(format: Format, line: string): Head | null {
  const read = readerOf(format).read(lineOf(line));
  assert.ok('head' in read);
  return read.head;
}

const HEADS: readonly (readonly [Format, string, string, string | null, string | null, string])[] = [
  [
    'django',
    'ERROR 2026-11-29 00:08:41,177 log 28077 139923807300480 Not Found: /x',
    'error',
    '2026-11-29 00:08:41,177',
    'log',
    'Not Found: /x',
  ],
  [
    'django',
    'WARNING 2026-11-29 00:08:41 /srv/acme/a.py views 62 no cart',
    'warning',
    '2026-11-29 00:08:41',
    'views',
    'no cart',
  ],
  ['django', 'ERROR 2026-11-29 00:08:41', 'error', '2026-11-29 00:08:41', null, ''],
  [
    'django',
    '[2026-11-29 05:39:48,085] ERROR [django.request:283] boom',
    'error',
    '2026-11-29 05:39:48,085',
    'django.request',
    'boom',
  ],
  ['python', '2026-11-29 00:07:52,181 ERROR root boom', 'error', '2026-11-29 00:07:52,181', 'root', 'boom'],
  [
    'python',
    '2026-11-29 00:07:52,181 - acme.cart - CRITICAL - boom',
    'fatal',
    '2026-11-29 00:07:52,181',
    'acme.cart',
    'boom',
  ],
  [
    'python',
    '2026-11-29 00:07:52,181 [WARNING] acme.cart: boom',
    'warning',
    '2026-11-29 00:07:52,181',
    'acme.cart',
    'boom',
  ],
  ['python', '2026-11-29T00:07:52Z ERROR:acme.cart:boom', 'error', '2026-11-29T00:07:52Z', 'acme.cart', 'boom'],
  ['python', 'ERROR:root:boom', 'error', null, 'root', 'boom'],
  ['python', 'ERROR:    Exception in ASGI application', 'error', null, null, 'Exception in ASGI application'],
  [
    'python',
    '2026-11-29 00:10:46.845 | ERROR    | __main__:<module>:6 - boom',
    'error',
    '2026-11-29 00:10:46.845',
    '__main__',
    'boom',
  ],
  ['python', '[29/Nov/2026:00:10:40] HTTP ', 'info', '29/Nov/2026:00:10:40', 'HTTP', ''],
  [
    'gunicorn',
    '[2026-11-29 05:39:48 +0530] [29368] [ERROR] Error handling request GET /boom',
    'error',
    '2026-11-29 05:39:48 +0530',
    null,
    'Error handling request GET /boom',
  ],
  [
    'celery',
    '[2026-11-29 00:09:51,345: ERROR/ForkPoolWorker-1] Task acme.fail[1] raised',
    'error',
    '2026-11-29 00:09:51,345',
    null,
    'Task acme.fail[1] raised',
  ],
];

const NO_HEADS: readonly (readonly [Format, string])[] = [
  ['django', 'ERROR something that is no header'],
  ['django', 'ERROR:root:boom'],
  ['django', 'KeyError: x'],
  ['django', '  ERROR 2026-11-29 00:08:41 indented'],
  ['python', 'Error: 2026-11-29 00:08:41'],
  ['gunicorn', '[2026-11-29 00:09:16] no level'],
  ['celery', '[1, 2, 3]'],
];

describe('headers of log records', () => {
  for (const [format, line, level, time, logger, message] of HEADS)
    it(`are known: ${format}: ${line}`, () => {
      const head = headOf(format, line)!;
      assert.deepEqual([head.level, head.time, head.logger, head.message], [level, time, logger, message]);
    });

  for (const [format, line] of NO_HEADS)
    it(`are not believed for their first word: ${format}: ${line}`, () => assert.equal(headOf(format, line), null));

  it('name the file and the line that wrote them, and the process', () => {
    const head = headOf('django', 'ERROR 2026-11-29 00:08:41 /srv/acme/a.py views 62 no cart')!;
    assert.deepEqual([head.path, head.line, head.thread], ['/srv/acme/a.py', 62, null]);
    assert.equal(headOf('celery', '[2026-11-29 00:09:51,345: INFO/MainProcess] x')!.thread, 'MainProcess');
  });

  it("may be of a pattern of one's own: its named groups say what it has", () => {
    const pattern = compilePattern(
      String.raw`^(?P<time>\S+ \S+) (?P<level>[A-Z]+) <(?P<request>\w*)> (?P<message>.*)$`,
    );
    const log = ['2026-11-29 00:00:01 ERROR <ab12> no cart', 'more', '2026-11-29 00:00:02 INFO <> ready'].join('\n');
    const { events, skipped } = readLog(log, { reader: readerOf('pattern', pattern), rules: { level: 'error' } });
    assert.deepEqual(
      events.map(({ title, level, tags, at, sample }) => [title, level, tags, at, sample!.text]),
      [['no cart', 'error', { request: 'ab12' }, Date.UTC(2026, 10, 29, 0, 0, 1), 'no cart\nmore']],
    );
    assert.equal(skipped.level, 1);
    assert.throws(() => readerOf('pattern'), TypeError);
  });

  it('that stand in a message are of the record before, with one remark', () => {
    const log = [
      'ERROR 2026-11-29 00:08:41 /srv/acme/a.py views 62 boom',
      'ERROR is what it said',
      '    raise ERROR',
      'ERROR 2026-11-29 00:08:42',
    ].join('\n');
    const { events, notes } = readLog(log);
    assert.deepEqual(
      events.map(({ title, culprit }) => [title, culprit]),
      [
        ['boom', 'acme/a.py:62'],
        ['(no message)', null],
      ],
    );
    assert.deepEqual(
      notes.map(({ text, place }) => [text, place]),
      [['ERROR is what it said', '55']],
    );
  });

  it('put events at the time of the zone, and believe an offset', () => {
    const log = [
      '[2026-11-29 05:39:48 +0530] [1] [ERROR] one',
      '[2026-11-29 00:09:49 +0000] [1] [ERROR] two',
      '[2026-11-29 05:39:50,085] ERROR [acme:1] three',
    ].join('\n');
    const { events } = readLog(log, { format: 'gunicorn', zone: 'Asia/Kolkata' });
    assert.deepEqual(
      events.map(({ at }) => new Date(at).toISOString()),
      ['2026-11-29T00:09:48.000Z', '2026-11-29T00:09:49.000Z', '2026-11-29T00:09:50.085Z'],
    );
  });

  it('of a level that is no event are counted', () => {
    const log = '[2026-11-29 00:09:16 +0000] [1] [INFO] a\n[2026-11-29 00:09:16 +0000] [1] [CRITICAL] b\n';
    const { events, skipped } = readLog(log, { format: 'gunicorn' });
    assert.deepEqual([events.map(({ level }) => level), skipped], [['fatal'], { level: 1, exceptions: 0, deny: 0 }]);
  });
});
