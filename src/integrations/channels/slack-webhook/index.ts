import { secretUrl } from '../../../config/formats.ts';
import type { Channel, SendOutcome } from '../../../core/ports/alerting/channel.ts';
import { HOUR_MS } from '../../../core/model/window.ts';
import type { Answered } from '../../../platform/http/client.ts';
import { postMessage } from '../../../platform/posting/post.ts';
import { type ChannelPlugin, channelPlugin, type Deps } from '../../plugin.ts';
import { fit } from '../../vendors/slack/fit.ts';
import { adviceFor, isUnknown, isWord, outcomeOfWord } from '../../vendors/slack/refusals.ts';

interface Settings {
  readonly url: string;
}

/** One channel of Slack, through an address that posts there. It gives no ids, so there are no threads. */
export const slackWebhook: ChannelPlugin = channelPlugin<Settings>({
  settings: {
    url: {
      doc: 'Address of an incoming webhook of Slack, or of what speaks like it',
      format: secretUrl,
      default: null,
      sensitive: true,
      env: 'channels.slack-webhook',
      key: 'slack-webhook',
    },
  },
  create,
  budget: { count: 60, perMs: HOUR_MS },
});

function create({ url }: Settings, deps: Deps, service: string): Channel {
  const secrets = [url, ...new URL(url).pathname.split('/').filter((part) => part.length >= 8)];
  const target = { service, url, urlVariable: 'slack-webhook', secrets };
  return {
    name: service,
    repeatSafe: false,
    isPerSubject: false,
    fit,
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
