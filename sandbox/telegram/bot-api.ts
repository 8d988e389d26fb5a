import { type Answer, isRecord, json, parseJson, type VendorRequest } from '../http/message.ts';
import { dataUrl, type Picture } from '../world/picture.ts';
import type { State } from '../world/state.ts';
import { entitiesFault, mentionsIn } from './entities.ts';
import { type PhotoForm, photoFault, photoFormIn } from './photo.ts';

const MOST = 4096;
/** Groups that became supergroups, with their new ids. */
const MOVED: Readonly<Record<string, number>> = { '-500': -1_000_000_000_500 };
/** Chats that say no. */
const CLOSED: Readonly<Record<string, readonly [number, string]>> = {
  '-404': [400, 'Bad Request: chat not found'],
  '-403': [403, 'Forbidden: bot was kicked from the group chat'],
  '403': [403, 'Forbidden: bot was blocked by the user'],
  '@nobody': [400, 'Bad Request: chat not found'],
};

const KNOWN = [
  ...['chat_id', 'text', 'entities', 'message_thread_id', 'reply_parameters', 'link_preview_options'],
  ...['disable_notification', 'protect_content'],
];

const KNOWN_OF_EDIT = ['chat_id', 'message_id', 'text', 'entities', 'link_preview_options'];

type Body = Readonly<Record<string, unknown>>;
type Refuse = (status: number, description: string, parameters?: object) => Answer;

/**
 * `sendMessage`, `editMessageText`, `sendPhoto`, `getMe` and `getChat` of the Bot API below `/telegram/bot<token>/`:
 * marks only as entities, and no markup. A message that is taken out of what was received counts as deleted by a
 * person.
 */
export function telegramBot(state: State, request: VendorRequest): Answer {
  const { received, keys, clock } = state;
  const [, token, method] = /^\/telegram\/bot([^/]*)\/(\w+)$/.exec(request.path) ?? [];
  const form = method === 'sendPhoto' ? photoFormIn(request) : undefined;
  const body = form === undefined ? parseJson(request.raw.toString('utf8'))?.value : form.fields;
  const refuse: Refuse = (status, description, parameters) => {
    const to = isRecord(body) ? String(body['chat_id']) : '';
    received.telegram.refused.push({ n: request.n, to, status, why: description, at: clock.now() });
    const answer = { ok: false, error_code: status, description, ...(parameters === undefined ? {} : { parameters }) };
    return json(status, answer);
  };
  if (token !== keys.telegramToken) return refuse(401, 'Unauthorized');
  if (form !== undefined) return chatRefusal(form.fields, refuse) ?? sendPhoto(state, request, form, refuse);
  if (request.method !== 'POST') return refuse(404, 'Not Found');
  if (method === 'getMe') return json(200, { ok: true, result: { id: 987654321, is_bot: true, username: 'acme_bot' } });
  if (!isRecord(body)) return refuse(400, 'Bad Request: message text is empty');
  const isEdit = method === 'editMessageText';
  if (method === 'getChat') return chatRefusal(body, refuse) ?? json(200, { ok: true, result: chatOf(body) });
  if (method !== 'sendMessage' && !isEdit) return refuse(404, 'Not Found');
  const refusal = chatRefusal(body, refuse) ?? textRefusal(body, isEdit, refuse);
  return refusal ?? (isEdit ? edit(state, body, refuse) : take(state, request, body));
}

function chatRefusal({ chat_id: chat }: Body, refuse: Refuse): Answer | undefined {
  const isId = Number.isSafeInteger(chat) || (typeof chat === 'string' && /^@[A-Za-z]\w{3,31}$/.test(chat));
  if (!isId) return refuse(400, 'Bad Request: chat_id is empty');
  const moved = MOVED[String(chat)];
  if (moved !== undefined)
    return refuse(400, 'Bad Request: group chat was upgraded to a supergroup chat', { migrate_to_chat_id: moved });
  const closed = CLOSED[String(chat)];
  return closed === undefined ? undefined : refuse(...closed);
}

