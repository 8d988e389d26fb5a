import type { Express, Request, Response } from 'express';
import { emptyFilter, type Filter } from '../../core/model/filter.ts';
import { once } from '../../platform/late.ts';
import type { Redact } from '../../platform/redact.ts';
import { DAY_MS, type Window } from '../../core/model/window.ts';
import { filtersPage, filtersRows } from './all/filters.ts';
import { homePage, homeRows } from './all/home.ts';
import { issuesPage } from './all/issues.ts';
import { statusPage } from './all/status.ts';
import { answerOf, htmlAnswer, type PageAnswer, refuseVerb, send } from './answer.ts';
import { ICONS } from './components/icons.ts';
import { type Collect, type CollectOptions, createCollect } from './data/collect.ts';
import type { Look } from './data/current.ts';
import { detailOf } from './data/detail.ts';
import type { PageData } from './data/model.ts';
import { detailsOfWindows } from './data/windows.ts';
import { filterPage } from './filter/page.ts';
import { type ActOptions, actRoutes } from './act/index.ts';
import { createGuard, type GuardOptions } from './guard.ts';
import { keepPages, keepUnchanged } from './kept-pages.ts';
import { REASONS_PAGE } from '../reasons/see.ts';
import { reasonsPage } from './reasons.ts';
import { makeAhead } from './ahead.ts';
import { Html } from './html.ts';
import { MESSAGES } from './messages/view.ts';
import { notFoundPage, nothingHerePage } from './refused.ts';
import { SCRIPT } from './script/index.ts';
import { inSlices, type Slow } from './slices.ts';
import { STYLE } from './style/index.ts';
import { addressOf } from './view/address.ts';
import { readView, type ViewRead } from './view/read-view.ts';
import { type RangeName, RANGES, type View } from './view/view.ts';

export interface PageOptions extends CollectOptions, GuardOptions {
  readonly redact: Redact;
  /** Where people reach this service. */
  readonly publicUrl: string | undefined;
  readonly log: ActOptions['log'];
}

/** A page of all filters. */
interface Overview {
  /** Unless the address names another. */
  readonly range: RangeName;
  /** Absent: it tells of those that trend alone. */
  readonly issues?: 'all';
  /** Of its filters; they take longest. Absent: it has none. */
  rows?(data: PageData, view: View): Slow<Html>;
  text(data: PageData, view: View, rows: Html): string;
}

/** By path. */
const OVERVIEWS: Readonly<Record<string, Overview>> = {
  '/': { range: '12h', rows: homeRows, text: homePage },
  '/filters': { range: '12h', rows: filtersRows, text: filtersPage },
  '/issues': { range: '12h', issues: 'all', text: issuesPage },
  '/status': { range: '12h', text: statusPage },
};
const FILTER_RANGE: RangeName = '24h';

/** They say nothing, so anybody may have them: a refusal is a page too. */
const FILES: Readonly<Record<string, PageAnswer>> = {
  '/page.css': answerOf(200, 'text/css; charset=utf-8', STYLE),
  '/page.js': answerOf(200, 'text/javascript; charset=utf-8', SCRIPT),
  ...Object.fromEntries(Object.entries(ICONS).map(([path, text]) => [path, answerOf(200, 'image/svg+xml', text)])),
  [`/${REASONS_PAGE}`]: htmlAnswer(200, reasonsPage()),
};

/** Pages for people. They read, and change nothing. */
export function createPage(options: PageOptions): (app: Express) => void {
  const pages = createPages(options);
  const { look: guard, act } = createGuard(options);
  return (app) => {
    const acts = options.alerting?.acts;
    if (acts !== undefined) actRoutes(app, act, { ...options, acts, changed: pages.changed });
    for (const path of Object.keys(OVERVIEWS))
      app
        .route(path)
        .get(guard, async (request, response) => send(request, response, await pages.overview(path, paramsOf(request))))
        .all(refuseVerb);
    app
      .route(MESSAGES)
      .get(guard, async (request, response) => send(request, response, await pages.messages(paramsOf(request))))
      .all(refuseVerb);
    for (const [path, file] of Object.entries(FILES))
      app
        .route(path)
        .get((request, response) => send(request, response, file))
        .all(refuseVerb);
    // NOTE: no parameter in the path: Express would decode it, and break on what cannot be.
    app.use(
      '/filters',
      (request, response, next) =>
        ['GET', 'HEAD'].includes(request.method) ? guard(request, response, next) : refuseVerb(request, response),
      async (request: Request, response: Response) => {
        const page = await pages.filter(request.path.replace(/^\/|\/$/g, ''), paramsOf(request));
        return send(request, response, page ?? htmlAnswer(404, options.redact(notFoundPage())));
      },
    );
    app.use(nothingHere);
  };
}

