import { commaList, secret, wholeUrl } from '../../../config/formats.ts';
import type { Channel } from '../../../core/ports/alerting/channel.ts';
import type { Answered } from '../../../platform/http/client.ts';
import { createRedactor } from '../../../platform/redact.ts';
import { type ChannelPlugin, type Deps, plugin } from '../../plugin.ts';
import { guardOf } from './addresses.ts';
import { fit, MOST_BYTES } from './fit.ts';
import { outcomeOfAnswer, outcomeOfError } from './outcome.ts';
import { readKey, signedHeaders } from './sign.ts';

interface Settings {
  readonly webhook: string;
  readonly keys: readonly string[];
}

const TIMEOUT_MS = 30_000;
/** Of a body, beside its alerts: what a message says of itself. */
const FRAME_BYTES = 2048;

const key = Object.assign((text: string, show: (part: string) => string) => readKey(secret(24)(text, show)), {
  words: readKey.words,
});

const channel = plugin<Channel, Settings>({
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
  wantedBy: [],
  create,
});

/** Any program that takes a post, as Standard Webhooks describes it: signed, and with an id against repeats. */
export const webhook: ChannelPlugin = { ...channel, budget: null };

function create({ webhook: url, keys }: Settings, deps: Deps, service: string): Channel {
  const guard = guardOf(deps.privateHosts);
  // Whoever has an address may post to it; a file's should hold no key, and some do.
  const secrets = [...keys, ...keys.map((it) => it.replace(/^whsec_/, '')), ...partsOf(url)];
  const hide = createRedactor(secrets);
  const redact = (text: string): string => hide(deps.redact(text));
  const target = { service, method: 'POST', url, isSecretUrl: true, secrets, timeoutMs: TIMEOUT_MS, guard } as const;
  return {
    name: service,
    repeatSafe: true,
    isPerSubject: false,
    maxBytes: MOST_BYTES - FRAME_BYTES,
    fit,
    async send({ body: content }, { id }, scope) {
      const body = Buffer.from(JSON.stringify(content));
      const headers = { 'Content-Type': 'application/json', ...signedHeaders(keys, id, deps.now(), body) };
      let last: Answered | undefined;
      const onAnswer = (answer: Answered): void => void (last = answer);
      try {
        // NOTE: never repeated by the client: a try of the outbox is one request, with a signature of its own.
        const request = { ...target, headers, body, tries: 1, repeatSafe: false, onAnswer, scope };
        return outcomeOfAnswer(service, await deps.http(request), redact);
      } catch (error) {
        return outcomeOfError(error, last, redact);
      }
    },
  };
}

/** What of a path is long enough to be a key. */
function partsOf(url: string): readonly string[] {
  return new URL(url).pathname.split('/').filter((part) => part.length >= 16);
}
