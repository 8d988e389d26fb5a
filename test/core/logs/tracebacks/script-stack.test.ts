import assert from 'node:assert/strict';
import { unbarred } from '../../../../src/core/logs/tracebacks/group-lines.ts';
import { parseScriptStack } from '../../../../src/core/logs/tracebacks/script-stack.ts';

describe('a stack of JavaScript', () => {
  const read = (...lines: readonly string[]) =>
    parseScriptStack(lines.join('\n')).map((chain) =>
      chain.map(({ type, message, frames, by }) => [type, message, frames.length, by]),
    );

  it('has its error, and its causes before it', () => {
    const chain = read(
      'TypeError: no cart',
      '    at total (cart.js:12:9)',
      'Caused by: Error: gone',
      '    at load (db.js:3:1)',
    );
    assert.deepEqual(chain, [
      [
        ['Error', 'gone', 1, null],
        ['TypeError', 'no cart', 1, 'cause'],
      ],
    ]);
  });

  it('is none without calls, or where no error stands before them', () => {
    assert.deepEqual(read('TypeError: no cart'), []);
    assert.deepEqual(read('no error at all', '    at total (cart.js:12:9)'), []);
    assert.deepEqual(read('TypeError', '    at total (cart.js:12:9)', 'Caused by: 7'), [[['TypeError', '', 1, null]]]);
  });
});

describe('a group of exceptions', () => {
  it('is read without its bars', () =>
    assert.deepEqual(unbarred(['  + Exception Group Traceback', '  | ValueError: x', '  |', '    no bar']), [
      ...['+ Exception Group Traceback', 'ValueError: x', '', '  no bar'],
    ]));
});
