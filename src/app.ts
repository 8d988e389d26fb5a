import express, { type ErrorRequestHandler, type Express, type Request, type Response } from 'express';
import type { Health } from './core/ledger.ts';
import type { RunSummary } from './core/ports.ts';
import { judge, type Verdict } from './core/outcome.ts';
import type { RunResult } from './core/run.ts';
import type { Runner } from './core/runner.ts';
import { answerBody, countIncomplete } from './answer.ts';
import type { Authorize } from './auth.ts';
import type { Mask } from './mask.ts';
import { BadRequest, NotHere, readTrigger, type Trigger, type TriggerContext } from './trigger.ts';

export interface AppOptions {
  readonly runner: Runner;
  readonly trigger: TriggerContext;
  readonly authorize: Authorize;
  /** Faulty filter files. */
  readonly faults: readonly { readonly where: string; readonly text: string }[];
  readonly server: string;
  readonly version: string;
  readonly mask: Mask;
  now(): number;
  uuid(): string;
  observe(summary: RunSummary): Promise<void>;
  /** Of the shared ledger. */
  health?(): Promise<Health>;
  readonly log: { info(fields: object, text: string): void; error(fields: object, text: string): void };
}

export interface App {
  readonly express: Express;
  /** New posts get 503 from now on. */
  stop(): void;
  /** Resolves when no run and no observer is under way. */
  idle(): Promise<void>;
}

/** A post needs no body; what comes is read up to this and thrown away. */
const MAX_BODY = '16kb';

/** HTTP in front of the runner: a request becomes a window, a run, an answer. */
export function createApp(options: AppOptions): App {
  const busy = new Set<Promise<void>>();
  const state = { stopped: false };
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use((_request, response, next) => {
    response.set('Sentry-Monitor-Sent', 'none').set('Cache-Control', 'no-store');
    next();
  });
  app.route('/run')
    .post((request, response, next) => {
      if (options.authorize(request.headers)) return next();
      response.set('WWW-Authenticate', 'Bearer');
      problem(response, 401);
    }, express.raw({ limit: MAX_BODY, type: () => true, inflate: false }), (request, response) => track(busy, post(request, response, options, state)))
    .all((_request, response) => notAllowed(response, 'POST'));
  app.route('/healthz').get((_request, response) => void response.json({ status: 'alive' })).all((_request, response) => notAllowed(response, 'GET'));
  app.route('/readyz').get((_request, response) => ready(response, options, state.stopped)).all((_request, response) => notAllowed(response, 'GET'));
  app.use((_request, response) => problem(response, 404, 'there are POST /run, GET /healthz and GET /readyz'));
  app.use(onError(options));
  return {
    express: app,
    stop: () => void (state.stopped = true),
    idle: async () => {
      while (busy.size > 0) await Promise.allSettled(busy);
    },
  };
}

function track(busy: Set<Promise<void>>, work: Promise<void>): Promise<void> {
  busy.add(work);
  const done = (): void => void busy.delete(work);
  work.then(done, done);
  return work;
}

async function post(request: Request, response: Response, options: AppOptions, state: { readonly stopped: boolean }): Promise<void> {
  if (state.stopped) {
    response.set('Connection', 'close');
    return problem(response, 503, 'this server is shutting down; post to another one');
  }
  const trigger = readTrigger(new URL(request.originalUrl, 'http://localhost').searchParams, options.trigger, options.now());
  const runId = options.uuid();
  options.log.info({ run: runId, window: new Date(trigger.window.start).toISOString(), debug: trigger.debug, filters: trigger.filters.length }, 'run begins');
  const result = await options.runner.run(trigger, runId);
  const verdict = judge(result.reports, result.end);
  options.log.info({ run: runId, status: verdict.status, http: verdict.http, sent: verdict.sent, durationMs: result.durationMs, sentryRequests: result.sourceRequests, faults: options.faults }, 'run ended');
  const body = answerBody(result, verdict, { server: options.server, debug: trigger.debug, faults: options.faults });
  response.status(verdict.http).set('Sentry-Monitor-Sent', verdict.sent).type('application/json').send(options.mask(JSON.stringify(body)));
  if (trigger.plain) await options.observe(summaryOf(result, verdict, trigger, options));
}

function summaryOf(result: RunResult, verdict: Verdict, trigger: Trigger, { faults, server, version, trigger: { sinks } }: AppOptions): RunSummary {
  const { runId, window, durationMs, sourceRequests, clockSkewMs, reports } = result;
  const failed = reports.filter((report) => judge([report], null).outcome !== 'ok').length;
  return {
    outcome: verdict.outcome, runId, window, durationMs, filters: trigger.filters.length, failed, incomplete: countIncomplete(reports),
    faults: faults.length, sourceRequests, sinks, clockSkewMs, server, version,
  };
}

async function ready(response: Response, { faults, health }: AppOptions, stopped: boolean): Promise<void> {
  if (stopped) return problem(response, 503, 'this server is shutting down');
  const ledger = await health?.() ?? 'ready';
  if (ledger === 'down') return problem(response, 503, 'the ledger cannot be reached');
  response.json({ status: faults.length > 0 || ledger === 'degraded' ? 'degraded' : 'ready' });
}

function notAllowed(response: Response, allow: string): void {
  response.set('Allow', allow);
  problem(response, 405, `use ${allow}`);
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request', 401: 'Unauthorized', 404: 'Not Found', 405: 'Method Not Allowed', 413: 'Content Too Large', 415: 'Unsupported Media Type', 500: 'Internal Server Error', 503: 'Service Unavailable',
};

/** RFC 9457. A 401 has no detail: it would tell a stranger what to try next. */
function problem(response: Response, status: number, detail?: string): void {
  response.status(status).type('application/problem+json').send(JSON.stringify({ type: 'about:blank', title: TITLES[status] ?? 'Error', status, detail }));
}

/** Errors of the body reader have a status; everything else is ours, and only the log learns more. */
function onError({ log, mask }: AppOptions): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) return next(error);
    if (error instanceof BadRequest) return problem(response, 400, mask(error.message));
    if (error instanceof NotHere) return problem(response, 503, mask(error.message));
    const status = (error as { status?: unknown }).status;
    if (status === 413) return problem(response, 413, `a post needs no body, and takes at most ${MAX_BODY}`);
    if (status === 400 || status === 415) return problem(response, status, 'the body cannot be read; post without one');
    log.error({ error: error instanceof Error ? error.stack : String(error) }, 'internal error');
    response.set('Sentry-Monitor-Sent', 'unknown');
    problem(response, 500, 'internal error; the log of this server says more');
  };
}
