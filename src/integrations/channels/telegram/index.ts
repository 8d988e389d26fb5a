import { baseUrl, text, wholeNumber } from '../../../config/formats.ts';
import type { Channel } from '../../../core/ports/alerting/channel.ts';
import { HOUR_MS } from '../../../core/model/window.ts';
import { type ChannelPlugin, channelPlugin, type Deps } from '../../plugin.ts';
import { fit } from './fit.ts';
import { chatId, sendAs } from './send.ts';

interface Settings {
  readonly chat: string;
  readonly token: string;
  readonly thread: number | undefined;
  readonly apiUrl: string;
}

const CHAT_LOOKS = 'the number of a chat, such as -1001234567890, or the name of a public one, such as @acme_alerts';

/** NOTE: it becomes a part of an address, so nothing else may be in it. */
const token = text(/\d{3,20}:[\w-]{20,100}/, 'the token that BotFather gave, such as 123456789:AA…');

/** A chat of Telegram, through a bot. */
export const telegram: ChannelPlugin = channelPlugin<Settings>({
  settings: {
    chat: {
      doc: 'Chat of Telegram that is told',
      format: text(/-?[1-9]\d{0,15}|@[A-Za-z]\w{3,31}/, CHAT_LOOKS),
      default: null,
      env: 'channels.telegram',
      key: 'telegram',
    },
    token: {
      doc: 'Token of the bot',
      format: token,
      default: null,
      sensitive: true,
      env: 'channels.telegram.key',
      key: 'key',
    },
    thread: {
      doc: 'Id of a topic, in a group that has topics',
      format: wholeNumber(1, 2_147_483_647),
      default: null,
      optional: true,
      env: 'channels.telegram.thread',
    },
    apiUrl: {
      doc: "address of Telegram's Bot API, or of a server of your own",
      format: baseUrl,
      default: 'https://api.telegram.org',
      env: 'TELEGRAM_API_URL',
    },
  },
  create,
  budget: { count: 60, perMs: HOUR_MS },
});

function create({ chat, token: key, thread, apiUrl }: Settings, deps: Deps, service: string): Channel {
  const send = sendAs({ service, token: key, apiUrl, chat }, deps);
  const frame = {
    chat_id: chatId(chat),
    ...(thread === undefined ? {} : { message_thread_id: thread }),
    link_preview_options: { is_disabled: true },
  };
  return {
    name: service,
    repeatSafe: false,
    isPerSubject: false,
    fit: (message, form) => fit(message, form, frame),
    send: ({ body }, message, scope) => send(body as object, message, scope),
  };
}
