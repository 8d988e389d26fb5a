import type { Box } from '../../../core/chart/picture/drawing.ts';

/** A picture in memory. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  /** Row by row as a PNG has them: a zero, then red, green and blue of each pixel. */
  readonly rows: Uint8Array<ArrayBuffer>;
}

/** Red, green and blue, 0 to 255. */
export type Colour = readonly [number, number, number];

/** All white. */
export function canvasOf(width: number, height: number): Canvas {
  const row = 1 + 3 * width;
  const rows = new Uint8Array(height * row).fill(255);
  for (let y = 0; y < height; y++) rows[y * row] = 0;
  return { width, height, rows };
}

/** `#2f6db5` */
export function colourOf(text: string): Colour {
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(text.slice(at, at + 2), 16));
  return [red!, green!, blue!];
}

/** Covers a box of whole pixels with a colour; what of it lies outside of the picture is left out. */
export function paint({ width, height, rows }: Canvas, box: Box, colour: Colour, shareAt: Share): void {
  const [left, top, wide, high] = box;
  for (let y = Math.max(0, top); y < Math.min(height, top + high); y++)
    for (let x = Math.max(0, left); x < Math.min(width, left + wide); x++) {
      const [at, share] = [y * (1 + 3 * width) + 1 + 3 * x, shareAt(x, y)];
      for (let index = 0; index < 3; index++) {
        const from = rows[at + index]!;
        rows[at + index] = Math.round(from + (colour[index]! - from) * share);
      }
    }
}

/** How much of a pixel is covered, 0 to 1. */
export type Share = (x: number, y: number) => number;

/** From a stripe to the next, and how wide one is, pixels along a row. */
const [APART, WIDE] = [20, 6];

/** Of stripes that rise to the right: a pixel at the edge of one is half of it. */
export function stripeShare(x: number, y: number): number {
  const place = (x + y) % APART;
  if (place < WIDE - 1) return 1;
  return place === WIDE - 1 || place === APART - 1 ? 0.5 : 0;
}
