import assert from 'node:assert/strict';
import { compilePattern, MOST_PATTERN } from '../../src/platform/patterns.ts';

describe('patterns that operators write', () => {
  it('find, and give their named groups in both spellings', () => {
    const pattern = compilePattern('(?P<name>\\w+)=(?<value>\\d+)?');
    assert.deepEqual(pattern.groups('x a=1 b=2'), { name: 'a', value: '1' });
    assert.deepEqual(pattern.groups('a='), { name: 'a' });
    assert.equal(pattern.groups('none'), null);
    assert.deepEqual([pattern.test('a=1'), pattern.test('none')], [true, false]);
    assert.deepEqual([pattern.match('x a=1'), pattern.match('none')], ['a=1', null]);
  });

  it('take time that is linear in the text', () => {
    const pattern = compilePattern('^(a+)+$');
    const began = process.hrtime.bigint();
    assert.equal(pattern.test(`${'a'.repeat(5_000)}!`), false);
    assert.ok(process.hrtime.bigint() - began < 2_000_000_000n);
  });

  it('that are none are refused in words', () => {
    assert.throws(() => compilePattern('(a'), /^TypeError: no pattern that can be used: /);
    assert.throws(() => compilePattern('(a)\\1'), TypeError);
    assert.throws(() => compilePattern('a'.repeat(MOST_PATTERN + 1)), /at most 500 letters/);
  });
});
