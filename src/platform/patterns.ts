import { RE2JS } from 're2js';
import type { Pattern } from '../core/logs/pattern.ts';

/** Of a pattern at most, letters. */
export const MOST_PATTERN = 500;
/** Of a text at most, UTF-16 units: what is behind that is not looked at. */
const MOST_TEXT = 65_536;

/**
 * A pattern in the syntax of RE2: without look-around and back references, so its time is linear in the text. Throws an
 * error for people when it is none.
 */
export function compilePattern(source: string): Pattern {
  if (source.length > MOST_PATTERN) throw new RangeError(`a pattern has at most ${MOST_PATTERN} letters`);
  const compiled = compile(source);
  const names = Object.keys(compiled.namedGroups());
  const matcherOf = (text: string) => compiled.matcher(text.length > MOST_TEXT ? text.slice(0, MOST_TEXT) : text);
  return {
    source,
    names,
    test: (text) => matcherOf(text).find(),
    match(text) {
      const matcher = matcherOf(text);
      return matcher.find() ? matcher.group() : null;
    },
    groups(text) {
      const matcher = matcherOf(text);
      if (!matcher.find()) return null;
      const pairs = names.flatMap((name) => {
        const value = matcher.group(name);
        return value === null ? [] : [[name, value] as const];
      });
      return Object.fromEntries(pairs);
    },
  };
}

function compile(source: string): RE2JS {
  try {
    return RE2JS.compile(source);
  } catch (error) {
    throw new TypeError(`no pattern that can be used: ${(error as Error).message}`, { cause: error });
  }
}
