import { looksLikeKey } from '../../secrets.ts';

/** Whose key it is, and which variables it must not come from. */
export interface KeyOf {
  /** The service's own variable for the same thing: it may be named. */
  readonly env: string;
  readonly ownVariables: readonly string[];
}

/**
 * What is wrong with a text that should name the variable of a key; what to do. NOTE: the text is shown only when it
 * cannot be the key itself.
 */
export function faultOfKeyName(text: string, { env, ownVariables }: KeyOf): string | undefined {
  if (!/^[A-Z][A-Z0-9_]{0,99}$/.test(text) || (!text.includes('_') && looksLikeKey(text)))
    return (
      'is not the name of a variable; write the name of the one that holds the key (capitals, digits and _), ' +
      'never the key itself'
    );
  if (text.endsWith('_FILE')) return `${text} names a file; write ${text.slice(0, -5)}, and set either`;
  if (text === env) return undefined;
  if (ownVariables.includes(text)) return `${text} is a setting of the service; name a variable of your own`;
  return text.startsWith('AWS_') ? `${text} is for Amazon's tools; name a variable of your own` : undefined;
}
