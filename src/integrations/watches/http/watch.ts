import type { Watch } from '../../../core/ports/watches/watch.ts';
import { guardOf } from '../../../platform/http/addresses.ts';
import type { HttpAnswer } from '../../../platform/http/client.ts';
import type { Deps } from '../../plugin.ts';
import { askedParts } from '../address.ts';
import type { Settings } from './values.ts';

const TIMEOUT_MS = 20_000;
const MOST_BYTES = 1024 * 1024;

/** Asks an address; whatever it answers is an answer. */
export function createHttpWatch({ url, value }: Settings, deps: Deps, name: string): Watch {
  const target = {
    service: name,
    method: 'GET',
    ...askedParts(url),
    urlVariable: 'http',
    headers: { Accept: '*/*' },
    secrets: [],
    timeoutMs: TIMEOUT_MS,
    // NOTE: addresses are looked at only on connections of their own.
    repeatSafe: false,
    guard: guardOf(deps.privateHosts),
    maxBytes: MOST_BYTES,
    tries: 1,
  } as const;
  return {
    name,
    async look(scope) {
      let answer: HttpAnswer | undefined;
      await deps.http({ ...target, scope, onAnswer: (it) => (answer = it) }).catch((error: unknown) => {
        if (answer === undefined) throw error;
      });
      const { status, sentAt, receivedAt } = answer!;
      const ms = Math.max(0, receivedAt - sentAt);
      const more: Readonly<Record<string, number>> = value === 'status' ? { ms } : { status };
      return { value: value === 'status' ? status : ms, more, answer: null };
    },
  };
}
