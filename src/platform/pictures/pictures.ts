import { createHash } from 'node:crypto';

/** Makes pictures of drawings. */
export interface Pictures {
  /**
   * A PNG of an SVG that names its size. Rejects when it cannot be made, or when too many wait for theirs. The same
   * drawing is made once, whoever asks for it.
   */
  draw(svg: string): Promise<Uint8Array>;
}

/** Pictures that are kept: a digest goes to many, and a chat's servers ask more than once. */
const KEPT = 16;
/** Pictures that may wait for their turn. */
const WAITING = 32;

/** One after the other. `make`: of one drawing, not begun before it is wanted. */
export function createPictures(make: (svg: string) => Promise<Uint8Array> = inThread): Pictures {
  const known = new Map<string, Promise<Uint8Array>>();
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return {
    draw(svg) {
      const key = createHash('sha256').update(svg).digest('base64');
      const found = known.get(key);
      if (found !== undefined) return found;
      if (waiting >= WAITING) return Promise.reject(new Error(`${WAITING} pictures wait already`));
      waiting++;
      const made = last.then(() => make(svg)).finally(() => waiting--);
      last = made.catch(() => undefined);
      known.set(key, made);
      // What failed may work the next time.
      made.catch(() => known.delete(key));
      if (known.size > KEPT) known.delete(known.keys().next().value!);
      return made;
    },
  };
}

/** What draws is loaded with the first picture. */
async function inThread(svg: string): Promise<Uint8Array> {
  const { drawInThread } = await import('./remote.ts');
  return drawInThread(svg);
}