function textRefusal(body: Body, isEdit: boolean, refuse: Refuse): Answer | undefined {
  const { text, entities, message_thread_id: topic, reply_parameters: reply } = body;
  const known = isEdit ? KNOWN_OF_EDIT : KNOWN;
  const strange = Object.keys(body).find((key) => !known.includes(key));
  if (strange !== undefined) return refuse(400, `Bad Request: ${strange} is not known`);
  if (typeof text !== 'string' || text.trim() === '') return refuse(400, 'Bad Request: message text is empty');
  if (text.length > MOST) return refuse(400, 'Bad Request: message is too long');
  if (!text.isWellFormed() || /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e]/.test(text))
    return refuse(400, 'Bad Request: text holds what people would not see');
  const fault = entitiesFault(entities, text);
  if (fault !== undefined) return refuse(400, `Bad Request: can't parse entities: ${fault}`);
  const [name] = mentionsIn(text, entities);
  if (name !== undefined) return refuse(400, `Bad Request: it would ring ${name}`);
  if (topic === 404) return refuse(400, 'Bad Request: message thread not found');
  if (topic !== undefined && !Number.isSafeInteger(topic)) return refuse(400, 'Bad Request: message_thread_id');
  return replyFault(reply) ? refuse(400, 'Bad Request: reply_parameters') : undefined;
}

const KNOWN_OF_PHOTO = ['chat_id', 'caption', 'message_thread_id', 'reply_parameters'];

function sendPhoto(state: State, request: VendorRequest, form: PhotoForm, refuse: Refuse): Answer {
  const { fields, png } = form;
  const strange = Object.keys(fields).find((key) => !KNOWN_OF_PHOTO.includes(key));
  if (strange !== undefined) return refuse(400, `Bad Request: ${strange} is not known`);
  const fault = photoFault(form);
  if (fault !== undefined) return refuse(400, fault);
  const [name] = mentionsIn(String(fields['caption']), undefined);
  if (name !== undefined) return refuse(400, `Bad Request: it would ring ${name}`);
  if (replyFault(fields['reply_parameters'])) return refuse(400, 'Bad Request: reply_parameters');
  const { caption = '' } = fields as { readonly caption?: string };
  return take(state, request, { ...fields, text: caption }, { src: dataUrl(png), alt: caption });
}

function replyFault(reply: unknown): boolean {
  if (reply === undefined) return false;
  return (
    !isRecord(reply) || !Number.isSafeInteger(reply['message_id']) || reply['allow_sending_without_reply'] !== true
  );
}

function chatOf({ chat_id: chat }: Body): object {
  return { id: chat, type: 'supergroup', title: 'Acme on call' };
}

function edit({ received }: State, { chat_id: chat, message_id: id, text: given }: Body, refuse: Refuse): Answer {
  const { messages } = received.telegram;
  const at = messages.findIndex((message) => message.to === String(chat) && message.id === String(id));
  const known = messages[at];
  if (known === undefined) return refuse(400, 'Bad Request: message to edit not found');
  const text = readable(given);
  if (text === known.text) return refuse(400, 'Bad Request: message is not modified');
  messages[at] = { ...known, text, subject: text.split('\n')[0]!, isOver: true };
  return json(200, { ok: true, result: { message_id: id, chat: { id: chat } } });
}

/** Without what keeps a name from being a mention, which nobody sees. */
function readable(text: unknown): string {
  return String(text).replaceAll('\u2060', '');
}

function take({ received, clock }: State, { n }: VendorRequest, body: Body, picture?: Picture): Answer {
  const { messages } = received.telegram;
  const { chat_id: chat, reply_parameters: reply } = body;
  const to = String(chat);
  const id = messages.filter((message) => message.to === to).length + 1;
  const parent = isRecord(reply) ? String(reply['message_id']) : undefined;
  const thread = messages.some((message) => message.to === to && message.id === parent) ? parent! : null;
  const text = readable(body['text']);
  const [subject = ''] = text.split('\n');
  messages.push({
    n,
    at: clock.now(),
    to,
    id: String(id),
    thread,
    subject,
    text,
    ...(picture === undefined ? {} : { picture }),
  });
  const where = typeof chat === 'number' ? chat : -1_001_234_567_890;
  return json(200, { ok: true, result: { message_id: id, date: Math.floor(clock.now() / 1000), chat: { id: where } } });
}
