import { commaList, secret, wholeUrl } from '../../../config/formats.ts';
import { channelPlugin } from '../../plugin.ts';
import { askable } from '../../vendors/asked/askable.ts';
import { readKey } from './key.ts';
import type { Settings } from './channel.ts';

/** For the alerts of a message, bytes of JSON: receivers take 256 KiB, of which the rest of the body has 8. */
const MOST_BYTES = 248 * 1024;

const key = Object.assign((text: string, show: (part: string) => string) => readKey(secret(24)(text, show)), {
  words: readKey.words,
});

/** Any program that takes a post, as Standard Webhooks describes it: signed, and with an id against repeats. */
export const webhook = channelPlugin<Settings>({
  settings: {
    webhook: { doc: 'Address of the webhook', format: askable(wholeUrl), default: null, env: 'channels.webhook' },
    keys: {
      doc: 'Key that signs what it gets (two, with a comma between them, while one takes the place of the other)',
      format: commaList(key),
      default: null,
      sensitive: true,
      env: 'channels.webhook.key',
      key: 'key',
    },
  },
  repeatSafe: true,
  isPerSubject: false,
  maxBytes: MOST_BYTES,
  budget: null,
  load: async () => (await import('./channel.ts')).createWebhook,
});
