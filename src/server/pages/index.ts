import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Express, NextFunction, Request, Response } from 'express';
import type { Filter } from '../../core/model/filter.ts';
import { PERIOD_MS, reportId } from '../../core/model/window.ts';
import type { Redact } from '../../platform/redact.ts';
import { createAuthLimit } from '../http/auth-limit.ts';
import { readAccess } from '../http/auth.ts';
import { notAllowed, problem, reply } from '../http/responses.ts';
import { type CollectOptions, createCollect, keysOf } from './data/collect.ts';
import type { Seen } from './data/model.ts';
import { filterPage, type WindowSeen } from './filter.ts';
import { homePage } from './home.ts';
import { notFoundPage, refusedPage } from './refused.ts';
import { ICON, SCRIPT } from './script.ts';
import { STYLE } from './style.ts';

export interface PageOptions extends CollectOptions {
  /** Undefined: only this machine may look. */
  readonly token: string | undefined;
  readonly redact: Redact;
  readonly log: { warn(fields: object, text: string): void };
}

const HTML = 'text/html; charset=utf-8';
/** Pages of the same minute of a crowd are made once, ms. */
const KEEP_MS = 2_000;
/** Below this it is not worth packing, bytes. */
const PACK_FROM = 1_024;
const HOME_HOURS = 12;
const FILTER_HOURS = 24;

/** Nothing of others, nothing inline, in nobody's frame. */
const HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'X-Frame-Options': 'DENY',
};

/** Pages for people. They read, and change nothing. */
export function createPage(options: PageOptions): (app: Express) => void {
  const pages = createPages(options);
  const files: Readonly<Record<string, readonly [string, string]>> = {
    '/page.css': ['text/css; charset=utf-8', STYLE],
    '/page.js': ['text/javascript; charset=utf-8', SCRIPT],
    '/page.svg': ['image/svg+xml', ICON],
  };
  const guard = createGuard(options);
  return (app) => {
    app
      .route('/')
      .get(guard, async (request, response) => send(request, response, 200, HTML, await pages.home()))
      .all(refuseVerb);
    // They say nothing, and a refusal is a page too.
    for (const [path, [type, text]] of Object.entries(files))
      app
        .route(path)
        .get((request, response) => send(request, response, 200, type, text))
        .all(refuseVerb);
    // NOTE: no parameter in the path: Express would decode it, and break on what cannot be.
    app.use(
      '/filters',
      (request, response, next) =>
        ['GET', 'HEAD'].includes(request.method) ? guard(request, response, next) : refuseVerb(request, response),
      async (request: Request, response: Response) => {
        const page = await pages.filter(request.path.replace(/^\/|\/$/g, ''));
        return send(request, response, page === null ? 404 : 200, HTML, page ?? options.redact(notFoundPage()));
      },
    );
  };
}

function createGuard({
  token,
  now,
  log,
}: PageOptions): (request: Request, response: Response, next: NextFunction) => void {
  const access = readAccess(token === undefined ? [] : [token]);
  const failures = createAuthLimit(now, log, 'look');
  return (request, response, next) => {
    failures.settle();
    const found = access(request);
    if (found === 'yes') return next();
    const seconds = failures.note(request);
    // Without a token a browser asks for it: that is how everybody begins.
    if (seconds !== null && request.headers.authorization !== undefined)
      return problem(response.set('Retry-After', String(seconds)), 429);
    if (found === 'token') response.set('WWW-Authenticate', 'Basic realm="sentry-monitor", charset="UTF-8"');
    void send(request, response, found === 'token' ? 401 : 403, HTML, refusedPage(found));
  };
}

const pack = promisify(gzip);

async function send(request: Request, response: Response, status: number, type: string, text: string): Promise<void> {
  response.set(HEADERS).set('Vary', 'Accept-Encoding');
  const isPacked = text.length >= PACK_FROM && request.acceptsEncodings('gzip') === 'gzip';
  if (isPacked) response.set('Content-Encoding', 'gzip');
  reply(response, status, type, isPacked ? await pack(text, { level: 5 }) : text);
}

function refuseVerb(_request: Request, response: Response): void {
  notAllowed(response, 'GET, HEAD');
}

interface Pages {
  home(): Promise<string>;
  /** Null: no such filter. */
  filter(name: string): Promise<string | null>;
}

function createPages(options: PageOptions): Pages {
  const { filters, memory, redact, now } = options;
  const collect = createCollect(options);
  const kept = new Map<
    string,
    { readonly at: number; readonly version: number; readonly text: Promise<string | null> }
  >();
  const once = (key: string, make: () => Promise<string | null>): Promise<string | null> => {
    const old = kept.get(key);
    if (old !== undefined && old.version === memory.version() && now() - old.at < KEEP_MS) return old.text;
    const text = make();
    kept.set(key, { at: now(), version: memory.version(), text });
    const forget = (): void => void (kept.get(key)?.text === text && kept.delete(key));
    text.then((made) => made === null && forget(), forget);
    if (kept.size > filters.length + 10) kept.delete(kept.keys().next().value!);
    return text;
  };
  const filterNamed = async (name: string): Promise<string | null> => {
    const filter = filters.find((it) => it.name === name) ?? gone(name);
    if (filter === null) return null;
    const seen = await collect([filter], FILTER_HOURS);
    const [found] = seen.filters;
    if (found === undefined || (!found.configured && found.windows.every((it) => it === null))) return null;
    return redact(await filterPage(seen, found, await windowsOf(filter, seen, options)));
  };
  return {
    home: async () => (await once('', async () => redact(homePage(await collect(filters, HOME_HOURS)))))!,
    filter: (name) => once(`/${name}`, () => filterNamed(name)),
  };
}

/** One that no file names any more may still be remembered. Null: no filter ever had such a name. */
function gone(name: string): Filter | null {
  if (!/^[a-z0-9][a-z0-9-]{0,59}$/.test(name)) return null;
  return {
    name,
    projects: [],
    environments: [],
    levels: [],
    searchTerms: [],
    exclude: [],
    tags: [],
    top: 25,
    labels: {},
  };
}

async function windowsOf(
  filter: Filter,
  { span, origin }: Seen,
  { readModel: shared, memory, sinks }: PageOptions,
): Promise<ReadonlyMap<number, WindowSeen>> {
  const readModel = origin.runs === 'ledger' && shared !== undefined ? shared : memory.readModel;
  const starts = Array.from(
    { length: (span.end - span.start) / PERIOD_MS },
    (_, index) => span.start + index * PERIOD_MS,
  );
  const reports = await readModel.reports(
    starts.map((start) => reportId(filter.name, { start, end: start + PERIOD_MS })),
  );
  const receipts = await readModel.receipts(reports.flatMap((report) => keysOf(filter, report, sinks)));
  const byReport = Map.groupBy(receipts, ({ key }) => key.reportId);
  return new Map(reports.map((report) => [report.window.start, { report, receipts: byReport.get(report.id) ?? [] }]));
}
