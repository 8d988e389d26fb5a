import type { IncomingMessage, ServerResponse } from 'node:http';
import express, { type ErrorRequestHandler, type Express, type Request, type Response } from 'express';
import type { Ranges } from '../../core/backfill/fill-range.ts';
import { isoOf } from '../../core/model/window.ts';
import type { Health } from '../../core/ports/ledger.ts';
import { PICTURES } from '../../platform/pictures/address.ts';
import { type AuthLimit, type AuthLimits, createAuthLimits } from '../http/auth-limit.ts';
import type { Authorize } from '../http/auth.ts';
import { BAD_ADDRESS, takeBody, faultOf } from '../http/request.ts';
import { JSON_TYPE, notAllowed, problem, reply, tooMany, unauthorized } from '../http/responses.ts';
import { type DueOptions, postDue } from './due.ts';
import { INTAKE_PATH, type IntakeDesk, type IntakeOptions, mayPost, postIntake, takeIntakeBody } from './intake.ts';
import { type MetricsOptions, metricsRoute } from './metrics.ts';
import { postRun, type PostRunOptions } from './post-run.ts';
import { postRange } from './range.ts';
import { type SignedPost, signedRoute } from './signed.ts';
import { BadRequest, NotHere } from './run-params.ts';
import { ACTIONS, postWords, type WordsOptions } from './actions.ts';

export interface AppOptions
  extends
    PostRunOptions,
    Omit<DueOptions, 'log' | 'redact'>,
    Pick<WordsOptions, 'actions'>,
    Partial<Pick<IntakeOptions, 'intakes'>> {
  /** With a shared ledger. */
  readonly ranges?: Ranges | undefined;
  /** Nothing of the backlog is begun any more. */
  rest?(): void;
  readonly authorize: Authorize;
  /** Ways in for vendors who sign. */
  readonly signed?: readonly SignedPost[] | undefined;
  readonly metrics?: MetricsOptions | undefined;
  /** Adds the pages for people, if they are wanted. */
  page?(app: Express, limits: Pick<AuthLimits, 'of'>): void;
  /** Answers requests for pictures of messages, if they have addresses. */
  pictures?(request: Request, response: Response, failures: AuthLimit): Promise<void>;
  /** Names of vendors that have failed run after run. */
  failing?(): readonly string[];
  /** Since when no plain run came though alerts wait for them, epoch ms; null: they come. */
  awaySince?(): number | null;
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
  /** Resolves when no run and no listener is under way. */
  idle(): Promise<void>;
}

/** What the routes share. */
interface Desk {
  readonly options: AppOptions;
  readonly limits: AuthLimits;
  /** Of who has no valid token. */
  readonly failures: AuthLimit;
  /** Posts and listeners that are under way. */
  readonly busy: Set<Promise<void>>;
  isStopped: boolean;
}

/** HTTP in front of the runner: a request becomes a window, a run, an answer. */
export function createApp(options: AppOptions): App {
  const limits = createAuthLimits(options.now, options.log);
  const desk: Desk = { options, limits, failures: limits.of('post'), busy: new Set(), isStopped: false };
  const app = routes(desk);
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
      desk.isStopped = true;
      options.rest?.();
      limits.end();
    },
    idle: async () => {
      while (desk.busy.size > 0) await Promise.allSettled(desk.busy);
    },
  };
}

function routes(desk: Desk): Express {
  const { options, limits } = desk;
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use((_request, _response, next) => {
    limits.settle();
    next();
  });
  const doorAt = (path: string): Door => ({ path, mayPost: ({ headers }) => options.authorize(headers), takeBody });
  postRoute(app, doorAt('/run'), desk, (params, response) =>
    params.has('start')
      ? postRange(params, response, options)
      : postRun(params, response, options, (work) => void track(desk, work)),
  );
  if (options.intakes !== undefined) intakeRoute(app, desk, options.intakes);
  for (const it of options.signed ?? []) signedRoute(app, it, desk, (work) => void track(desk, work));
  postRoute(app, doorAt('/due'), desk, (params, response) => postDue(params, response, options));
  for (const name of ACTIONS)
    postRoute(app, doorAt(`/${name}`), desk, (params, response) => postWords(name, params, response, options));
  app
    .route('/healthz')
    .get((_request, response) => reply(response, 200, JSON_TYPE, '{"status":"alive"}'))
    .all((_request, response) => notAllowed(response, 'GET'));
  app
    .route('/readyz')
    .get((_request, response) => ready(response, desk))
    .all((_request, response) => notAllowed(response, 'GET'));
  if (options.metrics !== undefined) metricsRoute(app, options.metrics);
  if (options.pictures !== undefined) picturesRoute(app, options.pictures, limits.of('picture'));
  options.page?.(app, limits);
  app.use((_request, response) => problem(response, 404, pathsOf(options)));
  app.use(onError(options));
  return app;
}

