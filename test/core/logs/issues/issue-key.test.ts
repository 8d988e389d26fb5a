import assert from 'node:assert/strict';
import { groupingOf, type Grouping, type Subject } from '../../../../src/core/logs/issues/grouping.ts';
import { compareGroupings, issueKey, METHOD } from '../../../../src/core/logs/issues/issue-key.ts';
import { plainText } from '../../../../src/core/logs/issues/plain-text.ts';
import { parseTracebacks } from '../../../../src/core/logs/tracebacks/parse.ts';
import { compilePattern } from '../../../../src/platform/patterns.ts';
import { readLog, sha256 } from '../../../support/logs/read.ts';
import { HEADER, TRACEBACKS } from '../../../support/logs/tracebacks.ts';

function grouped(lines: readonly string[], keep: readonly string[] = []): Grouping {
  const { chains } = parseTracebacks(lines);
  const patterns = { merge: [], keep: keep.map(compilePattern) };
  return groupingOf({ head: null, chains, message: '', text: lines.join('\n') }, patterns);
}

describe('the key of an issue', () => {
  it('has the number of its method, and is the same for the same grouping for ever', () => {
    assert.equal(METHOD, 1);
    const grouping = grouped(TRACEBACKS['carets']!);
    assert.deepEqual(grouping, { by: 'frames', parts: ['KeyError', 'shop/cart.py in total'], kept: [] });
    // NOTE: another key means that every issue is new to everybody: change the number with it.
    assert.equal(
      issueKey(grouping, sha256),
      `1:${sha256('["frames",["KeyError","shop/cart.py in total"],[]]').slice(0, 32)}`,
    );
  });

  it('is of all exceptions of a chain and of a group, and of all places', () => {
    assert.deepEqual(grouped(TRACEBACKS['cause']!).parts, [
      'ValueError',
      'acme.errors.CartError',
      'shop/cart.py in load',
    ]);
    assert.deepEqual(grouped(TRACEBACKS['group']!).parts, [
      ...['ValueError', 'KeyError', 'ExceptionGroup'],
      ...['shop/tasks.py in one', 'shop/tasks.py in all_of'],
    ]);
  });

  it('is explained: what two records share, or in what they differ', () => {
    const one = grouped(TRACEBACKS['carets']!);
    assert.deepEqual(compareGroupings(one, one), [
      'both are grouped by frames',
      'both: KeyError',
      'both: shop/cart.py in total',
    ]);
    assert.deepEqual(compareGroupings(one, grouped(TRACEBACKS['cause']!)), [
      'only the first: KeyError',
      'only the first: shop/cart.py in total',
      'only the second: ValueError',
      'only the second: acme.errors.CartError',
      'only the second: shop/cart.py in load',
    ]);
    assert.deepEqual(compareGroupings(one, grouped(['KeyError: x'])), ['one is grouped by frames, the other by text']);
    assert.deepEqual(compareGroupings(one, grouped(TRACEBACKS['carets']!, ['cart-\\d+'])), [
      'only the second: kept: cart-17',
    ]);
    assert.deepEqual(compareGroupings(one, { ...one, parts: one.parts.toReversed() }), [
      'both have the same parts, in another order',
    ]);
  });

  it('is told with the one that a method before gave it, as long as the program knows that', () => {
    const former = {
      number: 0,
      groupingOf: ({ message }: Subject) => ({ by: 'text' as const, parts: [message], kept: [] }),
    };
    const [event] = readLog(HEADER, { rules: { former } }).events;
    assert.equal(event!.former, `0:${sha256('["text",["Internal Server Error: /boom/"],[]]').slice(0, 32)}`);
    assert.match(event!.issueId, /^1:/);
    assert.equal(readLog(HEADER).events[0]!.former, undefined);
  });

  it('of a hostile text takes no time, and a text keeps no mark of ours', () => {
    for (const text of [
      "'".repeat(60_000),
      '/a'.repeat(30_000),
      '1-a.'.repeat(15_000),
      'a@'.repeat(30_000),
      '=('.repeat(9_000),
    ]) {
      const began = process.hrtime.bigint();
      plainText(text);
      assert.ok(process.hrtime.bigint() - began < 2_000_000_000n, text.slice(0, 8));
    }
    assert.equal(plainText('\u0001a HTTP 404'), ' a HTTP 404');
  });
});
