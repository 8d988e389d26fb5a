import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cleanLine } from '../../../../src/core/logs/lines/clean-line.ts';
import { markerAt, mayBegin } from '../../../../src/core/logs/tracebacks/line-kinds.ts';

const MARKER = 'Traceback (most recent call last):';
const RED = '\u001b[1;31m';
const PLAIN = '\u001b[0m';

describe('what a line may begin', () => {
  function begins(text: string): boolean {
    const bytes = new TextEncoder().encode(`\t${text}\n`);
    return mayBegin(bytes, 1, bytes.length - 1);
  }

  for (const text of [
    MARKER,
    `he said ${MARKER}  `,
    `${MARKER}\u00a0 `,
    `${RED}${MARKER}${PLAIN}`,
    `${MARKER}\u001b[m`,
    `${MARKER}\0`,
    'Fatal Python error: Aborted',
    `${RED}Fatal Python error: Aborted`,
    '\0Fatal Python error: Aborted',
  ])
    it(`is a traceback, by its bytes too: ${JSON.stringify(text)}`, () => {
      assert.ok(markerAt(cleanLine(text)) >= 0);
      assert.equal(begins(text), true);
    });

  for (const text of ['', 'ready', 'took 12 m', 'in 12 ms', 'done.', 'Zoë', 'a\tb\t', '\r'])
    it(`is nothing, by a few of its bytes: ${JSON.stringify(text)}`, () => assert.equal(begins(text), false));

  it('is never denied by its bytes', () => {
    const piece = fc.constantFrom(
      MARKER,
      'Fatal Python error: ',
      RED,
      PLAIN,
      '\u001b[m',
      '\0',
      ' ',
      '\u00a0',
      'm',
      'é',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
        const text = pieces.join('');
        if (markerAt(cleanLine(text)) >= 0) assert.equal(begins(text), true);
      }),
      { numRuns: 1_000, seed: 22 },
    );
  });
});
