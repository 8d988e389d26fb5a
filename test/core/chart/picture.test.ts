import assert from 'node:assert/strict';
import { decode } from 'fast-png';
import type { Drawing } from '../../../src/core/chart/picture/drawing.ts';
import { pictureOf } from '../../../src/core/chart/picture/picture.ts';
import { createPictures } from '../../../src/platform/pictures/pictures.ts';
import { type BarInput, chartOf, DAY } from '../../support/digests/digests.ts';

const BLUE = [0x2f, 0x6d, 0xb5];
const said = { name: 'crm-morning', zone: 'Europe/Berlin' };

/** So high is a bar of 200 that the axis has as its top. */
const HIGH = 352;
/** Where bars stand on, and where the first one begins, in pixels. */
const [BOTTOM, LEFT] = [510, 132];

interface Image {
  readonly width: number;
  readonly height: number;
  at(x: number, y: number): readonly number[];
}

async function drawn(bars: readonly BarInput[]): Promise<Image> {
  const png = await createPictures().draw(pictureOf({ ...said, chart: chartOf(bars) }));
  const { width, height, data, channels } = decode(png);
  return { width, height, at: (x, y) => [...data.slice((y * width + x) * channels, (y * width + x) * channels + 3)] };
}

/** Blue pixels of a column, from the ground up without a break. */
function columnAt(image: Image, x: number): number {
  let high = 0;
  while (String(image.at(x, BOTTOM - 1 - high)) === String(BLUE)) high++;
  return high;
}

describe('the picture of a chart, by its pixels', () => {
  let image: Image;
  before(async () => (image = await drawn(DAY)));

  it('is as large as twice its room in a mail', () => assert.deepEqual([image.width, image.height], [1200, 648]));

  it('has bars as high as their counts; hollow ones for lower bounds, and a line for a zero', () => {
    const step = 42;
    DAY.forEach((bar, index) => {
      const [x, wide] = [LEFT + index * step, step - 1 - 5];
      const [edge, middle] = [columnAt(image, x), columnAt(image, x + 18)];
      if (bar === null) return assert.equal(middle, 0, `${index} is not counted`);
      const count = parseInt(String(bar), 10);
      const usual = count === 0 ? 4 : Math.max(8, Math.round((count / 200) * HIGH));
      const isOpen = String(bar).endsWith('+');
      assert.equal(edge, isOpen ? Math.max(14, usual) : usual, `${index}: ${bar}`);
      assert.equal(middle, isOpen ? 2 : usual, `${index}: ${bar}`);
      assert.equal(columnAt(image, x + wide - 1), edge);
      assert.equal(columnAt(image, x + wide), 0, 'between two bars');
    });
  });

  it('has a hatched band over all of what was not counted, and nowhere else', () => {
    const shades = (index: number): number => {
      const found = new Set<string>();
      for (let y = 160; y < 508; y++) found.add(String(image.at(LEFT + index * 42 + 20, y)));
      return [...found].filter((it) => it === '236,238,241' || it === '163,171,184').length;
    };
    assert.deepEqual([12, 13, 14, 15, 16].map(shades), [0, 2, 2, 2, 0]);
  });

  it('has a ground of its own to its edges', () =>
    assert.deepEqual(
      [
        [0, 0],
        [1199, 0],
        [0, 647],
        [1199, 647],
      ].map(([x, y]) => image.at(x!, y!)),
      Array.from({ length: 4 }, () => [255, 255, 255]),
    ));
});

describe('the drawing of a chart', () => {
  const drawing = (bars: readonly BarInput[], name = 'crm-morning'): Drawing =>
    pictureOf({ ...said, name, chart: chartOf(bars) });
  const texts = (bars: readonly BarInput[], name?: string): readonly string[] =>
    drawing(bars, name).shapes.flatMap((shape) => ('text' in shape ? shape.text : []));

  it('holds a name as text, all of it within the picture', () => {
    const [title] = drawing(DAY, '<b>&"'.repeat(12)).shapes;
    assert.ok('text' in title!);
    assert.equal(title.text, `${'<b>&"'.repeat(12)}: events by hour`);
    assert.ok(title.look.size * title.text.length * 0.6 <= 1200 - 2 * 28, `${title.look.size}`);
  });

  it('has a key only for what it shows', () => {
    const key = (bars: readonly BarInput[]): readonly string[] =>
      texts(bars).filter((text) => /complete|at least|counted/.test(text));
    assert.deepEqual(key([1, 2]), []);
    assert.deepEqual(key([1, '2+']), ['complete', '? at least so many']);
    assert.deepEqual(key([1, null]), ['complete', 'not counted']);
  });

  it('of more bars than there is room for adds neighbours up', () => {
    const { shapes } = pictureOf({ ...said, chart: chartOf(Array<number>(288).fill(1), { barMs: 300_000 }) });
    assert.ok(shapes.some((shape) => 'text' in shape && shape.text === 'crm-morning: events by 10 minutes'));
    const bars = shapes.filter((shape) => 'box' in shape && shape.box[3] === 352 && shape.fill === '#2f6db5');
    assert.equal(bars.length, 144);
  });
});
