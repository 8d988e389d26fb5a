import type { Response } from 'express';
import type { FiltersInForce } from '../../core/ports/filters-in-force.ts';
import type { Order } from '../../core/ports/order.ts';
import type { RunResult, RunSummary } from '../../core/model/results.ts';
import { isoOf } from '../../core/model/window.ts';
import { reached } from '../../core/recount/recount.ts';
import type { Runner } from '../../core/run/join-runs.ts';
import type { Listeners } from '../../core/run/listeners.ts';
import type { Redact } from '../../platform/redact.ts';
import { JSON_TYPE, reply } from '../http/responses.ts';
import { answerBody } from './run-answer.ts';
import { type ParamsContext, readRunParams } from './run-params.ts';
import { sayWhy, whyOf } from './why.ts';

export interface PostRunOptions {
  readonly runner: Runner;
  /** Hear of each run; nothing waits for them but the end of the server. */
  readonly listeners: Pick<Listeners, 'begun' | 'ended'>;
  readonly trigger: Omit<ParamsContext, 'filters'>;
  /** The filters that count now; a run keeps those that it began with. */
  inForce(): FiltersInForce;
  readonly server: string;
  readonly version: string;
  readonly redact: Redact;
  /** How people were told up to now, asked after each plain run; absent: nobody is told anything. Never rejects. */
  told?: (() => Promise<ToldInRun>) | undefined;
  now(): number;
  uuid(): string;
  readonly log: { info(fields: object, text: string): void };
}

/** `POST /run`: one window. Resolves when the listeners have heard of it; `later`: what else is to be waited for. */
export async function postRun(
  params: URLSearchParams,
  response: Response,
  options: PostRunOptions,
  later: (work: Promise<void>) => void,
): Promise<void> {
  const { runner, listeners, server, redact } = options;
  const { filters, faults } = options.inForce();
  const order = readRunParams(params, { ...options.trigger, filters }, options.now());
  const runId = options.uuid();
  noteBegun(order, runId, options);
  void listeners.begun(order, runId);
  const result = await runner.run(order, runId).catch((error: unknown) => {
    later(listeners.ended(order, runId, null));
    throw error;
  });
  noteEnded(result, faults, options);
  const { verdict } = result;
  const body = answerBody(result, { server, debug: order.kind === 'debug', faults });
  response.set('Sentry-Monitor-Sent', verdict.sent);
  sayWhy(response, verdict, { why: whyOf(result), faults, redact });
  reply(response, verdict.http, JSON_TYPE, redact(JSON.stringify(body)));
  const told = order.kind === 'plain' ? await options.told?.() : undefined;
  const summary = { ...summaryOf(result, order, faults.length, options), ...(told ?? NOBODY_TOLD) };
  await listeners.ended(order, runId, { result, summary });
}

/** How it stands with what people are told. */
export type ToldInRun = Pick<RunSummary, 'alertsFiring' | 'messagesFailed' | 'unheard'>;
const NOBODY_TOLD: ToldInRun = { alertsFiring: null, messagesFailed: null };

function noteBegun({ kind, window, filters }: Order, run: string, { log }: PostRunOptions): void {
  const fields = { run, window: isoOf(window.start), debug: kind === 'debug', filters: filters.length };
  log.info(fields, 'run begins');
}

function noteEnded(result: RunResult, faults: FiltersInForce['faults'], { log }: PostRunOptions): void {
  const { runId, durationMs, sourceRequests, verdict } = result;
  const { status, http, sent } = verdict;
  log.info({ run: runId, status, http, sent, durationMs, sentryRequests: sourceRequests, faults }, 'run ended');
}

function summaryOf(
  result: RunResult,
  order: Order,
  faults: number,
  { server, version, trigger }: PostRunOptions,
): Omit<RunSummary, keyof ToldInRun> {
  const { runId, window, verdict, failed, incomplete, durationMs, sourceRequests, clockSkewMs, after } = result;
  return {
    outcome: verdict.outcome,
    runId,
    window,
    durationMs,
    filters: order.filters.length,
    failed,
    incomplete,
    faults,
    sourceRequests,
    corrections: reached(after?.recount?.corrections ?? []),
    sinks: trigger.sinks,
    clockSkewMs,
    behind: after?.catchUp?.behind ?? null,
    server,
    version,
  };
}
