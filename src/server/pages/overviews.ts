import { makeAhead } from './ahead.ts';
import { filtersPage, filtersRows } from './all/filters.ts';
import { homePage, homeRows } from './all/home.ts';
import { issuesPage } from './all/issues.ts';
import { statusPage } from './all/status.ts';
import { htmlAnswer, type PageAnswer } from './answer.ts';
import type { Collect, CollectOptions } from './data/collect.ts';
import type { Look } from './data/current.ts';
import type { PageData } from './data/model.ts';
import { Html } from './html.ts';
import { type keepPages, keepUnchanged } from './kept-pages.ts';
import { inSlices, type Slow } from './slices.ts';
import type { PageTickets } from './tickets/choose.ts';
import type { ViewRead } from './view/read-view.ts';
import { type RangeName, RANGES, type View } from './view/view.ts';

/** A view, and what tells it apart. */
export interface Asked extends ViewRead {
  readonly key: string;
}

/** A page of all filters. */
interface Overview {
  /** Unless the address names another. */
  readonly range: RangeName;
  /** Absent: it tells of those that trend alone. */
  readonly issues?: 'all';
  /** Chooses among its issues. Absent: all are shown. */
  choose?(data: PageData, view: View, options: OverviewOptions): Promise<PageData>;
  /** Of its filters; they take longest. Absent: it has none. */
  rows?(data: PageData, view: View): Slow<Html>;
  text(data: PageData, view: View, rows: Html): string;
}

/** By path. */
const OVERVIEWS: Readonly<Record<string, Overview>> = {
  '/': { range: '12h', rows: homeRows, text: homePage },
  '/filters': { range: '12h', rows: filtersRows, text: filtersPage },
  '/issues': { range: '12h', issues: 'all', choose: chosen, text: issuesPage },
  '/status': { range: '12h', text: statusPage },
};

/** Who hides, and what tickets there are, is in a ledger. */
async function chosen(data: PageData, view: View, options: OverviewOptions): Promise<PageData> {
  if (options.readModel === undefined) return data;
  return (await import('./data/chosen-issues.ts')).chosenIssues(data, view, options);
}

export interface OverviewOptions extends CollectOptions {
  /** Blocks of the page of the status; absent: none beside what all pages know. */
  readonly blocks?: ((data: PageData) => Promise<Html>) | undefined;
  redact(text: string): string;
  /** Absent: there are none. */
  readonly tickets?: PageTickets | undefined;
}

/** Pages of all filters, by their paths. After a plain run those that were looked at lately are made. */
export function createOverviews(
  options: OverviewOptions,
  collect: Collect,
  kept: ReturnType<typeof keepPages>,
): (path: string, asked: Asked) => Promise<PageAnswer> {
  const { inForce, memory, redact, blocks } = options;
  const unchanged = keepUnchanged();
  const ahead = makeAhead(options);
  memory.onPlainRun(() => void ahead.news());
  const overview = async (path: string, asked: Asked, isLook: boolean): Promise<PageAnswer> => {
    const { view, faults, key } = asked;
    const { range, issues = 'trending' as const, choose, rows, text } = OVERVIEWS[path]!;
    const answer = await kept(key, async () => {
      const all = { ...(await collect(inForce().filters, { ...lookOf(view, range), issues })), faults };
      const data = (await choose?.(all, view, options)) ?? all;
      if (path === '/status' && blocks !== undefined)
        return htmlAnswer(200, redact(text(data, view, await blocks(data))));
      if (isLook && isOfLedger(data, view)) ahead.looked(key, () => overview(path, asked, false));
      return unchanged(key, data, {
        rows: async () => (rows === undefined ? NO_ROWS : inSlices(rows(data, view), options)),
        page: (made) => htmlAnswer(200, redact(text(data, view, made))),
      });
    });
    return answer!;
  };
  return (path, asked) => overview(path, asked, true);
}

/** Up to now, and nothing of it is asked of the source: nobody asks that for who may never look. */
function isOfLedger({ origin }: PageData, { at }: View): boolean {
  return at === undefined && origin.counts === 'ledger' && !origin.hasSeries;
}

const NO_ROWS = new Html('');

export function lookOf({ range, at }: View, usual: RangeName): Look {
  return { range: RANGES[range ?? usual], at: at ?? null, before: false };
}
