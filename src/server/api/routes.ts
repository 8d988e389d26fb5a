import type { IncomingMessage, ServerResponse } from 'node:http';
import express, { type ErrorRequestHandler, type Express, type Request, type Response } from 'express';
import type { Ranges } from '../../core/backfill/fill-range.ts';
import type { RunSummary } from '../../core/model/results.ts';
import type { Verdict } from '../../core/model/verdict.ts';
import type { Health } from '../../core/ports/ledger.ts';
import { reached } from '../../core/recount/recount.ts';
import type { Runner } from '../../core/run/join-runs.ts';
import type { RunResult } from '../../core/run/ports.ts';
import { countIncomplete, judge } from '../../core/run/verdict.ts';
import type { Redact } from '../../platform/redact.ts';
import { type AuthLimit, createAuthLimit } from '../http/auth-limit.ts';
import type { Authorize } from '../http/auth.ts';
import { BAD_ADDRESS, dropBody, faultOf } from '../http/request.ts';
import { JSON_TYPE, notAllowed, problem, reply } from '../http/responses.ts';
import { type MetricsOptions, metricsRoute } from './metrics.ts';
import { postRange } from './range.ts';
import { answerBody } from './run-answer.ts';
import { BadRequest, NotHere, type ParamsContext, readRunParams, type RunParams } from './run-params.ts';

export interface AppOptions {
  readonly runner: Runner;
  /** With a shared ledger. */
  readonly ranges?: Ranges | undefined;
  /** Nothing of the backlog is begun any more. */
  rest?(): void;
  readonly trigger: ParamsContext;
  readonly authorize: Authorize;
  /** Faulty filter files. */
  readonly faults: readonly { readonly where: string; readonly text: string }[];
  readonly server: string;
  readonly version: string;
  readonly redact: Redact;
  now(): number;
  uuid(): string;
  observe(summary: RunSummary): Promise<void>;
  /** Told of plain runs as they begin; nothing waits for it. Never rejects. */
  begin?(runId: string): Promise<void>;
  readonly metrics?: MetricsOptions | undefined;
  /** Adds the pages for people, if they are wanted. */
  page?(app: Express): void;
  /** Of the shared ledger. */
  health?(): Promise<Health>;
  readonly log: {
    info(fields: object, text: string): void;
    warn(fields: object, text: string): void;
    error(fields: object, text: string): void;
  };
}

export interface App {
  readonly express: Express;
  /** The way in: what no route may see ends here. */
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** New posts get 503 from now on. */
  stop(): void;
  /** Resolves when no run and no observer is under way. */
  idle(): Promise<void>;
}

/** HTTP in front of the runner: a request becomes a window, a run, an answer. */
export function createApp(options: AppOptions): App {
  const busy = new Set<Promise<void>>();
  const state = { stopped: false };
  const failures = createAuthLimit(options.now, options.log);
  const app = routes(options, failures, state, busy);
  return {
    express: app,
    handle: (request, response) => {
      const refuseAs = (fault: string): void => problem(response.setHeader('Connection', 'close'), 400, fault);
      const fault = faultOf(request);
      if (fault !== null) return refuseAs(fault);
      // What comes back is an answer that broke off, or an address that Express cannot split.
      app(request as Request, response as Response, () =>
        response.headersSent ? void response.destroy() : refuseAs(BAD_ADDRESS),
      );
    },
    stop: () => {
      state.stopped = true;
      options.rest?.();
      failures.end();
    },
    idle: async () => {
      while (busy.size > 0) await Promise.allSettled(busy);
    },
  };
}

function routes(
  options: AppOptions,
  failures: AuthLimit,
  state: { readonly stopped: boolean },
  busy: Set<Promise<void>>,
): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use((_request, _response, next) => {
    failures.settle();
    next();
  });
  app
    .route('/run')
    .post(
      (request, response, next) => (options.authorize(request.headers) ? next() : refuse(request, response, failures)),
      dropBody,
      (request, response) => track(busy, post(request, response, options, state)),
    )
    .all((_request, response) => notAllowed(response, 'POST'));
  app
    .route('/healthz')
    .get((_request, response) => reply(response, 200, JSON_TYPE, '{"status":"alive"}'))
    .all((_request, response) => notAllowed(response, 'GET'));
  app
    .route('/readyz')
    .get((_request, response) => ready(response, options, state.stopped))
    .all((_request, response) => notAllowed(response, 'GET'));
  if (options.metrics !== undefined) metricsRoute(app, options.metrics);
  options.page?.(app);
  const paths = [
    'POST /run',
    'GET /healthz',
    'GET /readyz',
    ...(options.page === undefined ? [] : ['GET /']),
    'GET /metrics',
  ];
  app.use((_request, response) =>
    problem(response, 404, `there are ${paths.slice(0, -1).join(', ')} and ${paths.at(-1)!}`),
  );
  app.use(onError(options));
  return app;
}

