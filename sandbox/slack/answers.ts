import { type Answer, bare, json, parseJson, type VendorRequest } from '../http/message.ts';
import type { State } from '../world/state.ts';
import { contentFault, isContent, readingOf } from './body-rules.ts';
import { isIn, tsOf } from './book.ts';

/** What stands before `{channel}/{ts}/{secret}` of an address that is given with a press. */
export const ANSWERS_PATH = '/slack/answers/';

/** So often an address may be used. */
const MOST_USES = 5;

/** Takes what becomes of a press: another message in its place, or a word to who pressed. */
export function slackAnswer(state: State, request: VendorRequest): Answer {
  const [channel = '', ts = '', user = ''] = request.path.slice(ANSWERS_PATH.length).split('/');
  const { slack } = state.received;
  const refuse = (status: number, word: string, why: string): Answer => {
    slack.refused.push({ n: request.n, to: channel, status, why: `${word}: ${why}`, at: state.clock.now() });
    return json(status, { ok: false, error: word });
  };
  const at = slack.messages.findIndex((message) => isIn(message, channel) && message.id === ts);
  const known = slack.messages[at];
  if (request.method !== 'POST' || known === undefined) return refuse(404, 'expired_url', request.path);
  const uses = slack.messages.filter(({ answers }) => answers === request.path).length + (known.changes ?? 0);
  if (uses >= MOST_USES) return refuse(404, 'used_url', request.path);
  const body = parseJson(request.raw.toString('utf8'))?.value;
  if (!isContent(body)) return refuse(400, 'invalid_payload', 'the body is no object');
  const { replace_original: replaces, response_type: type } = body;
  const fault = contentFault(body, ['replace_original', 'response_type'], 'post');
  if (fault !== undefined) return refuse(400, fault.word, fault.why);
  if (replaces === true) {
    const { pressables: _gone, ...rest } = known;
    slack.messages[at] = { ...rest, ...readingOf(body), changes: (known.changes ?? 0) + 1 };
    return bare(200, 'ok');
  }
  if (type !== 'ephemeral') return refuse(400, 'invalid_payload', 'neither replaced nor for one');
  const place = { n: request.n, at: state.clock.now(), to: `@${user}`, id: tsOf(state, request.n), thread: null };
  slack.messages.push({ ...place, ...readingOf(body), answers: request.path });
  return bare(200, 'ok');
}
