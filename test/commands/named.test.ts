import assert from 'node:assert/strict';
import { difference } from '../../src/commands/generate/difference.ts';
import { named } from '../../src/commands/named.ts';
import { progressOf } from '../../src/commands/rules/progress.ts';

describe('names on a command line', () => {
  const known = [{ name: 'shop' }, { name: 'back' }];

  it('are those that there are, and all where none is named', () => {
    assert.deepEqual(named('--filter', ['back'], known), [known[1]]);
    assert.equal(named('--filter', [], known), undefined);
    assert.throws(() => named('--filter', ['x'], known), { message: '--filter x is unknown; there are shop, back' });
    assert.throws(() => named('--filter', ['x'], []), { message: '--filter x is unknown; there is none' });
  });
});

describe('what differs between two texts', () => {
  it('is shown with its line, long lines and many lines cut', () => {
    assert.equal(difference('a\nb\nc', 'a\nx\nc'), '  line 2\n- b\n+ x\n');
    assert.match(difference('a', 'y'.repeat(200)), /\n\+ y{160}…\n/);
    const many = Array.from({ length: 60 }, (_, n) => `l${n}`).join('\n');
    assert.match(difference('a', many), /\+ … and \d+ more lines\n$/);
  });
});

describe('how much was read, on a terminal', () => {
  it('is a line that is written over, and nothing in a pipe', () => {
    const said = (isTerminal: boolean): string => {
      let text = '';
      const progress = progressOf({ write: (it) => (text += it) }, isTerminal);
      progress.count();
      progress.count();
      progress.end();
      return text;
    };
    assert.equal(said(true), '\r\u001B[2K1 request answered\r\u001B[2K2 requests answered\r\u001B[2K');
    assert.equal(said(false), '');
  });
});
