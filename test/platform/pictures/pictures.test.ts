import assert from 'node:assert/strict';
import { createPictures } from '../../../src/platform/pictures/pictures.ts';

const png = (text: string): Uint8Array => Buffer.from(text);

describe('pictures', () => {
  it('are made one after the other, and the same one once', async () => {
    const made: string[] = [];
    let under = 0;
    const pictures = createPictures(async (svg) => {
      assert.equal(++under, 1, 'two at once');
      await Promise.resolve();
      under--;
      made.push(svg);
      return png(svg);
    });
    const all = await Promise.all(['a', 'b', 'a'].map((svg) => pictures.draw(svg)));
    assert.deepEqual(
      all.map((it) => Buffer.from(it).toString()),
      ['a', 'b', 'a'],
    );
    await pictures.draw('b');
    assert.deepEqual(made, ['a', 'b']);
  });

  it('that fail hold up no other, and are made again when they are asked for again', async () => {
    let fails = true;
    const pictures = createPictures((svg) =>
      fails && svg === 'a' ? Promise.reject(new Error('broken')) : Promise.resolve(png(svg)),
    );
    const [one, other] = await Promise.allSettled([pictures.draw('a'), pictures.draw('b')]);
    assert.deepEqual([one.status, other.status], ['rejected', 'fulfilled']);
    fails = false;
    assert.deepEqual(await pictures.draw('a'), png('a'));
  });

  it('that are too many at once are refused, and only the last few are kept', async () => {
    let made = 0;
    const pictures = createPictures(async (svg) => {
      made++;
      return png(svg);
    });
    const all = await Promise.allSettled(Array.from({ length: 40 }, (_, n) => pictures.draw(`${n}`)));
    assert.equal(all.filter(({ status }) => status === 'fulfilled').length, 32);
    await pictures.draw('31');
    assert.equal(made, 32);
    await pictures.draw('0');
    assert.equal(made, 33);
  });

  it('of what is no drawing fail with a reason, and leave no thread behind', async () => {
    const pictures = createPictures();
    await assert.rejects(pictures.draw('<svg'), /^Error: .*(SVG|XML|expected)/i);
  });
});
