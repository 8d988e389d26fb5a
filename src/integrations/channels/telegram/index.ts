import { baseUrl, text, wholeNumber } from '../../../config/formats.ts';
import { HOUR_MS } from '../../../core/model/window.ts';
import { type ChannelPlugin, channelPlugin } from '../../plugin.ts';
import type { Settings } from './channel.ts';

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
  repeatSafe: false,
  isPerSubject: false,
  picture: 'after',
  budget: { count: 60, perMs: HOUR_MS },
  examine: async function* (_channel, made, { scope }) {
    yield* (await import('./examine.ts')).examine(made, scope);
  },
  load: async () => (await import('./channel.ts')).createTelegram,
});
