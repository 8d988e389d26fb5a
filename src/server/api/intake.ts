import type { Request, Response } from 'express';
import type { Asked, Posted } from '../../core/ports/events/intake.ts';
import { parseJson } from '../../platform/http/json.ts';
import { bodyOf, takeBodyOf } from '../http/request.ts';
import type { Authorize } from '../http/auth.ts';
import { JSON_TYPE, problem, reply } from '../http/responses.ts';
import { BadRequest, show } from './run-params.ts';

/** NOTE: what stands for the name can always be decoded. */
export const INTAKE_PATH = /^\/intake\/([a-z0-9-]{1,60})$/;

/** A notification has a thousand records at most, and its envelope a quarter of this, bytes. */
const MOST_BYTES = 1024 * 1024;

export const takeIntakeBody = takeBodyOf(MOST_BYTES, 'the body of a post to an intake has at most 1mb');

/** What the server has of intakes. */
export interface IntakeDesk {
  /** Who has a token for it. */
  readonly authorize: Authorize;
  /** Whether posts to that one may be signed instead. */
  takesSigned(name: string): boolean;
  /** Notes what is there to be read, and begins to read it. Null: nobody may post to an intake of that name. */
  ask(name: string, posted: Posted): Promise<Asked | null>;
}

export interface IntakeOptions {
  readonly intakes: IntakeDesk;
  redact(text: string): string;
  /** Answers who may not post. `why`: for the log alone; absent: there was no token. */
  refuse(request: Request, response: Response, why?: string): void;
}

/** Whether its body is looked at: who has no token may have signed it. */
export function mayPost(request: Request, { authorize, takesSigned }: IntakeDesk): boolean {
  return authorize(request.headers) || takesSigned(nameIn(request));
}

/** `POST /intake/<name>`: what a body names is read in the background; 202 once that is noted. */
export async function postIntake(
  request: Request,
  response: Response,
  { intakes, redact, refuse }: IntakeOptions,
): Promise<void> {
  const isTrusted = intakes.authorize(request.headers);
  // Whatever type a sender says it has: SNS calls its JSON a plain text.
  const body = parseJson(bodyOf(request));
  if (body === undefined && !isTrusted) return refuse(request, response, 'the body is no JSON');
  const [parameter] = new URL(request.originalUrl, 'http://localhost').searchParams.keys();
  if (parameter !== undefined) throw new BadRequest(`unknown parameter ${show(parameter)}; there is none`);
  if (body === undefined) throw new BadRequest('the body is no JSON');
  const asked = await intakes.ask(nameIn(request), { body, isTrusted });
  if (asked === null) return problem(response, 404, 'no intake of that name takes posts');
  if ('later' in asked) return problem(response, 503, redact(asked.later));
  if ('unsigned' in asked && !isTrusted) return refuse(request, response, redact(asked.unsigned));
  if ('unsigned' in asked) throw new BadRequest(asked.unsigned);
  if ('refused' in asked) throw new BadRequest(asked.refused);
  reply(response, 202, JSON_TYPE, redact(JSON.stringify({ objects: asked.keys })));
}

function nameIn({ path }: Request): string {
  return INTAKE_PATH.exec(path)![1]!;
}
