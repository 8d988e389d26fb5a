import type { SendOutcome } from '../../../core/ports/alerting/channel.ts';
import type { Answered } from '../../../platform/http/client.ts';
import { postMessage } from '../../../platform/posting/post.ts';
import type { ChannelActs, Deps } from '../../plugin.ts';
import { fit } from '../../vendors/slack/fit.ts';
import { adviceFor, isUnknown, isWord, outcomeOfWord } from '../../vendors/slack/refusals.ts';

export interface Settings {
  readonly url: string;
}

/** Posts to an address that posts to Slack. */
export function createSlackWebhook({ url }: Settings, deps: Deps, service: string): ChannelActs {
  const secrets = [url, ...new URL(url).pathname.split('/').filter((part) => part.length >= 8)];
  const target = { service, url, urlVariable: 'slack-webhook', secrets };
  return {
    fit: (message, form) => fit(message, form, deps),
    send: ({ body }, _message, scope) =>
      postMessage({ ...target, body: body as object, scope, advice, taken, judged }, deps),
  };
}

/** A word in place of `ok` is a no, whatever the status. */
function taken({ status, text }: Answered, why: (text: string) => string): SendOutcome | undefined {
  const word = text.trim();
  return isWord(word) ? outcomeOfWord(word, (said) => why(`answered ${status}, and ${said}`)) : undefined;
}

function judged({ status, text }: Answered, why: string): SendOutcome | undefined {
  const word = text.trim();
  const isSaid = status >= 500 ? isUnknown(word) : isWord(word) && status !== 429;
  return isSaid ? outcomeOfWord(word, () => why) : undefined;
}

function advice({ text }: Answered): string | undefined {
  return adviceFor(text.trim());
}
