import assert from 'node:assert/strict';
import { canvasOf } from '../../../../src/platform/pictures/drawing/canvas.ts';
import { fillOutline, type Outline, type Point } from '../../../../src/platform/pictures/drawing/outline.ts';

const SIDE = 24;
/** Points that are looked at in a pixel, in each direction. */
const FINE = 10;

const SHAPES: Readonly<Record<string, Outline>> = {
  'a box between pixels': [box(3.25, 4.5, 12.75, 9.1)],
  'a triangle': [
    [
      [2.1, 20.3],
      [11.7, 1.2],
      [21.9, 17.6],
    ],
  ],
  'a frame, whose inner line runs the other way': [box(2.5, 2.5, 21.5, 21.5), box(7.3, 7.3, 16.2, 16.2).toReversed()],
  'a letter-like curve of many short lines': [Array.from({ length: 24 }, (_, n) => onCircle(n / 24))],
  'what reaches over each side of the picture': [box(-5.5, -3.2, 30.1, 8.4), box(20.2, 9.1, 40.3, 29.9)],
  'a hair, thinner than a pixel': [box(5.2, 3.3, 5.4, 20.7)],
};

function box(left: number, top: number, right: number, bottom: number): readonly Point[] {
  return [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ];
}

function onCircle(turn: number): Point {
  return [12 + 9.7 * Math.sin(turn * 2 * Math.PI), 12 - 9.7 * Math.cos(turn * 2 * Math.PI)];
}

/** How often lines go round a point, by the lines that a ray to its right meets. */
function turnsRound([x, y]: Point, outline: Outline): number {
  let turns = 0;
  for (const line of outline)
    line.forEach(([x0, y0], index) => {
      const [x1, y1] = line[(index + 1) % line.length]!;
      if (y0 <= y === y1 <= y) return;
      if (x0 + ((y - y0) / (y1 - y0)) * (x1 - x0) > x) turns += y0 < y1 ? 1 : -1;
    });
  return turns;
}

/** By counting points within. */
function shareOf(x: number, y: number, outline: Outline): number {
  let inside = 0;
  for (let i = 0; i < FINE; i++)
    for (let j = 0; j < FINE; j++)
      inside += turnsRound([x + (i + 0.5) / FINE, y + (j + 0.5) / FINE], outline) === 0 ? 0 : 1;
  return inside / FINE ** 2;
}

describe('an outline that is filled', () => {
  for (const [what, outline] of Object.entries(SHAPES))
    it(`covers each pixel as far as it lies within: ${what}`, () => {
      const canvas = canvasOf(SIDE, SIDE);
      fillOutline(canvas, outline, [0, 0, 0]);
      let dark = 0;
      for (let y = 0; y < SIDE; y++)
        for (let x = 0; x < SIDE; x++) {
          const shade = canvas.rows[y * (1 + 3 * SIDE) + 1 + 3 * x]!;
          const want = shareOf(x, y, outline);
          assert.ok(Math.abs((255 - shade) / 255 - want) < 0.07, `${x}, ${y}: ${shade}, not ${want}`);
          dark += want;
        }
      assert.ok(dark > 1);
    });

  it('of nothing changes nothing', () => {
    const canvas = canvasOf(4, 4);
    fillOutline(canvas, [], [0, 0, 0]);
    assert.deepEqual(canvas, canvasOf(4, 4));
  });
});
