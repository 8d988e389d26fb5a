import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cleanLine } from '../../../../src/core/logs/lines/clean-line.ts';
import { type Line, textOf } from '../../../../src/core/logs/lines/line.ts';
import { createLineSplitter, MOST_LINE_BYTES } from '../../../../src/core/logs/lines/split-lines.ts';

interface Told extends Pick<Line, 'offset' | 'left'> {
  readonly text: string;
}

function split(bytes: Uint8Array, cuts: readonly number[] = [], from = 0): readonly Told[] {
  const splitter = createLineSplitter(from);
  const lines: Told[] = [];
  const take = (line: Line): void => void lines.push({ text: textOf(line), offset: line.offset, left: line.left });
  const stops = [0, ...cuts, bytes.length];
  stops.slice(1).forEach((stop, n) => splitter.push(bytes.subarray(stops[n], stop), take));
  splitter.end(take);
  return lines;
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('lines of a log', () => {
  it('end at line feeds only', () => {
    const text = 'a\rb\u2028c\u0085d\u000be\r\n\n漢字\nlast';
    assert.deepEqual(split(bytesOf(text)), [
      { text: 'a\rb\u2028c\u0085d\u000be', offset: 0, left: 0 },
      { text: '', offset: 14, left: 0 },
      { text: '漢字', offset: 15, left: 0 },
      { text: 'last', offset: 22, left: 0 },
    ]);
  });

  it('stand where they stand in the file, from wherever it is read', () => {
    assert.deepEqual(split(bytesOf('one\ntwo\n'), [], 100), [
      { text: 'one', offset: 100, left: 0 },
      { text: 'two', offset: 104, left: 0 },
    ]);
  });

  it('lose a mark of their encoding at the beginning of a file, and nowhere else', () => {
    assert.deepEqual(
      split(bytesOf('\uFEFFa\n\uFEFFb')).map(({ text }) => text),
      ['a', '\uFEFFb'],
    );
  });

  it('say where something is no letter', () => {
    assert.equal(split(Uint8Array.of(0x61, 0xe4, 0x0a))[0]!.text, 'a\uFFFD');
  });

  it('skip the hole that a writer left, however large', () => {
    const hole = new Uint8Array(3 * MOST_LINE_BYTES);
    const bytes = Uint8Array.of(...bytesOf('a\n'));
    const all = new Uint8Array(hole.length + 4);
    all.set(bytes, hole.length);
    all.set(bytesOf('b\n'), hole.length + 2);
    const wanted = [
      { text: 'a', offset: hole.length, left: 0 },
      { text: 'b', offset: hole.length + 2, left: 0 },
    ];
    assert.deepEqual(split(all), wanted);
    assert.deepEqual(split(all, [10, MOST_LINE_BYTES + 5]), wanted);
  });

  it('are cut at a mebibyte, and say by how much', () => {
    const long = new Uint8Array(MOST_LINE_BYTES + 500).fill(0x61);
    long[long.length - 1] = 0x0a;
    for (const cuts of [[], [7, MOST_LINE_BYTES - 1, MOST_LINE_BYTES + 3]]) {
      const [line] = split(long, cuts);
      assert.deepEqual([line!.text.length, line!.left], [MOST_LINE_BYTES, 499]);
    }
  });

  it('are the same however the bytes come', () => {
    const piece = fc.constantFrom('a', 'ä', '漢', '😀', '\n', '\r', '\r\n', '\0', '\uFEFF');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), fc.array(fc.nat(200), { maxLength: 8 }), (pieces, some) => {
        const bytes = bytesOf(pieces.join(''));
        const cuts = some.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b);
        assert.deepEqual(split(bytes, cuts), split(bytes));
      }),
      { numRuns: 300, seed: 22 },
    );
  });

  it('lose colours and zero bytes', () => {
    assert.equal(cleanLine('\u001b[1;31mred\u001b[0m\0 te\rxt'), 'red te\rxt');
  });
});
