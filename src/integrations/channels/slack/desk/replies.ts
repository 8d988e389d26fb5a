import type { Desk, PressedAt } from '../../../../core/ports/alerting/desk.ts';
import type { SendOutcome } from '../../../../core/ports/alerting/channel.ts';
import type { Scope } from '../../../../core/ports/scope.ts';
import { type PostDeps, postMessage } from '../../../../platform/posting/post.ts';
import { escaped } from '../../../vendors/slack/text.ts';
import type { Access, Api } from '../api.ts';
import { isAnswerUrl } from './answer-url.ts';

/** UTF-16 units of what is said to a person. */
const MOST = 3000;

/** What is said to what people did: at the address that came with it, else by a method of Slack. */
export function repliesOf({ service, token, apiUrl }: Access, api: Api, deps: PostDeps) {
  const answer = (url: string, body: object, scope: Scope): Promise<SendOutcome> =>
    postMessage({ service, url, urlVariable: 'SLACK_API_URL', body, secrets: [url, token], scope }, deps);
  const answerUrlOf = ({ answerUrl }: PressedAt): string | null =>
    answerUrl !== null && isAnswerUrl(answerUrl, apiUrl) ? answerUrl : null;
  const nowhere: SendOutcome = { status: 'refused', why: `${service}: nobody says where` };
  return {
    async change(at, { body }, scope) {
      const { text, blocks } = body as { readonly text: string; readonly blocks: readonly object[] };
      const url = answerUrlOf(at);
      if (url !== null) {
        const outcome = await answer(url, { replace_original: true, text, blocks }, scope);
        if (outcome.status === 'accepted') return outcome;
      }
      const [ts] = at.ids;
      if (ts === undefined || at.channel === null) return nowhere;
      return (await api.call('chat.update', { channel: at.channel, ts, text, blocks }, scope)).outcome;
    },
    async whisper(at, { id: user }, said, scope) {
      const words = wordsOf(said);
      const url = answerUrlOf(at);
      if (url !== null) return answer(url, { response_type: 'ephemeral', replace_original: false, ...words }, scope);
      if (at.channel === null) return nowhere;
      return (await api.call('chat.postEphemeral', { channel: at.channel, user, ...words }, scope)).outcome;
    },
  } satisfies Pick<Desk, 'change' | 'whisper'>;
}

function wordsOf(said: string): { readonly text: string; readonly blocks: readonly object[] } {
  const text = said.slice(0, MOST).toWellFormed();
  const section = { type: 'section', text: { type: 'plain_text', text, emoji: false } };
  return { text: escaped(text), blocks: [section] };
}