/** For browsers; programs, which ask for no HTML, are answered by whoever comes next. */
function nothingHere(request: Request, response: Response, next: () => void): void {
  const isBrowser = ['GET', 'HEAD'].includes(request.method) && request.accepts(['json', 'html']) === 'html';
  if (isBrowser) void send(request, response, htmlAnswer(404, nothingHerePage()));
  else next();
}

function paramsOf({ originalUrl }: Request): URLSearchParams {
  const at = originalUrl.indexOf('?');
  return new URLSearchParams(at < 0 ? '' : originalUrl.slice(at));
}

interface Pages {
  /** What was made before is made anew. */
  changed(): void;
  overview(path: string, params: URLSearchParams): Promise<PageAnswer>;
  messages(params: URLSearchParams): Promise<PageAnswer>;
  /** Null: no such filter. */
  filter(name: string, params: URLSearchParams): Promise<PageAnswer | null>;
}

function createPages(options: PageOptions): Pages {
  const { inForce, memory, redact, now } = options;
  const collect = createCollect(options);
  let changes = 0;
  const kept = keepPages({ now, version: () => memory.version() + changes });
  const unchanged = keepUnchanged();
  const messages = once(async () => (await import('./messages/index.ts')).createMessages(options));
  const readOf = (path: string, params: URLSearchParams): ViewRead & { readonly key: string } => {
    const asked = readView(params, now());
    return { ...asked, key: [keyOf(path, asked.view), ...asked.faults].join(' ') };
  };
  const ahead = makeAhead(options);
  memory.onPlainRun(() => void ahead.news());
  const overview = async (path: string, asked: ReturnType<typeof readOf>, isLook = true): Promise<PageAnswer> => {
    const { view, faults, key } = asked;
    const { range, issues = 'trending' as const, rows, text } = OVERVIEWS[path]!;
    const answer = await kept(key, async () => {
      const data = { ...(await collect(inForce().filters, { ...lookOf(view, range), issues })), faults };
      if (isLook && isOfLedger(data, view)) ahead.looked(key, () => overview(path, asked, false));
      return unchanged(key, data, {
        rows: async () => (rows === undefined ? NO_ROWS : inSlices(rows(data, view), options)),
        page: (made) => htmlAnswer(200, redact(text(data, view, made))),
      });
    });
    return answer!;
  };
  return {
    changed: () => void changes++,
    overview: async (path, params) => overview(path, readOf(path, params)),
    messages: async (params) =>
      (await kept(`${MESSAGES}?${params.toString()}`, async () => (await messages())(params)))!,
    filter: (name, params) => {
      const asked = readOf(`/filters/${name}`, params);
      return kept(asked.key, async () => {
        const text = await pageOf(name, asked, collect, options);
        return text === null ? null : htmlAnswer(200, redact(text));
      });
    },
  };
}

/** Up to now, and nothing of it is asked of the source: nobody asks that for who may never look. */
function isOfLedger({ origin }: PageData, { at }: View): boolean {
  return at === undefined && origin.counts === 'ledger' && !origin.hasSeries;
}

const NO_ROWS = new Html('');

async function pageOf(
  name: string,
  { view, faults }: ViewRead,
  collect: Collect,
  { inForce, memory, readModel: shared, sinks, source, alerting: known }: PageOptions,
): Promise<string | null> {
  const filter = inForce().filters.find((it) => it.name === name) ?? gone(name);
  if (filter === null) return null;
  const data = await collect([filter], { ...lookOf(view, FILTER_RANGE), before: true, deploys: true });
  const [found] = data.filters;
  if (found === undefined || (!found.configured && found.windows.every((it) => it === null))) return null;
  const readModel = data.origin.runs === 'ledger' && shared !== undefined ? shared : memory.readModel;
  const details = await detailsOfWindows(filter, listedSpan(data), { readModel, sinks });
  const isNobody = shared === undefined && known?.isWanted() === false;
  const alerting = isNobody || data.origin.troubles.some(({ of }) => of === 'ledger') ? undefined : known;
  const detail = await detailOf(filter, { data, found }, details, { readModel, source, alerting });
  return filterPage({ data: { ...data, faults }, filter: found, details, detail, view });
}

function lookOf({ range, at }: View, usual: RangeName): Look {
  return { range: RANGES[range ?? usual], at: at ?? null, before: false };
}

/** Single windows are listed over a day at most. */
function listedSpan({ span: { start, end } }: PageData): Window {
  return { start: Math.max(start, end - DAY_MS), end };
}

/** The same for views that show the same. */
function keyOf(path: string, view: View): string {
  const { open, shut } = view;
  return addressOf(path, view, { open: open?.toSorted(), shut: shut?.toSorted() });
}

/** One that no file names any more may still be remembered. Null: no filter ever had such a name. */
function gone(name: string): Filter | null {
  return /^[a-z0-9][a-z0-9-]{0,59}$/.test(name) ? emptyFilter(name, []) : null;
}
