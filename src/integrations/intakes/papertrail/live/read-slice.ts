import type { CarriedLine } from '../../../../core/logs/readers/papertrail.ts';
import type { Window } from '../../../../core/model/window.ts';
import type { Scope } from '../../../../core/ports/scope.ts';
import { byId, type Page, type Search } from './search.ts';

/** Of a slice at most: all of it is in memory. */
const MOST_PAGES = 10;
/** Shorter than this is none, ms. */
const SHORTEST_MS = 1_000;
/** So often a search is asked to go on that ran out of its time and found nothing. */
const MOST_EMPTY = 5;

/** How much a look may still ask. */
export interface Budget {
  requests: number;
}

export interface Slice {
  /** The oldest first. */
  readonly lines: readonly CarriedLine[];
  /** What was read: all that was asked for, or its beginning. */
  readonly span: Window;
  /** All of its lines are there. */
  readonly isWhole: boolean;
}

/** The lines that came in within a span, or within its beginning where there are too many. Null: no budget is left. */
export async function readSlice(
  span: Window,
  around: { readonly search: Search; readonly scope: Scope; readonly budget: Budget },
): Promise<Slice | null> {
  const { search, scope, budget } = around;
  const pages: Page[] = [];
  let [maxId, empty]: [string | null, number] = [null, 0];
  for (;;) {
    if (budget.requests <= 0 || scope.signal.aborted) return null;
    budget.requests--;
    const page = await search.page(span, maxId, scope);
    pages.push(page);
    if (page.isWhole) return { lines: inOrder(pages), span, isWhole: true };
    empty = page.lines.length === 0 ? empty + 1 : 0;
    const isStuck = page.minId === null || page.minId === maxId || empty >= MOST_EMPTY;
    if (isStuck || pages.length >= MOST_PAGES)
      return span.end - span.start > SHORTEST_MS
        ? readSlice(halfOf(span), around)
        : { lines: inOrder(pages), span, isWhole: false };
    maxId = page.minId;
  }
}

/** Its beginning, in whole seconds. */
function halfOf({ start, end }: Window): Window {
  const half = Math.max(SHORTEST_MS, Math.floor((end - start) / 2 / SHORTEST_MS) * SHORTEST_MS);
  return { start, end: start + half };
}

/** Each line once. */
function inOrder(pages: readonly Page[]): readonly CarriedLine[] {
  const all = new Map(pages.flatMap(({ lines }) => lines).map((line) => [line.id, line]));
  return [...all.values()].toSorted((one, other) => byId(one.id, other.id));
}