function pathsOf({ page, pictures, intakes, signed = [] }: AppOptions): string {
  const pages = [...(page === undefined ? [] : ['GET /']), ...(pictures === undefined ? [] : [`GET ${PICTURES}/…`])];
  const names = ['run', 'due', ...ACTIONS, ...(intakes === undefined ? [] : ['intake/…'])];
  const posts = [...names.map((name) => `/${name}`), ...signed.map(({ path }) => path)].map((it) => `POST ${it}`);
  const paths = [...posts, 'GET /healthz', 'GET /readyz', ...pages, 'GET /metrics'];
  return `there are ${paths.slice(0, -1).join(', ')} and ${paths.at(-1)!}`;
}

/** Only who has no valid token or signature comes here, so the limit on failures can refuse nobody else. */
function refuse(request: Request, response: Response, failures: AuthLimit, why?: string): void {
  const seconds = failures.note(request, why);
  if (seconds === null) {
    response.set('WWW-Authenticate', 'Bearer');
    return unauthorized(response, 'TRIGGER_TOKEN');
  }
  tooMany(response.set('Connection', 'close'), seconds);
}

function track({ busy }: Desk, work: Promise<void>): Promise<void> {
  busy.add(work);
  const done = (): void => void busy.delete(work);
  work.then(done, done);
  return work;
}

type Post = (params: URLSearchParams, response: Response, request: Request) => Promise<void>;

/** Who may come in, and how much they may bring. */
interface Door {
  readonly path: string | RegExp;
  mayPost(request: Request): boolean;
  readonly takeBody: typeof takeBody;
}

function intakeRoute(app: Express, desk: Desk, intakes: IntakeDesk): void {
  const mayBring = (request: Request): boolean => mayPost(request, intakes);
  const door: Door = { path: INTAKE_PATH, mayPost: mayBring, takeBody: takeIntakeBody };
  const options: IntakeOptions = {
    ...{ intakes, redact: desk.options.redact },
    refuse: (request, response, why) => refuse(request, response, desk.failures, why),
  };
  postRoute(app, door, desk, (_params, response, request) => postIntake(request, response, options));
}

function picturesRoute(app: Express, show: NonNullable<AppOptions['pictures']>, failures: AuthLimit): void {
  // NOTE: no parameter in the path: Express would decode it, and break on what cannot be.
  app.use(PICTURES, (request, response) => show(request, response, failures));
}

/** A way in for who has a token; nothing is begun any more once the server stops. */
function postRoute(app: Express, door: Door, desk: Desk, act: Post): void {
  const post: Post = async (params, response, request) => {
    if (!desk.isStopped) return act(params, response, request);
    response.set('Connection', 'close');
    return problem(response, 503, 'this server is shutting down; post to another one');
  };
  app
    .route(door.path)
    .post(
      (request, response, next) => (door.mayPost(request) ? next() : refuse(request, response, desk.failures)),
      door.takeBody,
      (request, response) =>
        track(desk, post(new URL(request.originalUrl, 'http://localhost').searchParams, response, request)),
    )
    .all((_request, response) => notAllowed(response, 'POST'));
}

async function ready(response: Response, { options, isStopped }: Desk): Promise<void> {
  const { inForce, health, failing, awaySince } = options;
  if (isStopped) return problem(response, 503, 'this server is shutting down');
  const ledger = (await health?.()) ?? 'ready';
  if (ledger === 'down') return problem(response, 503, 'the ledger cannot be used; the log says why');
  const { faults, loadedAt, files, rejected, print, place } = inForce();
  const vendors = failing?.() ?? [];
  const since = awaySince?.() ?? null;
  const isDegraded = faults.length > 0 || ledger === 'degraded' || vendors.length > 0 || since !== null;
  const body = {
    status: isDegraded ? 'degraded' : 'ready',
    filters: { loadedAt: isoOf(loadedAt), files, rejected, print, place },
    ...(vendors.length === 0 ? {} : { failing: vendors }),
    ...(since === null ? {} : { noRunSince: isoOf(since) }),
  };
  reply(response, 200, JSON_TYPE, JSON.stringify(body));
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
