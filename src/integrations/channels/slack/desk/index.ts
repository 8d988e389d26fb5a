import type { Desk, PressedAt } from '../../../../core/ports/alerting/desk.ts';
import type { SendOutcome } from '../../../../core/ports/alerting/channel.ts';
import type { Scope } from '../../../../core/ports/scope.ts';
import { postMessage } from '../../../../platform/posting/post.ts';
import type { Deps } from '../../../plugin.ts';
import { optionOf } from '../../../vendors/slack/buttons.ts';
import { escaped } from '../../../vendors/slack/text.ts';
import { createApi } from '../api.ts';
import type { Settings } from '../channel.ts';
import { isAnswerUrl } from './answer-url.ts';
import { lookedIn, pressedIn } from './payload.ts';
import { isSigned } from './signature.ts';

/** What people do in Slack with messages of this channel. */
export function createDesk({ token, apiUrl, signingSecret, users }: Settings, deps: Deps, service: string): Desk {
  const api = createApi({ service, token, apiUrl }, deps);
  let team: string | null | undefined;
  /** Null: Slack does not say. It is asked once. */
  const ownTeam = async (scope: Scope): Promise<string | null> => (team ??= (await api.test(scope)).teamId);
  const answer = (url: string, body: object, scope: Scope): Promise<SendOutcome> =>
    postMessage({ service, url, urlVariable: 'SLACK_API_URL', body, secrets: [url, token], scope }, deps);
  const answerUrlOf = ({ answerUrl }: PressedAt): string | null =>
    answerUrl !== null && isAnswerUrl(answerUrl, apiUrl) ? answerUrl : null;
  return {
    users: users ?? null,
    isSigned: (posted, now) => signingSecret !== undefined && isSigned(posted, signingSecret, now),
    pressed: pressedIn,
    looked: lookedIn,
    options: (choices) => ({ options: choices.map(optionOf) }),
    async isAt({ team: theirs, channel, ids }, ref, scope) {
      const [, ownChannel, ts] = /^([^/]+)\/([^/]+)\//.exec(ref ?? '') ?? [];
      if (ownChannel !== undefined && channel !== null && channel !== ownChannel) return false;
      if (ts !== undefined && ids.length > 0 && !ids.includes(ts)) return false;
      const ours = theirs === null ? null : await ownTeam(scope);
      return ours === null || ours === theirs;
    },
    async change(at, { body }, scope) {
      const { text, blocks } = body as { readonly text: string; readonly blocks: readonly object[] };
      const url = answerUrlOf(at);
      if (url !== null) {
        const outcome = await answer(url, { replace_original: true, text, blocks }, scope);
        if (outcome.status === 'accepted') return outcome;
      }
      const [ts] = at.ids;
      if (ts === undefined || at.channel === null) return { status: 'refused', why: `${service}: nobody says where` };
      return (await api.call('chat.update', { channel: at.channel, ts, text, blocks }, scope)).outcome;
    },
    async whisper(at, { id: user }, said, scope) {
      const section = {
        type: 'section',
        text: { type: 'plain_text', text: said.slice(0, 3000).toWellFormed(), emoji: false },
      };
      const words = { text: escaped(said.slice(0, 3000).toWellFormed()), blocks: [section] };
      const url = answerUrlOf(at);
      if (url !== null) return answer(url, { response_type: 'ephemeral', replace_original: false, ...words }, scope);
      if (at.channel === null) return { status: 'refused', why: `${service}: nobody says where` };
      return (await api.call('chat.postEphemeral', { channel: at.channel, user, ...words }, scope)).outcome;
    },
  };
}
