import type { Drawing, Shape } from '../../../core/chart/picture/drawing.ts';
import { type Canvas, canvasOf, colourOf, paint, stripeShare } from './canvas.ts';
import { outlinesOf } from './letters.ts';
import { fillOutline } from './outline.ts';
import { pngOf } from './png.ts';

/** A PNG of a drawing. */
export async function draw({ width, height, shapes }: Drawing): Promise<Uint8Array> {
  const canvas = canvasOf(width, height);
  for (const shape of shapes) drawShape(canvas, shape);
  const png = await pngOf(canvas);
  // NOTE: given back at once; until memory is tidied up the next time, twenty pictures would take fifty megabytes.
  canvas.rows.buffer.transfer(0);
  return png;
}

function drawShape(canvas: Canvas, shape: Shape): void {
  if ('box' in shape) {
    const share = shape.hatched === true ? stripeShare : () => 1;
    return paint(canvas, shape.box, colourOf(shape.fill), share);
  }
  const colour = colourOf(shape.look.fill);
  for (const outline of outlinesOf(shape)) fillOutline(canvas, outline, colour);
}
