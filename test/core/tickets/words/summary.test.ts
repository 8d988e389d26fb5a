import assert from 'node:assert/strict';
import { shortenCode } from '../../../../src/core/tickets/words/shorten-code.ts';
import { newestIn } from '../../../../src/core/tickets/words/shown.ts';
import { summaryOf } from '../../../../src/core/tickets/words/summary.ts';

describe('the title of a ticket', () => {
  for (const [text, title] of [
    ["Traceback:\n  x\nKeyError: 'cart-17'\n", "KeyError: 'cart-17'"],
    ['Traceback:\n  raise Stop()\nStop\n\n', 'raise Stop() Stop'],
    ['AssertionError', 'AssertionError'],
    ['\r\n  \n', 'the title'],
    [null, 'the title'],
    [`x ${'y'.repeat(300)}`, `x ${'y'.repeat(247)}…`],
    ['a\u0000b c\u202E\td', 'a\uFFFDb c d'],
  ] as const)
    it(`of ${JSON.stringify(text?.slice(0, 30) ?? null)}`, () =>
      assert.equal(summaryOf({ title: 'the title', text }), title));

  it('is never empty', () => assert.equal(summaryOf({ title: ' \n', text: '' }), '(without a title)'));
});

describe('a traceback in a ticket', () => {
  it('stands whole, without its line breaks at the end', () => assert.equal(shortenCode('a\r\nb\n\n'), 'a\nb'));

  it('keeps its begin and its end, and says how many lines are left out', () => {
    const lines = Array.from({ length: 2_000 }, (_, index) => `line ${index}`);
    const short = shortenCode(lines.join('\n')).split('\n');
    assert.ok(short.join('\n').length < 8_200);
    assert.deepEqual([short[0], short.at(-1)], ['line 0', 'line 1999']);
    const said = short.find((line) => line.startsWith('('))!;
    assert.equal(said, `(${2_000 - (short.length - 1)} lines are left out here)`);
  });
});

describe('what a ticket tells already', () => {
  it('is the newest instant that our texts name', () => {
    assert.equal(
      newestIn('2026-11-20 10:00:05 UTC, 2026-11-21 09:00:00 UTC and 2026-11-20'),
      Date.UTC(2026, 10, 21, 9),
    );
    assert.equal(newestIn('2026-13-45 99:00:00 UTC, yesterday'), null);
  });
});
