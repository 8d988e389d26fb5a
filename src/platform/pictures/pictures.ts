import { createHash } from 'node:crypto';
import type { Drawing } from '../../core/chart/picture/drawing.ts';

/** Makes pictures of drawings. */
export interface Pictures {
  /**
   * A PNG. Rejects when it cannot be made, or when too many wait for theirs. The same drawing is made once, whoever
   * asks for it.
   */
  draw(drawing: Drawing): Promise<Uint8Array>;
}

/** Pictures that are kept: a digest goes to many, and a chat's servers ask more than once. */
const KEPT = 16;
/** Pictures that may wait for their turn. */
const WAITING = 32;

/** One after the other. `make`: of one drawing, not begun before it is wanted. */
export function createPictures(make: (drawing: Drawing) => Promise<Uint8Array> = drawn): Pictures {
  const known = new Map<string, Promise<Uint8Array>>();
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return {
    draw(drawing) {
      const key = createHash('sha256').update(JSON.stringify(drawing)).digest('base64');
      const found = known.get(key);
      if (found !== undefined) return found;
      if (waiting >= WAITING) return Promise.reject(new Error(`${WAITING} pictures wait already`));
      waiting++;
      const png = last.then(() => make(drawing)).finally(() => waiting--);
      last = png.catch(() => undefined);
      known.set(key, png);
      // What failed may work the next time.
      png.catch(() => known.delete(key));
      if (known.size > KEPT) known.delete(known.keys().next().value!);
      return png;
    },
  };
}

/** What draws is loaded with the first picture. */
async function drawn(drawing: Drawing): Promise<Uint8Array> {
  const { draw } = await import('./drawing/draw.ts');
  return draw(drawing);
}
