import type { SendOutcome } from '../../../core/ports/alerting/channel.ts';
import type { Scope } from '../../../core/ports/scope.ts';
import type { Answered } from '../../../platform/http/client.ts';
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
  call(method: 'chat.postMessage' | 'chat.update' | 'chat.postEphemeral', body: object, scope: Scope): Promise<Called>;
  /** Whose token it is. Stores nothing. */
  test(scope: Scope): Promise<Tested>;
}

export interface Tested {
  readonly outcome: SendOutcome;
  /** As Slack has them. */
  readonly team: unknown;
  readonly user: unknown;
  /** Id of the team; null: Slack does not say. */
  readonly teamId: string | null;
  /** What the token allows; null: Slack does not say. */
  readonly scopes: readonly string[] | null;
}

export interface Access {
  readonly service: string;
  readonly token: string;
  readonly apiUrl: string;
}

const MOST_WORDS = 300;

/** Slack's methods, one request each. */
export function createApi({ service, token, apiUrl }: Access, deps: PostDeps): Api {
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json; charset=utf-8' };
  const ask = async (method: string, body: object, scope: Scope): Promise<Asked> => {
    let last: Answered | undefined;
    const outcome = await postMessage(
      {
        service,
        url: `${apiUrl}/${method}`,
        urlVariable: 'SLACK_API_URL',
        headers,
        body,
        secrets: [token],
        scope,
        taken: (answer, why) => {
          last = answer;
          const said = answerIn(answer.text);
          if (said === undefined && isPage(answer.text)) return undefined;
          return outcomeOf(said, (text) => why(`answered ${answer.status}, and ${text}`));
        },
      },
      deps,
    );
    return { outcome, last };
  };
  return {
    async call(method, body, scope) {
      const { outcome, last } = await ask(method, body, scope);
      const answered = last === undefined ? undefined : answerIn(last.text);
      return { outcome, word: answered?.word ?? null, place: answered?.place ?? null };
    },
    async test(scope) {
      const { outcome, last } = await ask('auth.test', {}, scope);
      const { team, user, team_id: id } = (parseJson(last?.text ?? '') ?? {}) as { readonly [key: string]: unknown };
      const teamId = typeof id === 'string' ? id : null;
      return { outcome, team, user, teamId, scopes: last?.headers['x-oauth-scopes']?.split(/[,\s]+/) ?? null };
    },
  };
}

/** `last`: the answer, where its status was good. */
interface Asked {
  readonly outcome: SendOutcome;
  readonly last: Answered | undefined;
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
