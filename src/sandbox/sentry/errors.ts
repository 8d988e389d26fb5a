import { json } from '../http/message.ts';
import type { Answer } from '../http/message.ts';

/** An answer thrown out of the reading of parameters. */
export class Refusal extends Error {
  readonly answer: Answer;
  constructor(answer: Answer) {
    super(`${String(answer.status)} ${answer.body}`);
    this.answer = answer;
  }
}

export function refuse(status: number, detail: string): Refusal {
  return new Refusal(json(status, { detail }));
}

export function badRequest(detail: string): Refusal {
  return refuse(400, detail);
}

export function notFound(): Refusal {
  return refuse(404, 'The requested resource does not exist');
}

export function forbidden(): Refusal {
  return refuse(403, 'You do not have permission to perform this action.');
}
