import type { Express, Request, Response } from 'express';
import { emptyFilter, type Filter } from '../../core/model/filter.ts';
import type { Redact } from '../../platform/redact.ts';
import { htmlAnswer, type PageAnswer, refuseVerb, send } from './answer.ts';
import { type CollectOptions, createCollect } from './data/collect.ts';
import { NO_DETAIL } from './data/model.ts';
import { detailsOfWindows } from './data/windows.ts';
import { filterPage } from './filter.ts';
import { createGuard, type GuardOptions } from './guard.ts';
import { homePage } from './home.ts';
import { keepPages } from './kept-pages.ts';
import { REASONS_PAGE } from '../reasons/see.ts';
import { reasonsPage } from './reasons.ts';
import { notFoundPage } from './refused.ts';
import { ICON, SCRIPT } from './script.ts';
import { STYLE } from './style.ts';

export interface PageOptions extends CollectOptions, GuardOptions {
  readonly redact: Redact;
}

const HOME_HOURS = 12;
const FILTER_HOURS = 24;

/** They say nothing, so anybody may have them: a refusal is a page too. */
const FILES: Readonly<Record<string, PageAnswer>> = {
  '/page.css': { status: 200, type: 'text/css; charset=utf-8', text: STYLE },
  '/page.js': { status: 200, type: 'text/javascript; charset=utf-8', text: SCRIPT },
  '/page.svg': { status: 200, type: 'image/svg+xml', text: ICON },
  [`/${REASONS_PAGE}`]: htmlAnswer(200, reasonsPage()),
};

/** Pages for people. They read, and change nothing. */
export function createPage(options: PageOptions): (app: Express) => void {
  const pages = createPages(options);
  const guard = createGuard(options);
  return (app) => {
    app
      .route('/')
      .get(guard, async (request, response) => send(request, response, htmlAnswer(200, await pages.home())))
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
        const page = await pages.filter(request.path.replace(/^\/|\/$/g, ''));
        const isFound = page !== null;
        return send(request, response, htmlAnswer(isFound ? 200 : 404, page ?? options.redact(notFoundPage())));
      },
    );
  };
}

interface Pages {
  home(): Promise<string>;
  /** Null: no such filter. */
  filter(name: string): Promise<string | null>;
}

function createPages(options: PageOptions): Pages {
  const { inForce, memory, readModel: shared, sinks, redact, now } = options;
  const collect = createCollect(options);
  const kept = keepPages({ now, version: memory.version, most: () => inForce().filters.length + 10 });
  const pageOf = async (name: string): Promise<string | null> => {
    const filter = inForce().filters.find((it) => it.name === name) ?? gone(name);
    if (filter === null) return null;
    const data = await collect([filter], FILTER_HOURS);
    const [found] = data.filters;
    if (found === undefined || (!found.configured && found.windows.every((it) => it === null))) return null;
    const readModel = data.origin.runs === 'ledger' && shared !== undefined ? shared : memory.readModel;
    const details = await detailsOfWindows(filter, data.span, { readModel, sinks });
    return redact(await filterPage({ data, filter: found, details, detail: NO_DETAIL, view: {} }));
  };
  return {
    home: async () => (await kept('', async () => redact(homePage(await collect(inForce().filters, HOME_HOURS)))))!,
    filter: (name) => kept(`/${name}`, () => pageOf(name)),
  };
}

/** One that no file names any more may still be remembered. Null: no filter ever had such a name. */
function gone(name: string): Filter | null {
  return /^[a-z0-9][a-z0-9-]{0,59}$/.test(name) ? emptyFilter(name, []) : null;
}
