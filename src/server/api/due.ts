import type { Response } from 'express';
import type { Due } from '../../core/ports/alerting/due.ts';
import { JSON_TYPE, problem, reply } from '../http/responses.ts';
import { BadRequest, show } from './run-params.ts';

export interface DueOptions {
  /** Works off what is due besides windows; null: the ledger cannot say what is. Absent: nothing ever is. */
  due?(runId: string): Promise<Due | null>;
  uuid(): string;
  redact(text: string): string;
  readonly log: { info(fields: object, text: string): void };
}

/** `POST /due`: what is due between two runs. 200 also when something failed: the body says what. */
export async function postDue(params: URLSearchParams, response: Response, options: DueOptions): Promise<void> {
  const [name] = params.keys();
  if (name !== undefined) throw new BadRequest(`unknown parameter ${show(name)}; there is none`);
  const runId = options.uuid();
  const found = (await options.due?.(runId)) ?? null;
  if (found === null && options.due !== undefined)
    return problem(response, 503, 'the ledger cannot be reached, so nobody knows what is due; try again');
  const { done, left } = found ?? { done: [], left: 0 };
  options.log.info({ run: runId, done, left }, 'what was due is done');
  reply(response, 200, JSON_TYPE, options.redact(JSON.stringify({ done, left })));
}
