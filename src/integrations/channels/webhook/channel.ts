import { guardOf } from '../../../platform/http/addresses.ts';
import { postMessage } from '../../../platform/posting/post.ts';
import type { ChannelActs, Deps } from '../../plugin.ts';
import { fit } from './fit.ts';
import { webhookId } from './id.ts';
import { signedHeaders } from './sign.ts';

export interface Settings {
  readonly webhook: string;
  readonly keys: readonly string[];
}

/** Posts signed messages to an address. */
export function createWebhook({ webhook: url, keys }: Settings, deps: Deps, service: string): ChannelActs {
  const guard = guardOf(deps.privateHosts);
  // Whoever has an address may post to it; a file's should hold no key, and some do.
  const secrets = [...keys, ...keys.map((it) => it.replace(/^whsec_/, '')), ...partsOf(url)];
  const target = { service, url, urlVariable: 'webhook', secrets, guard } as const;
  return {
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
