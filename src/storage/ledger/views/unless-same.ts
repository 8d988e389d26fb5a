import type { Engine } from '../../database/engine.ts';

/** Lists kept: of the pages that are looked at. */
const MOST = 6;

export type ReadList<R> = (engine: Engine, keys: readonly string[]) => Promise<readonly R[]>;

/** A list, and all that its rows say, as one text. */
export interface Said<R> {
  readonly said: string;
  readonly list: readonly R[];
}

/**
 * Reads a list, unless it says the same as the last time: then it is the very same list. `say`: what the rows of these
 * keys say, which is faster to hand over than the rows; `read` has to say it in the same words and order, else the list
 * is read once more.
 */
export function unlessSame<R>(
  say: (engine: Engine, keys: readonly string[]) => Promise<string>,
  read: (engine: Engine, keys: readonly string[]) => Promise<Said<R>>,
): ReadList<R> {
  const kept = new Map<string, Said<R>>();
  return async (engine, keys) => {
    const key = keys.join('\n');
    const old = kept.get(key);
    const said = old === undefined ? null : await say(engine, keys);
    const it =
      old !== undefined && old.said === said
        ? old
        : { ...(await read(engine, keys)), ...(said === null ? {} : { said }) };
    kept.delete(key);
    kept.set(key, it);
    if (kept.size > MOST) kept.delete(kept.keys().next().value!);
    return it.list;
  };
}

/** Texts by their keys, as a database orders them. */
export function inOrder(texts: readonly (readonly [key: string, text: string])[]): readonly string[] {
  return texts.toSorted(([one], [other]) => (one < other ? -1 : Number(one > other))).map(([, text]) => text);
}
