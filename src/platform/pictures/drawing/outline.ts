import { type Canvas, type Colour, paint } from './canvas.ts';

export type Point = readonly [number, number];

/** Closed lines that do not cross, pixels; one within another is a hole if it runs the other way round. */
export type Outline = readonly (readonly Point[])[];

/** Fills an outline; pixels at its edge as far as they lie within. */
export function fillOutline(canvas: Canvas, outline: Outline, colour: Colour): void {
  const [xs, ys] = [0, 1].map((axis) => outline.flatMap((line) => line.map((point) => point[axis]!)));
  if (xs!.length === 0) return;
  const [left, top] = [Math.floor(Math.min(...xs!)), Math.floor(Math.min(...ys!))];
  // A column more than it is wide: an edge changes its own pixel and the next one.
  const [width, height] = [Math.ceil(Math.max(...xs!)) - left + 2, Math.ceil(Math.max(...ys!)) - top];
  const cells = new Float64Array(width * height);
  for (const line of outline)
    line.forEach((from, index) => addEdge({ left, top, width, cells }, from, line[(index + 1) % line.length]!));
  for (let at = 1; at < cells.length; at++) cells[at] = cells[at]! + cells[at - 1]!;
  const shareAt = (x: number, y: number): number => Math.min(1, Math.abs(cells[(y - top) * width + x - left]!));
  paint(canvas, [left, top, width, height], colour, shareAt);
}

/** By pixel, row by row, how much more of it is covered than of the one before. */
interface Rises {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly cells: Float64Array;
}

/**
 * What lies right of an edge is covered: as high as the edge is, and of the edge's own pixel what is right of it. So
 * from pixel to pixel that it passes.
 */
function addEdge({ left, top, width, cells }: Rises, [x0, y0]: Point, [x1, y1]: Point): void {
  const [wide, high] = [x1 - x0, y1 - y0];
  if (high === 0) return;
  for (let at = 0, to = 0; at < 1; at = to) {
    const step = Math.min(toNext(x0 + wide * at, wide), toNext(y0 + high * at, high));
    to = Math.min(1, at + Math.max(step, LEAST));
    const middle = (at + to) / 2;
    const [x, y] = [x0 + wide * middle - left, y0 + high * middle - top];
    const cell = Math.floor(y) * width + Math.floor(x);
    const before = x - Math.floor(x);
    cells[cell] = cells[cell]! + high * (to - at) * (1 - before);
    cells[cell + 1] = cells[cell + 1]! + high * (to - at) * before;
  }
}

/** Where rounding leaves a step that leads nowhere. */
const LEAST = 1e-6;

/** To the next whole number, as a part of `way`. */
function toNext(from: number, way: number): number {
  if (way === 0) return Infinity;
  return (way > 0 ? Math.floor(from) + 1 - from : Math.ceil(from) - 1 - from) / way;
}
