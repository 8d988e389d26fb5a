import type { SendOutcome } from '../../../core/ports/alerting/channel.ts';
import { parseJson } from '../../../platform/http/json.ts';
import { waitOf } from '../../../platform/http/retry-after.ts';
import { later, refused } from '../../../platform/posting/outcome.ts';
import { postMessage } from '../../../platform/posting/post.ts';
import type { ChannelActs, Deps } from '../../plugin.ts';
import { fit } from './event.ts';

/** The vendor names no number, and asks for "a few minutes". */
const LIMITED_MS = 180_000;

export interface Settings {
  readonly key: string;
  readonly url: string;
}

/** Triggers and resolves incidents of a service. */
export function createPagerDuty({ key, url: base }: Settings, deps: Deps, service: string): ChannelActs {
  const target = { service, url: `${base}/v2/enqueue`, urlVariable: 'PAGERDUTY_URL', secrets: [key] } as const;
  return {
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
          judged: (answer, why) =>
            answer.status === 429
              ? later(why, waitOf({ ...answer, detail: '', limited: false }) ?? LIMITED_MS)
              : undefined,
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
