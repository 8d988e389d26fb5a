import assert from 'node:assert/strict';
import { mustBeSame, mustLieBetween } from '../../../../src/storage/ledger/backup/differences.ts';

describe('what a copy has', () => {
  it('is the same, or it is said what is not; of much the first', () => {
    mustBeSame({ a: 1, b: 'x' }, { b: 'x', a: 1 });
    assert.throws(() => mustBeSame({ a: 1 }, { a: 2 }), /: a is 1, and was 2$/);
    assert.throws(() => mustBeSame({}, { a: 2 }), /: a is missing, and was 2$/);
    assert.throws(() => mustBeSame({ a: 2 }, {}), /: a is 2, and was missing$/);
    const many = Object.fromEntries(Array.from({ length: 7 }, (_, index) => [`n${index}`, index]));
    assert.throws(() => mustBeSame({}, many), /n4 is missing, and was 4; and 2 more$/);
  });

  it('lies between two looks at what changes', () => {
    const between = (found: object, before: object, after: object) => () =>
      mustLieBetween(found as never, before as never, after as never);
    between({ a: 2, s: 'y' }, { a: 1, s: 'x' }, { a: 3, s: 'z' })();
    between({ a: 2 }, { a: 3 }, { a: 1 })();
    between({}, {}, { 'messages sent': 2 })();
    between({ a: 1 }, { a: 1 }, { a: 1 })();
    assert.throws(between({ a: 4 }, { a: 1 }, { a: 3 }), /a is 4, and was 1 to 3/);
    assert.throws(between({ a: 0 }, { a: 1 }, { a: 3 }), /a is 0/);
    assert.throws(between({}, { a: 1 }, { a: 3 }), /a is missing/);
    assert.throws(between({ s: 'y' }, { s: 'x' }, { s: 'x' }), /s is y/);
  });
});
