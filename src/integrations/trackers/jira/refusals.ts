import { cleanText, shortText } from '../../../core/alerts/words/clean-text.ts';
import { parseJson } from '../../../platform/http/json.ts';
import type { Redact } from '../../../platform/redact.ts';

const MOST_FIELDS = 20;
const MOST_WORDS = 300;

/** What Jira has against fields, by their ids. */
export function fieldsIn(text: string, redact: Redact): Readonly<Record<string, string>> {
  const { errors } = (parseJson(text) ?? {}) as { readonly errors?: unknown };
  if (typeof errors !== 'object' || errors === null || Array.isArray(errors)) return {};
  const all = Object.entries(errors).slice(0, MOST_FIELDS);
  return Object.fromEntries(all.map(([field, said]) => [shown(field, redact), shown(String(said), redact)]));
}

/** All that Jira says of a refusal, on one line; '': nothing that can be read. */
export function wordsIn(text: string, redact: Redact): string {
  const { errorMessages } = (parseJson(text) ?? {}) as { readonly errorMessages?: unknown };
  const said = Array.isArray(errorMessages) ? errorMessages.map((it) => shown(String(it), redact)) : [];
  const fields = Object.entries(fieldsIn(text, redact)).map(([field, why]) => `${field}: ${why}`);
  return shortText([...said, ...fields].filter((it) => it !== '').join('; '), 4 * MOST_WORDS);
}

/** NOTE: cut when its secrets are hidden: half a one is not found any more. */
function shown(text: string, redact: Redact): string {
  return shortText(cleanText(redact(text)).trim(), MOST_WORDS);
}
