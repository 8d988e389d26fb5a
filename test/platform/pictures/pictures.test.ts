import assert from 'node:assert/strict';
import type { Drawing } from '../../../src/core/chart/picture/drawing.ts';
import { createPictures } from '../../../src/platform/pictures/pictures.ts';

const png = (text: string): Uint8Array => Buffer.from(text);
/** Told apart by its one word. */
const drawing = (text: string): Drawing => ({
  width: 8,
  height: 8,
  shapes: [{ text, x: 0, y: 8, look: { fill: '#000000', size: 8 } }],
});
const wordOf = ({ shapes: [shape] }: Drawing): string => ('text' in shape! ? shape.text : '');

describe('pictures', () => {
  it('are made one after the other, and the same one once', async () => {
    const made: string[] = [];
    let under = 0;
    const pictures = createPictures(async (it) => {
      assert.equal(++under, 1, 'two at once');
      await Promise.resolve();
      under--;
      made.push(wordOf(it));
      return png(wordOf(it));
    });
    const all = await Promise.all(['a', 'b', 'a'].map((word) => pictures.draw(drawing(word))));
    assert.deepEqual(
      all.map((it) => Buffer.from(it).toString()),
      ['a', 'b', 'a'],
    );
    await pictures.draw(drawing('b'));
    assert.deepEqual(made, ['a', 'b']);
  });

  it('that fail hold up no other, and are made again when they are asked for again', async () => {
    let fails = true;
    const pictures = createPictures((it) =>
      fails && wordOf(it) === 'a' ? Promise.reject(new Error('broken')) : Promise.resolve(png(wordOf(it))),
    );
    const [one, other] = await Promise.allSettled([pictures.draw(drawing('a')), pictures.draw(drawing('b'))]);
    assert.deepEqual([one.status, other.status], ['rejected', 'fulfilled']);
    fails = false;
    assert.deepEqual(await pictures.draw(drawing('a')), png('a'));
  });

  it('that are too many at once are refused, and only the last few are kept', async () => {
    let made = 0;
    const pictures = createPictures(async (it) => {
      made++;
      return png(wordOf(it));
    });
    const all = await Promise.allSettled(Array.from({ length: 40 }, (_, n) => pictures.draw(drawing(`${n}`))));
    assert.equal(all.filter(({ status }) => status === 'fulfilled').length, 32);
    await pictures.draw(drawing('31'));
    assert.equal(made, 32);
    await pictures.draw(drawing('0'));
    assert.equal(made, 33);
  });
});
