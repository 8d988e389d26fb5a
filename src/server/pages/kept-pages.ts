import type { PageAnswer } from './answer.ts';
import type { PageData } from './data/model.ts';
import { isSame } from './data/same.ts';

/** Pages of the same minute of a crowd are made once, ms. */
const KEEP_MS = 2_000;
/** Pages kept: each takes up to a MB, and who may look can ask for any view. */
const MOST = 20;

interface Kept {
  /** When it was asked for, epoch ms. */
  readonly at: number;
  readonly version: number;
  readonly answer: Promise<PageAnswer | null>;
}

export interface KeepOptions {
  now(): number;
  /** Another number when a page would say something new. */
  version(): number;
}

/** Makes a page at most every two seconds, unless there is something new. What is null, or failed, is not kept. */
export function keepPages({ now, version }: KeepOptions) {
  const kept = new Map<string, Kept>();
  return (key: string, make: () => Promise<PageAnswer | null>): Promise<PageAnswer | null> => {
    const old = kept.get(key);
    if (old !== undefined && old.version === version() && now() - old.at < KEEP_MS) return old.answer;
    const answer = make();
    for (const [name, { at }] of kept) if (name === key || now() - at >= KEEP_MS) kept.delete(name);
    kept.set(key, { at: now(), version: version(), answer });
    const forget = (): void => void (kept.get(key)?.answer === answer && kept.delete(key));
    answer.then((made) => made === null && forget(), forget);
    if (kept.size > MOST) kept.delete(kept.keys().next().value!);
    return answer;
  };
}

/** Views of which the last page is kept, with what it shows. */
const MOST_UNCHANGED = 6;

/** Makes a page anew only when it would say something else than the one before. */
export function keepUnchanged() {
  const kept = new Map<string, { readonly data: PageData; readonly answer: PageAnswer }>();
  return (key: string, data: PageData, make: () => PageAnswer): PageAnswer => {
    const old = kept.get(key);
    kept.delete(key);
    const it = old !== undefined && isSame(old.data, data) ? old : { data, answer: make() };
    kept.set(key, it);
    if (kept.size > MOST_UNCHANGED) kept.delete(kept.keys().next().value!);
    return it.answer;
  };
}
