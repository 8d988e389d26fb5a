import type { ServerResponse } from 'node:http';
import type { RangeResult, Ranges } from '../../core/backfill/fill-range.ts';
import { reportsIn } from '../../core/backfill/missing-windows.ts';
import type { FiltersInForce } from '../../core/ports/filters-in-force.ts';
import { isoOf } from '../../core/model/window.ts';
import type { Redact } from '../../platform/redact.ts';
import { JSON_TYPE, problem, reply } from '../http/responses.ts';
import { stoppedBody, tooOldBody, windowBody } from './backfill-answer.ts';
import { readRangeParams } from './range-params.ts';
import { type AnswerContext, faultBody } from './run-answer.ts';
import type { ParamsContext } from './run-params.ts';
import { sayWhy, whyOfRange } from './why.ts';

export interface RangeOptions extends Omit<AnswerContext, 'debug' | 'faults'> {
  readonly ranges?: Ranges | undefined;
  readonly trigger: Omit<ParamsContext, 'filters'>;
  inForce(): FiltersInForce;
  readonly redact: Redact;
  now(): number;
  uuid(): string;
  readonly log: { info(fields: object, text: string): void };
}

/** `POST /run?start=&end=`: what is missing in between. */
export async function postRange(
  params: URLSearchParams,
  response: ServerResponse,
  options: RangeOptions,
): Promise<void> {
  const { ranges, log, now, uuid, redact } = options;
  const inForce = options.inForce();
  const trigger = { ...options.trigger, filters: inForce.filters };
  const { filters, sinks, span } = readRangeParams(
    params,
    ranges === undefined ? { ...trigger, memoryMs: undefined } : trigger,
    now(),
  );
  const runId = uuid();
  log.info({ run: runId, start: isoOf(span.start), end: isoOf(span.end), filters: filters.length }, 'range begins');
  const result = await ranges!.run({ filters, sinks, span }, runId);
  if (result === null)
    return problem(response, 503, 'the ledger cannot be reached, so nobody knows what is missing; try again');
  const { verdict, durationMs, windows, rest } = result;
  log.info(
    {
      run: runId,
      status: verdict.status,
      http: verdict.http,
      sent: verdict.sent,
      durationMs,
      windows: windows.length,
      left: reportsIn(rest.missing),
    },
    'range ended',
  );
  response.setHeader('Sentry-Monitor-Sent', verdict.sent);
  sayWhy(response, verdict, { why: whyOfRange(result), faults: inForce.faults, redact });
  reply(response, verdict.http, JSON_TYPE, redact(JSON.stringify(rangeBody(result, inForce.faults, options))));
}

function rangeBody(
  { runId, span, windows, rest, held, tooOld, behind, verdict, sourceRequests, clockSkewMs, durationMs }: RangeResult,
  faults: FiltersInForce['faults'],
  { server }: RangeOptions,
): object {
  return {
    status: verdict.status,
    debug: false,
    server,
    run: runId,
    clockSkewMs,
    durationMs,
    range: { start: isoOf(span.start), end: isoOf(span.end) },
    sentryRequests: sourceRequests,
    faults: faults.map(faultBody),
    catchUp: {
      behind,
      durationMs,
      ...stoppedBody(rest.stopped),
      inHandElsewhere: reportsIn(held),
      windows: windows.map(windowBody),
      tooOld: tooOld.map(tooOldBody),
    },
  };
}
