import { type KEYS } from './keys.ts';

type KeyName = keyof typeof KEYS;

/** Keys of one text each. */
const TEXTS: readonly string[] = ['name', 'query', 'team', 'runbook'] satisfies readonly KeyName[];
/** Keys of several texts. */
const LISTS: readonly string[] = [
  'projects',
  'environments',
  'levels',
  'searchTerms',
  'exclude',
  'tags',
  'sinks',
  'labels',
] satisfies readonly KeyName[];

const LONGEST = 120;

interface Place {
  readonly key: string;
  /** As in the file. */
  readonly text: string;
}

/**
 * What to do about a fault of YAML's in the value of a key that takes texts: undefined for other places. `line` counts
 * from 1, `column` from 0.
 */
export function quotesAdvice(lines: readonly string[], line: number, column: number): string | undefined {
  const place = placeAt(lines, line - 1, column);
  if (place === undefined || isMeant(place.text)) return undefined;
  return `${place.key}: ${reason(place.text)} must stand in quotes${inQuotes(place.text, ' as a whole: ')}`;
}

/** A tag of YAML's own, or a text in quotes that is right in itself: what is wrong then stands above it. */
function isMeant(text: string): boolean {
  return text.startsWith('!!') || /^(["'])[^"']*\1$/.test(text);
}

/** A text as it should stand in the file, after `lead`; empty when it is too long or odd to be shown. */
export function inQuotes(text: string, lead: string): string {
  const ambiguous = /["'].*\s#/.test(text) || /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text);
  if (text.length > LONGEST || text === '' || ambiguous) return '';
  const inner = /^'.*'$/.test(text) ? text.slice(1, -1) : text;
  // NOTE: an apostrophe that is doubled would hide a secret from redaction.
  return lead + (inner.includes("'") ? JSON.stringify(inner) : `'${inner}'`);
}

function reason(text: string): string {
  const first = /^[^\p{L}\p{N}\s]/u.exec(text)?.[0];
  if (first !== undefined) return `a text that begins with ${first}`;
  return /:(?:\s|$)/.test(text)
    ? 'a text with a colon before a blank or its end'
    : 'a text that means something in YAML';
}

function placeAt(lines: readonly string[], at: number, column: number): Place | undefined {
  const line = lines[at]!;
  const { lead, key, rest, start } = partsOf(line);
  const owner = key !== undefined && isKnown(key) ? key : ownerOf(lines, at);
  if (owner === undefined || column < start) return undefined;
  const isFlow = /^[[{]/.test(rest) && !(owner === key && TEXTS.includes(owner));
  if (isFlow) return inFlow(line, column);
  // NOTE: `- a: b` in a list of texts is one text; in labels it is one of them.
  const whole = owner === key || owner === 'labels' ? rest : line.slice(lead).trimEnd();
  return placed(owner, whole);
}

function partsOf(line: string) {
  const [, dashes = '', pair = '', key, rest = ''] = /^([ ]*(?:-[ ]+)*)(([\w.-]+):(?:[ ]+|$))?(.*)$/s.exec(line)!;
  return { lead: dashes.length, key, rest: rest.trimEnd(), start: dashes.length + pair.length };
}

function isKnown(key: string): boolean {
  return TEXTS.includes(key) || LISTS.includes(key) || ['top', 'trendArchived', 'alert', 'filters'].includes(key);
}

/** The key on a line above to which the line belongs. */
function ownerOf(lines: readonly string[], at: number): string | undefined {
  const indent = /^ */.exec(lines[at]!)![0].length;
  for (let above = at - 1; above >= 0; above -= 1) {
    const { lead, key, rest } = partsOf(lines[above]!);
    const opens = rest === '' || rest === '[' || rest.startsWith('#');
    if (key !== undefined && opens && lead <= indent) return key;
  }
  return undefined;
}

/** Between the brackets and commas around a column. */
function inFlow(line: string, column: number): Place | undefined {
  const before = line.slice(0, column + 1);
  const open = Math.max(...['[', '{', ','].map((mark) => before.lastIndexOf(mark)));
  const entry = /^[^,\]]*/.exec(line.slice(open + 1))![0].trim();
  const own = /^([\w.-]+):\s+(.*)$/.exec(entry);
  const text = (own?.[2] ?? entry).replace(/\s*\}$/, '');
  const outer = /(\w+):\s*(?:\[[^\]]*|\{[^}]*)$/.exec(line.slice(0, open + 1))?.[1];
  const key = own === null || outer === 'labels' ? outer : own[1];
  return key === undefined ? undefined : placed(key, text);
}

function placed(key: string, text: string): Place | undefined {
  if (!TEXTS.includes(key) && !LISTS.includes(key)) return undefined;
  const shown = /["']/.test(text) ? text : text.replace(/\s+#(?:\s.*)?$/, '');
  return { key, text: LISTS.includes(key) ? shown.replace(/,$/, '') : shown };
}
