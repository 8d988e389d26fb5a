import { type Answer, bare, parseJson, type VendorRequest } from '../http/message.ts';
import type { State } from '../world/state.ts';
import { contentFault, isContent, readingOf } from './body-rules.ts';
import { tsOf } from './book.ts';

/** What stands before the secret of its address. */
export const WEBHOOK_PATH = '/services/T0SANDBOX/B0SANDBOX/';

const TEXT = { 'content-type': 'text/html' };

/** An incoming webhook: `/services/{team}/{app}/{secret}`. Its answers are words, and it tells no ids. */
export function slackWebhook(state: State, request: VendorRequest): Answer {
  const { received, clock, keys } = state;
  const refuse = (status: number, word: string, why: string): Answer => {
    received.slack.refused.push({ n: request.n, to: WEBHOOK, status, why: `${word}: ${why}`, at: clock.now() });
    return bare(status, word, TEXT);
  };
  if (request.path !== `${WEBHOOK_PATH}${keys.slackSecret}`) return refuse(404, 'no_service', 'no such address');
  if (request.method !== 'POST') return refuse(405, 'method_not_allowed', request.method);
  if (!/^application\/json\b/.test(request.headers['content-type'] ?? ''))
    return refuse(400, 'invalid_payload', 'no JSON is announced');
  const body = parseJson(request.raw.toString('utf8'))?.value;
  if (!isContent(body)) return refuse(400, 'invalid_payload', 'the body is no object');
  const fault = contentFault(body, [], 'post');
  if (fault !== undefined)
    return refuse(400, fault.word === 'invalid_arguments' ? 'invalid_payload' : fault.word, fault.why);
  const message = { n: request.n, at: clock.now(), to: WEBHOOK, id: tsOf(state, request.n), thread: null };
  received.slack.messages.push({ ...message, ...readingOf(body) });
  return bare(200, 'ok', TEXT);
}

/** The channel behind it. */
const WEBHOOK = '#webhook';
