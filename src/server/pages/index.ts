import type { Express, Request, RequestHandler, Response } from 'express';
import type { AuthLimits } from '../http/auth-limit.ts';
import { REASONS_PAGE } from '../reasons/see.ts';
import { actRoutes } from './act/index.ts';
import { answerOf, htmlAnswer, type PageAnswer, refuseVerb, send, sendFile } from './answer.ts';
import { ICONS } from './components/icons.ts';
import { createGuard } from './guard.ts';
import { createPages, type PageOptions, type Pages } from './make-pages.ts';
import { noIssuePage, notFoundPage, nothingHerePage } from './refused.ts';
import { reasonsPage } from './reasons.ts';
import { SCRIPT } from './script/index.ts';
import { CSV, EVENTS } from './view/address.ts';
import { STYLE } from './style/index.ts';

export type { PageOptions } from './make-pages.ts';

/** They say nothing, so anybody may have them: a refusal is a page too. */
const FILES: Readonly<Record<string, PageAnswer>> = {
  '/page.css': answerOf(200, 'text/css; charset=utf-8', STYLE),
  '/page.js': answerOf(200, 'text/javascript; charset=utf-8', SCRIPT),
  ...Object.fromEntries(Object.entries(ICONS).map(([path, text]) => [path, answerOf(200, 'image/svg+xml', text)])),
  [`/${REASONS_PAGE}`]: htmlAnswer(200, reasonsPage()),
};

/** Pages that have one address. */
const SINGLE: Readonly<Record<string, keyof Pick<Pages, 'issues' | 'messages'> | 'overview'>> = {
  '/': 'overview',
  '/filters': 'overview',
  '/issues': 'issues',
  '/messages': 'messages',
  '/status': 'overview',
};

/** Pages of one thing, by what its address begins with; and the page where there is no such thing. */
const OF_ONE = { '/filters': ['filter', notFoundPage], '/issues': ['issue', noIssuePage] } as const;

export type AddPages = (app: Express, limits: Pick<AuthLimits, 'of'>) => void;

/** Pages for people. They read, and change nothing. */
export function createPage(options: PageOptions): AddPages {
  const pages = createPages(options);
  return (app, limits) => {
    const { look: guard, act } = createGuard(options, limits.of('look'));
    const acts = options.alerting?.acts;
    if (acts !== undefined) actRoutes(app, act, { ...options, acts, changed: pages.changed });
    if (options.events !== undefined) eventRoutes(app, guard, pages);
    for (const [path, kind] of Object.entries(SINGLE))
      app
        .route(path)
        .get(guard, async (request, response) => send(request, response, await single(kind, path, request)))
        .all(refuseVerb);
    for (const [path, file] of Object.entries(FILES))
      app
        .route(path)
        .get((request, response) => send(request, response, file))
        .all(refuseVerb);
    for (const [path, [kind, none]] of Object.entries(OF_ONE))
      // NOTE: no parameter in the path: Express would decode it, and break on what cannot be.
      app.use(
        path,
        (request, response, next) =>
          ['GET', 'HEAD'].includes(request.method) ? guard(request, response, next) : refuseVerb(request, response),
        async (request: Request, response: Response) => {
          const page = await pages[kind](request.path.replace(/^\/|\/$/g, ''), paramsOf(request));
          return send(request, response, page ?? htmlAnswer(404, options.redact(none())));
        },
      );
    app.use(nothingHere);
  };
  async function single(kind: (typeof SINGLE)[string], path: string, request: Request): Promise<PageAnswer> {
    return kind === 'overview' ? pages.overview(path, paramsOf(request)) : pages[kind](paramsOf(request));
  }
}

/** Where there are intakes. */
function eventRoutes(app: Express, guard: RequestHandler, pages: Pages): void {
  app
    .route(EVENTS)
    .get(guard, async (request, response) => send(request, response, await pages.events(paramsOf(request))))
    .all(refuseVerb);
  app
    .route(CSV)
    .get(guard, async (request, response) => sendFile(response, 'events.csv', pages.eventsCsv(paramsOf(request))))
    .all(refuseVerb);
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
