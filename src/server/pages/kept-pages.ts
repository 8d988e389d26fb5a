import type { PageAnswer } from './answer.ts';
import { MOST_AHEAD } from './ahead.ts';
import type { PageData } from './data/model.ts';
import { isSame, isSameRows } from './data/same.ts';
import type { Html } from './html.ts';

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
const MOST_UNCHANGED = MOST_AHEAD;

interface Unchanged {
  readonly data: PageData;
  /** Of filters. */
  readonly rows: Html;
  readonly answer: PageAnswer;
}

/** How a page is made: first the rows of its filters, which take longest. */
export interface MakePage {
  rows(): Promise<Html>;
  page(rows: Html): PageAnswer;
}

/**
 * Makes a page anew only when it would say something else than the one before, and its rows only when they would.
 */
export function keepUnchanged() {
  const kept = new Map<string, Unchanged>();
  return async (key: string, data: PageData, { rows: makeRows, page }: MakePage): Promise<PageAnswer> => {
    const old = kept.get(key);
    if (old !== undefined && isSame(old.data, data)) return keep(kept, key, old).answer;
    const rows = old !== undefined && isSameRows(old.data, data) ? old.rows : await makeRows();
    return keep(kept, key, { data, rows, answer: page(rows) }).answer;
  };
}

function keep(kept: Map<string, Unchanged>, key: string, it: Unchanged): Unchanged {
  kept.delete(key);
  kept.set(key, it);
  if (kept.size > MOST_UNCHANGED) kept.delete(kept.keys().next().value!);
  return it;
}
