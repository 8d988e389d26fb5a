import { type Answer, json } from '../http/message.ts';

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

/** The 400 that may be repeated. */
export function queryTimeout(): Answer {
  return json(400, {
    detail:
      '\nQuery timeout. Please try again. If the problem persists try a smaller date range or fewer projects. ' +
      "Also consider a\nfilter on the transaction field if you're filtering performance data.\n",
  });
}

export function forbidden(): Refusal {
  return refuse(403, 'You do not have permission to perform this action.');
}
