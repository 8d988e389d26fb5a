import { commaList, secret, wholeUrl } from '../../../config/formats.ts';
import type { Channel } from '../../../core/ports/alerting/channel.ts';
import { postMessage } from '../../../platform/posting/post.ts';
import { channelPlugin, type Deps } from '../../plugin.ts';
import { guardOf } from './addresses.ts';
import { fit, MOST_BYTES } from './fit.ts';
import { webhookId } from './id.ts';
import { readKey, signedHeaders } from './sign.ts';

interface Settings {
  readonly webhook: string;
  readonly keys: readonly string[];
}

/** Of a body, beside its alerts: what a message says of itself. */
const FRAME_BYTES = 2048;

const key = Object.assign((text: string, show: (part: string) => string) => readKey(secret(24)(text, show)), {
  words: readKey.words,
});

/** Any program that takes a post, as Standard Webhooks describes it: signed, and with an id against repeats. */
export const webhook = channelPlugin<Settings>({
  settings: {
    webhook: { doc: 'Address of the webhook', format: wholeUrl, default: null, env: 'channels.webhook' },
    keys: {
      doc: 'Key that signs what it gets (two, with a comma between them, while one takes the place of the other)',
      format: commaList(key),
      default: null,
      sensitive: true,
      env: 'channels.webhook.key',
      key: 'key',
    },
  },
  create,
  budget: null,
});

function create({ webhook: url, keys }: Settings, deps: Deps, service: string): Channel {
  const guard = guardOf(deps.privateHosts);
  // Whoever has an address may post to it; a file's should hold no key, and some do.
  const secrets = [...keys, ...keys.map((it) => it.replace(/^whsec_/, '')), ...partsOf(url)];
  const target = { service, url, urlVariable: 'webhook', secrets, guard } as const;
  return {
    name: service,
    repeatSafe: true,
    isPerSubject: false,
    maxBytes: MOST_BYTES - FRAME_BYTES,
    fit: (message, form) => fit({ ...message, id: webhookId(message.id) }, form),
    send({ body: content }, { id }, scope) {
      const body = Buffer.from(JSON.stringify(content));
      // NOTE: each try has a signature of its own.
      const headers = signedHeaders(keys, webhookId(id), deps.now(), body);
      return postMessage({ ...target, headers, body, scope }, deps);
    },
  };
}

/** What of a path is long enough to be a key. */
function partsOf(url: string): readonly string[] {
  return new URL(url).pathname.split('/').filter((part) => part.length >= 16);
}
