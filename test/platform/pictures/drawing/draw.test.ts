import assert from 'node:assert/strict';
import { decode } from 'fast-png';
import type { Look, Shape } from '../../../../src/core/chart/picture/drawing.ts';
import { draw } from '../../../../src/platform/pictures/drawing/draw.ts';

const [WIDTH, HEIGHT] = [240, 60];
const LOOK: Look = { fill: '#102030', size: 40 };

interface Ink {
  /** First and last column with something in it. */
  readonly left: number;
  readonly right: number;
  /** Sum of how much of each pixel is covered. */
  readonly area: number;
}

async function inkOf(...shapes: readonly Shape[]): Promise<Ink> {
  const { data } = decode(await draw({ width: WIDTH, height: HEIGHT, shapes }));
  let [left, right, area] = [WIDTH, -1, 0];
  for (let at = 0; at < WIDTH * HEIGHT; at++) {
    const red = data[at * 3]!;
    if (red === 255) continue;
    [left, right] = [Math.min(left, at % WIDTH), Math.max(right, at % WIDTH)];
    area += (255 - red) / (255 - 0x10);
  }
  return { left, right, area };
}

function line(text: string, over: Partial<Look> = {}, x = 120): Shape {
  return { text, x, y: 45, look: { ...LOOK, ...over } };
}

describe('a drawing made a picture', () => {
  it('has the colours of its boxes, the later ones over the earlier', async () => {
    const shapes: readonly Shape[] = [
      { box: [0, 0, 4, 4], fill: '#ff0000' },
      { box: [2, 2, 9, 9], fill: '#2f6db5' },
    ];
    const { data, channels, width } = decode(await draw({ width: 6, height: 6, shapes }));
    const at = (x: number, y: number): readonly number[] => [...data.slice((y * 6 + x) * 3, (y * 6 + x) * 3 + 3)];
    assert.deepEqual([width, channels], [6, 3]);
    assert.deepEqual([at(1, 1), at(3, 3), at(5, 5), at(5, 1)].map(String), [
      '255,0,0',
      '47,109,181',
      '47,109,181',
      '255,255,255',
    ]);
  });

  it('has stripes of two colours where it is hatched', async () => {
    const { data } = decode(
      await draw({ width: 40, height: 1, shapes: [{ box: [0, 0, 40, 1], fill: '#000000', hatched: true }] }),
    );
    const row = Array.from({ length: 40 }, (_, x) => ['#', '+', '.'][Math.round(data[x * 3]! / 127)]);
    assert.equal(row.join(''), '#####+.............+'.repeat(2));
  });

  it('has letters in the place and the size that they are given', async () => {
    // A hyphen of this font: a box from 144 to 798, 166 high, and 942 to the next letter, of 2,048 to its size.
    const unit = 40 / 2048;
    const ends = async (at: Partial<Look>): Promise<readonly number[]> => {
      const { left, right } = await inkOf(line('--', at));
      return [left, right];
    };
    const at = (start: number): readonly number[] => [
      Math.floor(start + 144 * unit),
      Math.floor(start + (942 + 798) * unit),
    ];
    assert.deepEqual(await ends({}), at(120));
    assert.deepEqual(await ends({ at: 'middle' }), at(120 - 942 * unit));
    assert.deepEqual(await ends({ at: 'end' }), at(120 - 2 * 942 * unit));
    const { area } = await inkOf(line('--'));
    assert.ok(Math.abs(area - 2 * (798 - 144) * 166 * unit ** 2) < 1, `${area}`);
    assert.ok(Math.abs((await inkOf(line('--', { size: 80 }))).area - 4 * area) < 2);
  });

  it('has bold letters', async () => {
    const [plain, bold] = [await inkOf(line('Nov')), await inkOf(line('Nov', { bold: true }))];
    assert.ok(bold.area > plain.area * 1.4, `${bold.area} of ${plain.area}`);
  });

  it('has a question mark for what is no letter of its font, and room for a space', async () => {
    assert.deepEqual(await inkOf(line('é')), await inkOf(line('?')));
    assert.deepEqual(await inkOf(line('   ')), { left: WIDTH, right: -1, area: 0 });
  });
});
