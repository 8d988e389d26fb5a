import { UpstreamError } from '../../../core/model/errors.ts';
import type { JsonValue } from '../../../core/model/item.ts';
import type { Watch, WatchValue } from '../../../core/ports/watches/watch.ts';
import { parseJson } from '../../../platform/http/json.ts';
import type { Deps } from '../../plugin.ts';
import { askedRequest } from '../../vendors/asked/request.ts';

export interface Settings {
  readonly url: string;
  readonly key: string | undefined;
  readonly header: string | undefined;
  readonly value: string;
}

/** Of a value that is a text. */
const MOST_LETTERS = 1000;

/** Asks an address, and takes a value out of its answer. */
export function createUrlWatch({ url, key, header, value }: Settings, deps: Deps, name: string): Watch {
  const target = {
    ...askedRequest(name, ['url', url], deps),
    headers: headersOf(key, header),
    secrets: key === undefined ? [] : [key],
  };
  return {
    name,
    async look(scope) {
      const { text } = await deps.http({ ...target, scope });
      const answer = parseJson(text);
      if (answer === undefined) throw unreadable(name, 'its answer is no JSON; check url');
      return { value: await valueIn(answer as JsonValue, value, name), more: {}, answer: text };
    },
  };
}

function headersOf(key: string | undefined, header: string | undefined): Readonly<Record<string, string>> {
  if (key === undefined) return {};
  return header === undefined ? { Authorization: `Bearer ${key}` } : { [header]: key };
}

async function valueIn(answer: JsonValue, expression: string, name: string): Promise<WatchValue> {
  const { search } = await import('@jmespath-community/jmespath');
  const found = attempt(() => search(answer as never, expression) as JsonValue, name);
  if (typeof found === 'boolean' || (typeof found === 'number' && Number.isFinite(found))) return found;
  if (typeof found === 'string' && found.length <= MOST_LETTERS) return found;
  throw unreadable(name, `${said(found)}; check value`);
}

function attempt<T>(act: () => T, name: string): T {
  try {
    return act();
  } catch (error) {
    throw unreadable(name, `value cannot be taken: ${(error as Error).message}`);
  }
}

function said(found: JsonValue | undefined): string {
  if (found === null || found === undefined) return 'its answer does not have the value';
  if (typeof found === 'string') return `the value is a text of more than ${MOST_LETTERS} letters`;
  return `the value is ${Array.isArray(found) ? 'a list; length(…) counts one' : 'a map; name one of its keys'}`;
}

function unreadable(service: string, what: string): UpstreamError {
  return new UpstreamError(`${service}: ${what}`, { service, retryable: false });
}
