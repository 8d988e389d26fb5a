/** From the least to the worst, in Sentry's words. */
const LEVELS = ['debug', 'info', 'warning', 'error', 'fatal'] as const;
export type Level = (typeof LEVELS)[number];

const WORDS: Readonly<Record<string, Level>> = {
  NOTSET: 'debug',
  TRACE: 'debug',
  DEBUG: 'debug',
  INFO: 'info',
  SUCCESS: 'info',
  NOTICE: 'info',
  WARN: 'warning',
  WARNING: 'warning',
  ERROR: 'error',
  EXCEPTION: 'error',
  CRITICAL: 'fatal',
  FATAL: 'fatal',
  ALERT: 'fatal',
  EMERGENCY: 'fatal',
};

/** The words of levels as one pattern. */
export const LEVEL = `(${Object.keys(WORDS).join('|')})`;

/** The level that a log means; error where its word is not known: nothing is made small by a guess. */
export function levelOf(word: string): Level {
  return WORDS[word.toUpperCase()] ?? 'error';
}

export function isAtLeast(level: string, least: string): boolean {
  return rank(level) >= rank(least);
}

function rank(level: string): number {
  const found = LEVELS.indexOf(level as Level);
  return found === -1 ? LEVELS.indexOf('error') : found;
}
