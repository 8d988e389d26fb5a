import { quote } from '../formats.ts';

/** Says what is wrong with a text; what to do. Undefined: nothing. */
export type Check = (text: string) => string | undefined;

const LEVELS = ['sample', 'debug', 'info', 'warning', 'error', 'fatal', 'unknown'];
const CONTROL = /\p{Cc}/u;
const LINE_BREAK = /[\n\r\u0085\u2028\u2029]/;

/** The first objection that any of the checks has. */
export function all(...checks: readonly Check[]): Check {
  return (text) => {
    for (const check of checks) {
      const fault = check(text);
      if (fault !== undefined) return fault;
    }
    return undefined;
  };
}

function fits(pattern: RegExp, looks: string): Check {
  return (text) => (pattern.test(text) ? undefined : `${quote(text)} does not fit; write ${looks}`);
}

function notBlank(text: string): string | undefined {
  return text.trim() === '' ? 'a text is blank; write something or remove it' : undefined;
}

function noLineBreak(text: string): string | undefined {
  return LINE_BREAK.test(text) ? `${quote(text)} has a line break; write it on one line` : undefined;
}

function noControl(text: string): string | undefined {
  return CONTROL.test(text.replaceAll('\t', '')) ? `${quote(text)} has control characters; remove them` : undefined;
}

function atMost(length: number): Check {
  return (text) =>
    text.length > length ? `${quote(text)} is longer than ${length} characters; shorten it` : undefined;
}

function trimmed(text: string): string | undefined {
  return text === text.trim() ? undefined : `${quote(text)} has white space around it; remove it`;
}

/** Half of a character (a lone surrogate) cannot be sent as UTF-8. */
export function wellFormed(text: string): string | undefined {
  return text.isWellFormed()
    ? undefined
    : `${quote(text)} has half a character; write the character itself or both halves of its \\u escape`;
}

/** Text for people or names, on one line. */
export function line(length: number): Check {
  return all(notBlank, noLineBreak, noControl, trimmed, atMost(length));
}

export const name = fits(
  /^[a-z0-9][a-z0-9-]{0,59}$/,
  'lower-case letters, digits and hyphens, at most 60, beginning with a letter or digit',
);

export const project = all(
  (text) =>
    /^\d+$/.test(text)
      ? `${quote(text)} is a number; write the project's slug, as in the address of its page`
      : undefined,
  fits(
    /^[a-z0-9][a-z0-9_-]{0,99}$/i,
    'a project slug: letters, digits, hyphens and underscores, at most 100, beginning with a letter or digit',
  ),
);

export const environment = all(line(64), (text) =>
  text.includes('/')
    ? `${quote(text)} has a slash, which no environment has; write the name that Sentry shows`
    : undefined,
);

export function level(text: string): string | undefined {
  return LEVELS.includes(text) ? undefined : `${quote(text)} is not a level; write some of ${LEVELS.join(', ')}`;
}

/** A literal text that keeps its meaning between double quotes in Sentry's search syntax. */
export const term = all(
  notBlank,
  noLineBreak,
  noControl,
  (text) =>
    text.endsWith('\\')
      ? `${quote(text)} ends in a backslash, which Sentry cannot search for; leave the backslash out`
      : undefined,
  (text) =>
    /\\[*"]/.test(text)
      ? `${quote(text)} has a backslash before * or ", which Sentry cannot search for; write the part before or after it`
      : undefined,
);

export const tag = fits(/^[a-zA-Z0-9_.:-]{1,200}$/, 'a tag name: letters, digits and _ . : -, at most 200');

export const labelKey = all(
  fits(/^[a-zA-Z0-9_.:-]{1,100}$/, 'a label name of letters, digits and _ . : -, at most 100'),
  (text) =>
    text === '__proto__' ? '"__proto__" has a meaning of its own in JavaScript; choose another name' : undefined,
);

export const labelValue = all(notBlank, atMost(4096));

export const webAddress: Check = (text) =>
  /^https?:\/\/\S+$/i.test(text) && URL.canParse(text)
    ? undefined
    : `${quote(text)} is not an http or https address; write it in full, such as https://wiki.example.com/page`;

/** Sentry's own search syntax, as far as it can be judged without Sentry. `text` is trimmed. */
export const query = all(notBlank, noLineBreak, noControl, atMost(4000), balanced, onEvents);

/** NOTE: the query is sent in parentheses: one that closes more than it opened would change the rest of the search. */
function balanced(text: string): string | undefined {
  const bare = withoutQuoted(text);
  if (bare.includes('"')) return 'has a quote (") that is not closed; close it, or write \\" for a quote inside quotes';
  let open = 0;
  for (const character of bare) {
    if (character === '(') open += 1;
    if (character === ')') open -= 1;
    if (open < 0) return 'has a ) that closes nothing; remove it, or put the text in double quotes';
  }
  return open > 0 ? 'has a ( that is not closed; close it, or put the text in double quotes' : undefined;
}

function onEvents(text: string): string | undefined {
  const bare = withoutQuoted(text);
  const key =
    /(?:^|[\s(!])(is|assigned|assigned_or_suggested|for_review|bookmarks|firstSeen|lastSeen|timesSeen):/i.exec(
      bare,
    )?.[1];
  if (key !== undefined) return `"${key}:" is for issues only, not for events; remove it`;
  const aggregate = /(?:^|[\s(!])(\w[\w.]*\([^()]*\)):/.exec(bare)?.[1];
  return aggregate === undefined ? undefined : `"${aggregate}:" is a condition on a count, not on events; remove it`;
}

/** Without the texts in double quotes; a quote that remains is not closed. */
function withoutQuoted(text: string): string {
  return text.replaceAll(/"(?:\\"|[^"\\]|\\(?!"))*"/g, '');
}
