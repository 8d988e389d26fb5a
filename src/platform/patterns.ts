import { RE2JS, RE2JSSyntaxException } from 're2js';
import type { Pattern } from '../core/logs/pattern.ts';

/** Of a pattern at most, letters. */
export const MOST_PATTERN = 500;
/** Of a text at most, UTF-16 units: what is behind that is not looked at. */
const MOST_TEXT = 65_536;

/** Why a text is no pattern, for people. */
export class BadPattern extends TypeError {
  /** Which letter of it is wrong, from 0 on; 0: nobody says. */
  readonly at: number;

  constructor(message: string, at: number, options?: ErrorOptions) {
    super(message, options);
    this.at = at;
  }
}

/**
 * A pattern in the syntax of RE2: without look-around and back references, so its time is linear in the text. Throws a
 * `BadPattern` when it is none.
 */
export function compilePattern(source: string): Pattern {
  if (source.length > MOST_PATTERN) throw new BadPattern(`a pattern has at most ${MOST_PATTERN} letters`, MOST_PATTERN);
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
    const message = `no pattern that can be used: ${(error as Error).message}`;
    throw new BadPattern(message, placeOf(error, source), { cause: error });
  }
}

/** The engine names the piece that is wrong; one that is there several times is nowhere. */
function placeOf(error: unknown, source: string): number {
  if (!(error instanceof RE2JSSyntaxException)) return 0;
  const piece: string | null = error.input;
  if (piece === null) return Math.max(0, source.length - 1);
  const first = source.indexOf(piece);
  return first === source.lastIndexOf(piece) ? Math.max(0, first) : 0;
}
