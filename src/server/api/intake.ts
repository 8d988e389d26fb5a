import type { Request, Response } from 'express';
import type { Asked } from '../../core/ports/events/intake.ts';
import { bodyOf, takeBodyOf } from '../http/request.ts';
import { JSON_TYPE, problem, reply } from '../http/responses.ts';
import { BadRequest, show } from './run-params.ts';

/** NOTE: what stands for the name can always be decoded. */
export const INTAKE_PATH = /^\/intake\/([a-z0-9-]{1,60})$/;

/** A notification has a thousand records at most, and its envelope a quarter of this, bytes. */
const MOST_BYTES = 1024 * 1024;

export const takeIntakeBody = takeBodyOf(MOST_BYTES, 'the body of a post to an intake has at most 1mb');

export interface IntakeOptions {
  /** Notes what is there to be read, and begins to read it. Null: nobody may post to an intake of that name. */
  intake(name: string, body: unknown): Promise<Asked | null>;
  redact(text: string): string;
}

/** `POST /intake/<name>`: what a body names is read in the background; 202 once that is noted. */
export async function postIntake(
  request: Request,
  response: Response,
  { intake, redact }: IntakeOptions,
): Promise<void> {
  const [name] = new URL(request.originalUrl, 'http://localhost').searchParams.keys();
  if (name !== undefined) throw new BadRequest(`unknown parameter ${show(name)}; there is none`);
  const asked = await intake(INTAKE_PATH.exec(request.path)![1]!, jsonIn(bodyOf(request)));
  if (asked === null) return problem(response, 404, 'no intake of that name takes posts');
  if ('refused' in asked) throw new BadRequest(asked.refused);
  reply(response, 202, JSON_TYPE, redact(JSON.stringify({ objects: asked.keys })));
}

/** Whatever type a sender says it has: SNS calls its JSON a plain text. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new BadRequest('the body is no JSON');
  }
}
