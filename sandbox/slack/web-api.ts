import { type Answer, json, parseJson, type VendorRequest } from '../http/message.ts';
import type { ReceivedMessage } from '../world/inbox.ts';
import type { State } from '../world/state.ts';
import type { BlockFault } from './blocks.ts';
import { contentFault, isContent, readingOf } from './body-rules.ts';
import { channelId, isIn, tsOf } from './book.ts';

type Body = Readonly<Record<string, unknown>>;

/** Channels that say no, by their names. */
const CLOSED: Readonly<Record<string, string>> = {
  '#nowhere': 'channel_not_found',
  '#archived': 'is_archived',
  '#private': 'not_in_channel',
};

/** Whose token it is. */
const WHO = {
  ok: true,
  url: 'https://acme.example.com/',
  team: 'Acme',
  user: 'alerts',
  team_id: 'T0ACME',
  user_id: 'U0A',
};

/**
 * Slack's `chat.postMessage`, `chat.update`, `chat.postEphemeral` and `auth.test` below `/slack/api/`. As there, the
 * status is 200 and the
 * answer says whether it went well. A message that is taken out of what was received counts as deleted by a person.
 */
export function slackApi(state: State, request: VendorRequest): Answer {
  const method = request.path.slice('/slack/api/'.length);
  const body = parseJson(request.raw.toString('utf8'))?.value;
  const refuse = ({ word, why }: BlockFault): Answer => {
    const to = isContent(body) && typeof body['channel'] === 'string' ? body['channel'] : '';
    state.received.slack.refused.push({ n: request.n, to, status: 200, why: `${word}: ${why}`, at: state.clock.now() });
    return json(200, { ok: false, error: word });
  };
  if (request.method !== 'POST') return json(405, {});
  const { authorization, 'content-type': type } = request.headers;
  if (authorization === undefined) return refuse({ word: 'not_authed', why: 'no token' });
  if (authorization !== `Bearer ${state.keys.slackToken}`)
    return refuse({ word: 'invalid_auth', why: 'another token' });
  if (!/^application\/json; charset=utf-8$/i.test(type ?? ''))
    return refuse({ word: 'invalid_post_type', why: String(type) });
  if (!isContent(body)) return refuse({ word: 'invalid_arguments', why: 'the body is no object' });
  if (method === 'auth.test') return json(200, WHO, { 'x-oauth-scopes': 'chat:write,chat:write.public' });
  if (method === 'chat.postMessage') return post(state, request, body, refuse);
  if (method === 'chat.postEphemeral') return whisper(state, request, body, refuse);
  return method === 'chat.update' ? update(state, body, refuse) : refuse({ word: 'unknown_method', why: method });
}

type Refuse = (fault: BlockFault) => Answer;

function post(state: State, { n }: VendorRequest, body: Body, refuse: Refuse): Answer {
  const { channel, thread_ts: thread } = body;
  const fault = placeFault(body) ?? contentFault(body, ['channel', 'thread_ts'], 'post');
  if (fault !== undefined) return refuse(fault);
  const to = nameOf(state, channel as string);
  const parent = thread === undefined ? undefined : found(state, to, thread);
  if (thread !== undefined && parent === undefined)
    return refuse({ word: 'thread_not_found', why: JSON.stringify(thread) });
  if (parent !== undefined && parent.thread !== null)
    return refuse({ word: 'cannot_reply_to_message', why: 'it is an answer itself' });
  const id = tsOf(state, n);
  state.received.slack.messages.push({
    ...{ n, at: state.clock.now(), to, id, thread: parent?.id ?? null },
    ...readingOf(body),
  });
  return json(200, { ok: true, channel: channelId(to), ts: id, message: { type: 'message', ts: id } });
}

function whisper(state: State, { n }: VendorRequest, body: Body, refuse: Refuse): Answer {
  const { user } = body;
  const fault = placeFault(body) ?? contentFault(body, ['channel', 'user'], 'post');
  if (fault !== undefined) return refuse(fault);
  if (typeof user !== 'string' || !/^[UW][A-Z0-9]+$/.test(user))
    return refuse({ word: 'user_not_in_channel', why: String(user) });
  const id = tsOf(state, n);
  const place = { n, at: state.clock.now(), to: `@${user}`, id, thread: null };
  state.received.slack.messages.push({ ...place, ...readingOf(body) });
  return json(200, { ok: true, message_ts: id });
}

function update(state: State, body: Body, refuse: Refuse): Answer {
  const { channel, ts } = body;
  const fault = placeFault(body) ?? contentFault(body, ['channel', 'ts'], 'update');
  if (fault !== undefined) return refuse(fault);
  if (!/^[CDG][A-Z0-9]+$/.test(channel as string)) return refuse({ word: 'channel_not_found', why: 'no id' });
  const { messages } = state.received.slack;
  const at = messages.findIndex((message) => isIn(message, channel as string) && message.id === ts);
  const known = messages[at];
  if (known === undefined) return refuse({ word: 'message_not_found', why: String(ts) });
  const { pressables: _gone, ...rest } = known;
  messages[at] = { ...rest, ...readingOf(body), isOver: true };
  return json(200, { ok: true, channel, ts });
}

function placeFault({ channel, thread_ts: thread, ts }: Body): BlockFault | undefined {
  if (typeof channel !== 'string' || channel === '') return { word: 'channel_not_found', why: 'no channel' };
  const closed = Object.entries(CLOSED).find(([name]) => channelId(name) === channelId(channel));
  if (closed !== undefined) return { word: closed[1], why: channel };
  if (!/^(#[^\s#]{1,80}|[CDG][A-Z0-9]{6,})$/.test(channel)) return { word: 'channel_not_found', why: channel };
  const isTime = (time: unknown): boolean =>
    time === undefined || (typeof time === 'string' && /^\d+\.\d{6}$/.test(time));
  return isTime(thread) && isTime(ts) ? undefined : { word: 'invalid_arguments', why: 'a ts is no text of digits' };
}

/** The name that the channel was first told by. */
function nameOf({ received }: State, channel: string): string {
  return received.slack.messages.find((message) => isIn(message, channel))?.to ?? channel;
}

function found({ received }: State, to: string, ts: unknown): ReceivedMessage | undefined {
  return received.slack.messages.find((message) => isIn(message, to) && message.id === ts);
}
