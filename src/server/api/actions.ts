import type { Response } from 'express';
import { LedgerTrouble } from '../../core/model/errors.ts';
import type { JsonObject } from '../../core/model/item.ts';
import { BadWords } from '../../core/telling/asked/words.ts';
import { parseJson } from '../../platform/http/json.ts';
import { bodyOf } from '../http/request.ts';
import { JSON_TYPE, problem, reply } from '../http/responses.ts';
import { BadRequest, show } from './run-params.ts';

/** What is changed by a post of a few words; each has a path of its name. */
export const ACTIONS = ['mute', 'unmute', 'deploys'] as const;
export type Action = (typeof ACTIONS)[number];

export interface WordsOptions {
  /** Does it, and gives back the answer; rejects with a BadWords. Absent: there is no ledger to keep it in. */
  readonly actions?: Readonly<Record<Action, (words: JsonObject) => Promise<JsonObject>>> | undefined;
  redact(text: string): string;
  readonly log: { info(fields: object, text: string): void };
}

/** A post whose words are a JSON object, or parameters, or both. */
export async function postWords(
  name: Action,
  params: URLSearchParams,
  response: Response,
  { actions, redact, log }: WordsOptions,
): Promise<void> {
  const words = wordsOf(params, bodyOf(response.req));
  if (actions === undefined) throw new BadRequest(`/${name} needs a ledger, and this service has none; set LEDGER_URL`);
  try {
    const answer = await actions[name](words);
    log.info({ action: name, answer }, 'done by a post');
    reply(response, 200, JSON_TYPE, redact(JSON.stringify(answer)));
  } catch (error) {
    if (error instanceof BadWords) throw new BadRequest(error.message);
    if (!(error instanceof LedgerTrouble)) throw error;
    problem(response, 503, 'the ledger cannot be reached, so nothing was changed; try again');
  }
}

function wordsOf(params: URLSearchParams, body: string): JsonObject {
  const words = new Map(body.trim() === '' ? [] : Object.entries(objectIn(body)));
  for (const [key, value] of params) {
    if (words.has(key)) throw new BadRequest(`${show(key)} is given twice; give it once`);
    words.set(key, value);
  }
  return Object.fromEntries(words);
}

function objectIn(body: string): JsonObject {
  const found = parseJson(body);
  if (typeof found === 'object' && found !== null && !Array.isArray(found)) return found as JsonObject;
  throw new BadRequest('the body is no JSON object; write one such as {"filter": "crm-mail", "why": "moving house"}');
}
