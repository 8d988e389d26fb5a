import type { Engine } from '../../database/engine.ts';

/** Lists kept: of the pages that are looked at. */
const MOST = 6;

export type ReadList<R> = (engine: Engine, keys: readonly string[]) => Promise<readonly R[]>;

/**
 * Reads a list, unless it says the same as the last time: then it is the very same list. `say`: all that the rows of
 * these keys say, as one text, which is faster to hand over than the rows.
 */
export function unlessSame<R>(
  say: (engine: Engine, keys: readonly string[]) => Promise<string>,
  read: ReadList<R>,
): ReadList<R> {
  const kept = new Map<string, { readonly said: string; readonly list: readonly R[] }>();
  return async (engine, keys) => {
    const key = keys.join('\n');
    const said = await say(engine, keys);
    const old = kept.get(key);
    const it = old?.said === said ? old : { said, list: await read(engine, keys) };
    kept.delete(key);
    kept.set(key, it);
    if (kept.size > MOST) kept.delete(kept.keys().next().value!);
    return it.list;
  };
}
