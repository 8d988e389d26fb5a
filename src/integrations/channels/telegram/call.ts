import type { SendOutcome } from '../../../core/ports/alerting/channel.ts';
import type { Scope } from '../../../core/ports/scope.ts';
import { type PostDeps, postMessage } from '../../../platform/posting/post.ts';
import { createRedactor } from '../../../platform/redact.ts';
import { adviceFor, outcomeOfGood, outcomeOfStatus, saidIn, type Said, type Say } from './answer.ts';

export interface Bot {
  readonly service: string;
  readonly token: string;
  readonly apiUrl: string;
  /** A number, or a name with its @. */
  readonly chat: string;
}

export interface Called {
  readonly outcome: SendOutcome;
  readonly movedTo: number | null;
  readonly result: Said['result'];
}

/** As the Bot API has it: a number, or a name. */
export function chatId(chat: string): number | string {
  return chat.startsWith('@') ? chat : Number(chat);
}

type Method = 'sendMessage' | 'sendPhoto' | 'editMessageText' | 'getMe' | 'getChat';

/** One request to the Bot API. `type`: what a body is that is no JSON. */
export type Call = (method: Method, body: Buffer | object, scope: Scope, type?: string) => Promise<Called>;

export function callAs({ service, token, apiUrl }: Bot, deps: PostDeps): Call {
  // NOTE: the token stands in the address, so nothing may show that.
  const secrets = [token, ...token.split(':').slice(1)];
  const say = sayWith(service, secrets, deps);
  return async (method, body, scope, type) => {
    const heard: { said?: Said | undefined; movedTo: number | null } = { movedTo: null };
    const outcome = await postMessage(
      {
        service,
        url: `${apiUrl}/bot${token}/${method}`,
        ...(type === undefined ? {} : { headers: { 'Content-Type': type } }),
        urlVariable: 'TELEGRAM_API_URL',
        body,
        secrets,
        scope,
        taken: (answer) => outcomeOfGood(answer, (heard.said = saidIn(answer.text)), say),
        judged: (answer, why) => {
          const said = saidIn(answer.text);
          if (answer.status === 400) heard.movedTo = said?.movedTo ?? null;
          return outcomeOfStatus(answer, said, said === undefined ? why : say(answer, said.description));
        },
      },
      deps,
    );
    return { outcome, movedTo: heard.movedTo, result: heard.said?.result ?? {} };
  };
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