/** Only who has no valid token comes here, so the limit on failures can refuse nobody else. */
function refuse(request: Request, response: Response, failures: AuthLimit): void {
  const seconds = failures.note(request);
  if (seconds === null) {
    response.set('WWW-Authenticate', 'Bearer');
    return problem(response, 401);
  }
  response.set('Retry-After', String(seconds)).set('Connection', 'close');
  problem(response, 429);
}

function track(busy: Set<Promise<void>>, work: Promise<void>): Promise<void> {
  busy.add(work);
  const done = (): void => void busy.delete(work);
  work.then(done, done);
  return work;
}

async function post(
  request: Request,
  response: Response,
  options: AppOptions,
  state: { readonly stopped: boolean },
): Promise<void> {
  if (state.stopped) {
    response.set('Connection', 'close');
    return problem(response, 503, 'this server is shutting down; post to another one');
  }
  const params = new URL(request.originalUrl, 'http://localhost').searchParams;
  if (params.has('start')) return postRange(params, response, options);
  const trigger = readRunParams(params, options.trigger, options.now());
  const runId = options.uuid();
  options.log.info(
    {
      run: runId,
      window: new Date(trigger.window.start).toISOString(),
      debug: trigger.debug,
      filters: trigger.filters.length,
    },
    'run begins',
  );
  if (trigger.plain) void options.begin?.(runId);
  const result = await options.runner.run(trigger, runId);
  const verdict = judge(result.reports, result.end);
  options.log.info(
    {
      run: runId,
      status: verdict.status,
      http: verdict.http,
      sent: verdict.sent,
      durationMs: result.durationMs,
      sentryRequests: result.sourceRequests,
      faults: options.faults,
    },
    'run ended',
  );
  const body = answerBody(result, verdict, { server: options.server, debug: trigger.debug, faults: options.faults });
  response.set('Sentry-Monitor-Sent', verdict.sent);
  reply(response, verdict.http, JSON_TYPE, options.redact(JSON.stringify(body)));
  if (trigger.plain) await options.observe(summaryOf(result, verdict, trigger, options));
}

function summaryOf(
  result: RunResult,
  verdict: Verdict,
  trigger: RunParams,
  { faults, server, version, trigger: { sinks } }: AppOptions,
): RunSummary {
  const { runId, window, durationMs, sourceRequests, clockSkewMs, reports } = result;
  const failed = reports.filter((report) => judge([report], null).outcome !== 'ok').length;
  return {
    outcome: verdict.outcome,
    runId,
    window,
    durationMs,
    filters: trigger.filters.length,
    failed,
    incomplete: countIncomplete(reports),
    faults: faults.length,
    sourceRequests,
    corrections: reached(result.after?.recount?.corrections ?? []),
    sinks,
    clockSkewMs,
    behind: result.after?.catchUp?.behind ?? null,
    server,
    version,
  };
}

async function ready(response: Response, { faults, health }: AppOptions, stopped: boolean): Promise<void> {
  if (stopped) return problem(response, 503, 'this server is shutting down');
  const ledger = (await health?.()) ?? 'ready';
  if (ledger === 'down') return problem(response, 503, 'the ledger cannot be used; the log says why');
  reply(
    response,
    200,
    JSON_TYPE,
    JSON.stringify({ status: faults.length > 0 || ledger === 'degraded' ? 'degraded' : 'ready' }),
  );
}

/** What is none of the client's is ours, and only the log learns more. */
function onError({ log, redact }: AppOptions): ErrorRequestHandler {
  // NOTE: four arguments, and never on to express: it would print the error as it is, with all that it holds.
  return (error: unknown, _request, response, _next) => {
    if (response.headersSent) {
      log.error({ error: error instanceof Error ? error.stack : String(error) }, 'internal error');
      if (!response.writableEnded) response.destroy();
      return;
    }
    if (error instanceof BadRequest) return problem(response, 400, redact(error.message));
    if (error instanceof NotHere) return problem(response, 503, redact(error.message));
    log.error({ error: error instanceof Error ? error.stack : String(error) }, 'internal error');
    response.set('Sentry-Monitor-Sent', 'unknown');
    problem(response, 500, 'internal error; the log of this server says more');
  };
}
