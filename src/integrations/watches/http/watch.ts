import type { Watch } from '../../../core/ports/watches/watch.ts';
import type { HttpAnswer } from '../../../platform/http/client.ts';
import type { Deps } from '../../plugin.ts';
import { askedRequest } from '../../vendors/asked/request.ts';
import type { Settings } from './values.ts';

/** Asks an address; whatever it answers is an answer. */
export function createHttpWatch({ url, value }: Settings, deps: Deps, name: string): Watch {
  const target = { ...askedRequest(name, ['http', url], deps), headers: { Accept: '*/*' }, secrets: [] };
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
