import { inWords, secretUrl } from '../../../config/formats.ts';
import { HOUR_MS } from '../../../core/model/window.ts';
import { channelPlugin } from '../../plugin.ts';
import type { Settings } from './channel.ts';

const webhookUrl = inWords('an http or https address', (text) => {
  const { href, pathname } = new URL(secretUrl(text));
  if (/\/webhooks\/\d{15,21}\/[\w-]{20,}$/.test(pathname)) return href;
  throw new Error('is no webhook of Discord; copy its address again: it ends in /webhooks/, an id and a token');
});

/** A webhook of a channel. */
export const discord = channelPlugin<Settings>({
  settings: {
    url: {
      doc: 'Address of the webhook of the channel',
      format: webhookUrl,
      default: null,
      sensitive: true,
      env: 'channels.discord',
      key: 'discord',
    },
  },
  repeatSafe: false,
  isPerSubject: false,
  budget: { count: 60, perMs: HOUR_MS },
  examine: async function* (_channel, made, { scope }) {
    yield* (await import('./examine.ts')).examine(made, scope);
  },
  load: async () => (await import('./channel.ts')).createDiscord,
});
