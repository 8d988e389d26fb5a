import type { SendOutcome } from '../../../core/ports/alerting/channel.ts';
import type { Scope } from '../../../core/ports/scope.ts';
import { parseJson } from '../../../platform/http/json.ts';
import { isPage } from '../../../platform/posting/outcome.ts';
import { type PostDeps, postMessage } from '../../../platform/posting/post.ts';
import { isWord, outcomeOfWord } from '../../vendors/slack/refusals.ts';

/** What a method came to. */
export interface Called {
  readonly outcome: SendOutcome;
  /** Slack's own word against it. */
  readonly word: string | null;
  /** Where the message is now: an id of a channel, and a time within it that is its id there. */
  readonly place: { readonly channel: string; readonly ts: string } | null;
}

export interface Api {
  call(method: 'chat.postMessage' | 'chat.update', body: object, scope: Scope): Promise<Called>;
}

interface Access {
  readonly service: string;
  readonly token: string;
  readonly apiUrl: string;
}

const MOST_WORDS = 300;

/** Slack's methods, one request each. */
export function createApi({ service, token, apiUrl }: Access, deps: PostDeps): Api {
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json; charset=utf-8' };
  return {
    async call(method, body, scope) {
      let answered: Answer | undefined;
      const outcome = await postMessage(
        {
          service,
          url: `${apiUrl}/${method}`,
          urlVariable: 'SLACK_API_URL',
          headers,
          body,
          secrets: [token],
          scope,
          taken: ({ status, text }, why) => {
            answered = answerIn(text);
            if (answered === undefined && isPage(text)) return undefined;
            return outcomeOf(answered, (said) => why(`answered ${status}, and ${said}`));
          },
        },
        deps,
      );
      return { outcome, word: answered?.word ?? null, place: answered?.place ?? null };
    },
  };
}

interface Answer extends Pick<Called, 'place'> {
  readonly isOk: boolean;
  readonly word: string | null;
  /** The scope that is missing, or whatever it says. */
  readonly said: string;
}

/** Undefined: it is none of Slack's. */
function answerIn(text: string): Answer | undefined {
  const body = parseJson(text);
  if (typeof body !== 'object' || body === null) return undefined;
  const { ok, error, channel, ts } = body as { readonly [key: string]: unknown };
  if (typeof ok !== 'boolean') return undefined;
  const isPlace = typeof channel === 'string' && typeof ts === 'string' && !/[/\s]/.test(channel + ts);
  return {
    isOk: ok,
    word: !ok && typeof error === 'string' && isWord(error) ? error : null,
    said: typeof error === 'string' ? error : text,
    place: isPlace ? { channel, ts } : null,
  };
}

function outcomeOf(answer: Answer | undefined, say: (text: string) => string): SendOutcome {
  if (answer === undefined) return { status: 'uncertain', why: say('does not say whether it took it') };
  if (answer.isOk) return { status: 'accepted' };
  if (answer.word !== null) return outcomeOfWord(answer.word, say);
  // NOTE: cut only when its secrets are hidden: half a one is not found any more.
  return { status: 'refused', why: say(`says no: ${answer.said}`).slice(0, MOST_WORDS).toWellFormed() };
}
