import type { Message } from '../../../core/model/alerting/message.ts';
import type { SendOutcome } from '../../../core/ports/alerting/channel.ts';
import type { Scope } from '../../../core/ports/scope.ts';
import { type PostDeps, postMessage } from '../../../platform/posting/post.ts';
import { createRedactor } from '../../../platform/redact.ts';
import { requestOf } from './photo.ts';
import { adviceFor, outcomeOfGood, outcomeOfStatus, saidIn, type Say } from './answer.ts';

export interface Bot {
  readonly service: string;
  readonly token: string;
  readonly apiUrl: string;
  /** A number, or a name with its @. */
  readonly chat: string;
}

type Send = (body: object, message: Pick<Message, 'thread'>, scope: Scope) => Promise<SendOutcome>;

/**
 * Sends as a bot. A group that became a supergroup has another id: the message goes there at once, and so do all later
 * ones.
 */
export function sendAs(bot: Bot, deps: PostDeps): Send {
  let chat = bot.chat;
  return async (body, { thread }, scope) => {
    const post = (): Promise<Posted> => call(bot, { ...body, ...placeOf(chat, thread) }, scope, deps);
    const first = await post();
    if (first.movedTo === null) return first.outcome;
    chat = String(first.movedTo);
    scope.log.warn({ channel: bot.service, chat }, 'the chat has moved: write its new id into the file');
    return (await post()).outcome;
  };
}

interface Posted {
  readonly outcome: SendOutcome;
  readonly movedTo: number | null;
}

/** As the Bot API has it: a number, or a name. */
export function chatId(chat: string): number | string {
  return chat.startsWith('@') ? chat : Number(chat);
}

/** Numbers of messages begin anew in a group that has moved. */
function placeOf(chat: string, thread: string | null): object {
  const isNumber = typeof chatId(chat) === 'number';
  const [, where, id] = /^(-?\d+)\/(\d+)$/.exec(thread ?? '') ?? [];
  const isHere = id !== undefined && (!isNumber || where === chat);
  const reply = { reply_parameters: { message_id: Number(id), allow_sending_without_reply: true } };
  return { chat_id: chatId(chat), ...(isHere ? reply : {}) };
}

async function call({ service, token, apiUrl }: Bot, body: object, scope: Scope, deps: PostDeps): Promise<Posted> {
  // NOTE: the token stands in the address, so nothing may show that.
  const secrets = [token, ...token.split(':').slice(1)];
  const say = sayWith(service, secrets, deps);
  let movedTo: number | null = null;
  const { method, type, body: form } = requestOf(body);
  const outcome = await postMessage(
    {
      service,
      url: `${apiUrl}/bot${token}/${method}`,
      ...(type === undefined ? {} : { headers: { 'Content-Type': type } }),
      urlVariable: 'TELEGRAM_API_URL',
      body: form,
      secrets,
      scope,
      taken: (answer) => outcomeOfGood(answer, saidIn(answer.text), say),
      judged: (answer, why) => {
        const said = saidIn(answer.text);
        if (answer.status === 400) movedTo = said?.movedTo ?? null;
        return outcomeOfStatus(answer, said, said === undefined ? why : say(answer, said.description));
      },
    },
    deps,
  );
  return { outcome, movedTo };
}

const MOST_WORDS = 300;

function sayWith(service: string, secrets: readonly string[], { redact }: PostDeps): Say {
  const hide = createRedactor(secrets);
  return ({ status }, description) => {
    const words = hide(redact(description)).slice(0, MOST_WORDS).toWellFormed();
    const said = [`answered ${status}`, ...(words === '' ? [] : [words])].join(': ');
    return `${service}: ${[said, adviceFor(description) ?? []].flat().join('; ')}`;
  };
}
