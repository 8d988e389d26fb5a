import type { WorkDone } from '../../core/ports/alerting/due.ts';
import type { AnswerBody } from '../summary/in-answer.ts';
import type { AlertBody } from './alerts.ts';
import type { Service } from './service.ts';

/** Made up for the demo; the sandbox is on loopback and gone afterwards. */
export const TOKEN = 'demo-trigger-token-0000';

export interface Posted {
  readonly status: number;
  readonly head: string;
  readonly body: AnswerBody & { readonly alerts?: readonly AlertBody[] };
}

export async function post({ url }: Service, query: string): Promise<Posted> {
  const response = await fetch(`${url}/run?${query}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${TOKEN}` },
  });
  const text = await response.text();
  if (response.headers.get('content-type')?.includes('problem') === true)
    throw new Error(`the service answered ${response.status}: ${text}`);
  return {
    status: response.status,
    head: `${response.status}, sent: ${response.headers.get('Sentry-Monitor-Sent') ?? '?'}`,
    body: JSON.parse(text) as Posted['body'],
  };
}

/** What is due is done at once. */
export async function due({ url }: Service): Promise<{ readonly status: number; readonly done: readonly WorkDone[] }> {
  const response = await fetch(`${url}/due`, { method: 'POST', headers: { Authorization: `Bearer ${TOKEN}` } });
  return { status: response.status, done: ((await response.json()) as { readonly done: readonly WorkDone[] }).done };
}
