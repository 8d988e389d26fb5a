import assert from 'node:assert/strict';
import { archived, readLog } from '../../../support/logs/read.ts';

const HEADER = '18/Apr/2018:11:19:55.004 41/MainThread : ERROR    svc: no answer';
const NEXT = '18/Apr/2018:11:19:56.001 41/MainThread : DEBUG    svc: ready';
const TRACE = ['Traceback (most recent call last):', '  File "/srv/app/views.py", line 81, in cart', '    ask(shop)'];
const BODY = ['acme.errors.Refused: 422 {', '  "error": "no such cart",', '', '  "of": { "id": 17 }', '}'];

/** The events of a stream's lines, with lines of another stream in between. */
function read(lines: readonly string[]) {
  const log = lines.flatMap((line, n) => [archived(n, 'm web', line), archived(1_000 + n, 'm other', 'noise')]);
  return readLog(log.join('\n'), { format: 'papertrail' }).events;
}

/** Of one event, what it says behind the calls, and its id. */
function saidBy(lines: readonly string[]): readonly [string, string] {
  const [event, ...more] = read(lines);
  assert.deepEqual(more, []);
  return [event!.sample!.text!.split('ask(shop)\n')[1]!, event!.id];
}

describe('the message of an exception in an archive', () => {
  for (const [what, before, said, after] of [
    ['goes on to the next header', [HEADER], ['acme.errors.Refused: no', 'cart', '', '', 'of Bergen'], [NEXT, 'more']],
    ['goes on to the next level', [HEADER], ['acme.errors.Refused: no', 'cart'], ['[INFO] ready', 'more']],
    [
      'goes on to the next access',
      [HEADER],
      ['acme.errors.Refused: no'],
      ['192.0.2.1 - - [18/Apr/2018:11:19 +0000] "GET /"'],
    ],
    ['is what it is without a header', ['ready'], ['acme.errors.Refused: no'], ['cart', '  of Bergen']],
    ['goes on where it is indented', ['ready'], ['acme.errors.Refused: no', '  cart', '\tof Bergen'], ['ready']],
    ['goes on while a bracket is open', ['ready'], BODY, ['ready', '  here']],
    [
      'goes on with a bracket below it',
      [],
      ['acme.errors.Refused: 422', ...['{', '"error": [', '1', ']', '}']],
      ['ready'],
    ],
    ['goes on behind a colon', ['ready'], ['acme.errors.Refused: one of these:', 'cart'], ['ready']],
    [
      'goes on with what databases say',
      ['ready'],
      [
        ...['psycopg2.errors.UndefinedColumn: column "price" does not exist', 'LINE 1: select price from cart'],
        ...['               ^', 'HINT:  Perhaps you meant "prices".', '', '[SQL: select price', '  from cart]'],
        '(Background on this error at: https://sqlalche.me/e/20/f405)',
      ],
      ['ready', 'DETAIL:  of another'],
    ],
    ['is none where the exception says nothing', [HEADER], ['AssertionError'], [' - 0.00%', NEXT]],
    ['is not begun by an odd bracket in quotes', ['ready'], ["SyntaxError: '(' was never closed"], ['ready']],
  ] as const)
    it(what, () => {
      const lines = [...before, ...TRACE, ...said, ...after];
      const place = before.length + TRACE.length;
      assert.deepEqual(saidBy(lines), [said.join('\n'), String(place)]);
    });

  it('has a thousand lines at most, and the record says how many of them are left out', () => {
    const many = Array.from({ length: 1_500 }, (_, n) => `item ${n}`);
    const [text] = saidBy([HEADER, ...TRACE, 'acme.errors.Refused: no', ...many]);
    assert.match(text, /^acme\.errors\.Refused: no\nitem 0\n/);
    assert.match(text, /item 999$/);
    assert.match(text, /\d+ lines left out/);
  });

  it('is of the first of a chain too, and the title is the first line of the last', () => {
    const joint = ['', 'During handling of the above exception, another exception occurred:', ''];
    const [event] = read([HEADER, ...TRACE, ...BODY, ...joint, ...TRACE, 'ValueError: not', '  this', NEXT]);
    assert.equal(event!.title, 'ValueError: not, caused by acme.errors.Refused');
    assert.match(event!.sample!.text!, /"of": \{ "id": 17 \}\n\}\n\nDuring/);
    assert.match(event!.sample!.text!, /ValueError: not\n {2}this$/);
  });

  it('changes neither issue nor name of the event', () => {
    const [short] = read([HEADER, ...TRACE, 'acme.errors.Refused: 422 {', NEXT]);
    const [long] = read([HEADER, ...TRACE, ...BODY, NEXT]);
    assert.deepEqual(
      [long!.issueId, long!.id, long!.title, long!.at],
      [short!.issueId, short!.id, short!.title, short!.at],
    );
  });
});
