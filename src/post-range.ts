import type { ServerResponse } from 'node:http';
import type { Ranges, RangeResult } from './core/range.ts';
import { reportsIn } from './core/holes.ts';
import { isoOf } from './core/window.ts';
import { tooOldBody, windowBody } from './answer-catchup.ts';
import type { AnswerContext } from './answer.ts';
import type { Mask } from './mask.ts';
import { JSON_TYPE, problem, reply } from './problem.ts';
import { readRange } from './trigger-range.ts';
import type { TriggerContext } from './trigger.ts';

export interface RangeOptions extends Omit<AnswerContext, 'debug'> {
  readonly ranges?: Ranges | undefined;
  readonly trigger: TriggerContext;
  readonly mask: Mask;
  now(): number;
  uuid(): string;
  readonly log: { info(fields: object, text: string): void };
}

/** `POST /run?start=&end=`: what is missing in between. */
export async function postRange(params: URLSearchParams, response: ServerResponse, options: RangeOptions): Promise<void> {
  const { ranges, log, now, uuid, mask } = options;
  const { filters, sinks, span } = readRange(params, ranges === undefined ? { ...options.trigger, memoryMs: undefined } : options.trigger, now());
  const runId = uuid();
  log.info({ run: runId, start: isoOf(span.start), end: isoOf(span.end), filters: filters.length }, 'range begins');
  const result = await ranges!.run({ filters, sinks, span }, runId);
  if (result === null) return problem(response, 503, 'the ledger cannot be reached, so nobody knows what is missing; try again');
  const { verdict, durationMs, windows, rest } = result;
  log.info({ run: runId, status: verdict.status, http: verdict.http, sent: verdict.sent, durationMs, windows: windows.length, left: reportsIn(rest.missing) }, 'range ended');
  response.setHeader('Sentry-Monitor-Sent', verdict.sent);
  reply(response, verdict.http, JSON_TYPE, mask(JSON.stringify(rangeBody(result, options))));
}

function rangeBody({ runId, span, windows, rest, held, tooOld, behind, verdict, sourceRequests, clockSkewMs, durationMs }: RangeResult, { server, faults }: RangeOptions): object {
  return {
    status: verdict.status, debug: false, server, run: runId, clockSkewMs, durationMs, range: { start: isoOf(span.start), end: isoOf(span.end) }, sentryRequests: sourceRequests,
    faults: faults.map(({ where, text }) => ({ filters: where, error: text })),
    catchUp: {
      behind, durationMs, ...(rest.stopped === null ? {} : { stopped: rest.stopped }),
      inHandElsewhere: reportsIn(held), windows: windows.map(windowBody), tooOld: tooOld.map(tooOldBody),
    },
  };
}
