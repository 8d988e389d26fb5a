import { baseUrl, inWords, secret } from '../../../config/formats.ts';
import { HOUR_MS } from '../../../core/model/window.ts';
import type { Channel, SendOutcome } from '../../../core/ports/alerting/channel.ts';
import { later, refused } from '../../../platform/posting/outcome.ts';
import { postMessage } from '../../../platform/posting/post.ts';
import { parseJson } from '../../../platform/http/json.ts';
import { waitOf } from '../../../platform/http/retry-after.ts';
import { channelPlugin, type Deps } from '../../plugin.ts';
import { fit } from './event.ts';

interface Settings {
  readonly key: string;
  readonly url: string;
}

/** The vendor names no number, and asks for "a few minutes". */
const LIMITED_MS = 180_000;

const KEY_LOOKS = '32 letters and digits';
const routingKey = inWords(KEY_LOOKS, (text, show) => {
  if (/^[a-z0-9]{32}$/i.test(secret()(text, show))) return text;
  throw new Error(
    `is no integration key; copy that of an integration of the kind Events API v2: ${KEY_LOOKS}, without spaces`,
  );
});

/** An incident for each subject of a rule: it is triggered, and resolved by the same key. */
export const pagerduty = channelPlugin<Settings>({
  settings: {
    key: {
      doc: 'Integration key of a service (Events API v2), or of an event orchestration',
      format: routingKey,
      default: null,
      sensitive: true,
      env: 'channels.pagerduty',
      key: 'pagerduty',
    },
    url: {
      doc: 'Address of PagerDuty; in the EU https://events.eu.pagerduty.com',
      format: baseUrl,
      default: 'https://events.pagerduty.com',
      env: 'PAGERDUTY_URL',
    },
  },
  create,
  budget: { count: 12, perMs: HOUR_MS },
  isPager: true,
});

function create({ key, url: base }: Settings, deps: Deps, service: string): Channel {
  const target = { service, url: `${base}/v2/enqueue`, urlVariable: 'PAGERDUTY_URL', secrets: [key] } as const;
  return {
    name: service,
    repeatSafe: true,
    isPerSubject: true,
    fit,
    send({ body: event }, _message, scope) {
      const { dedup_key: ref } = event as { readonly dedup_key: string };
      const body = { routing_key: key, ...(event as object) };
      return postMessage(
        {
          ...target,
          body,
          scope,
          taken: ({ text }, why) => takenAs(text, ref, why),
          judged: ({ status, headers }, why) =>
            status === 429 ? later(why, waitOf({ headers, detail: '', limited: false }) ?? LIMITED_MS) : undefined,
        },
        deps,
      );
    },
  };
}

/** It was accepted, which is not yet an incident: the vendor's own rules come after that. */
function takenAs(text: string, ref: string, why: (text: string) => string): SendOutcome | undefined {
  const { status, message } = (parseJson(text) ?? {}) as { readonly status?: unknown; readonly message?: unknown };
  if (status === 'success') return { status: 'accepted', ref };
  if (typeof status !== 'string') return undefined;
  // NOTE: cut after it was redacted: half a secret is not found any more.
  return refused(why(`says ${status}${typeof message === 'string' ? `: ${message}` : ''}`).slice(0, 300));
}
