import * as z from 'zod/mini';
import { quote } from '../formats.ts';

/** No two alerts of a list are known by the same, or by nothing (undefined). An entry with faults has no twin. */
export function noTwins<Entry>(identityOf: (entry: Entry) => string | undefined) {
  return z.check<Entry[]>(
    ({ value, issues }) => {
      const wrong = new Set(issues.map(({ path }) => path?.[0]));
      const seen = new Map<string, number>();
      for (const [index, entry] of value.entries()) {
        const identity = wrong.has(index) ? undefined : identityOf(entry);
        const first = identity === undefined ? undefined : seen.get(identity);
        if (identity !== undefined && first === undefined) seen.set(identity, index);
        if (first === undefined) continue;
        const message = `${quote(identity!)} is alerts[${first}] already; remove one, or give one a name of its own`;
        issues.push({ code: 'custom', path: [index], input: value, message });
      }
    },
    { when: ({ value }) => Array.isArray(value) },
  );
}
