import type { Condition } from '../../core/model/alerting/rule.ts';
import { PERIOD_MS } from '../../core/model/window.ts';
import { nearestOf } from '../../platform/nearest.ts';
import { quote } from '../formats.ts';
import { DAYS, spanText, WINDOWS } from './spans.ts';
import { readWords, SentenceFault, type Words } from './words.ts';

/** A sentence that says when people are told, or what is wrong with the text; what to write. */
export type ReadSentence = { readonly condition: Condition; readonly normal: string } | { readonly fault: string };

/** Characters of a sentence. */
export const LONGEST = 300;
const COUNT = { max: 1e9, whole: true, what: 'a whole number of events' };
const USERS = { ...COUNT, what: 'a whole number of users' };
const SCORE = { max: 1e9, whole: false, what: 'a score, such as 4 (a clear surge)' };
const FIRST = { max: 100, whole: true, what: 'how many issues, from 1 to 100' };

interface Form {
  /** For people who wrote something else. */
  readonly like: string;
  /** Of the words after the first. */
  read(words: Words): Condition;
}

/** Every sentence, by its first word. */
const FORMS: Readonly<Record<string, Form>> = {
  new: { like: 'new', read: () => ({ kind: 'new' }) },
  regressed: { like: 'regressed', read: () => ({ kind: 'regressed' }) },
  trending: {
    like: 'trending, or trending >= 4',
    read: (words) => ({ kind: 'trending', score: words.may('>=') ? words.number(SCORE) : null }),
  },
  events: { like: 'events > 100, or events > 100 in 15m', read: (words) => above('events', words) },
  users: { like: 'users > 50, or users > 50 in 15m', read: (words) => above('users', words) },
  anomaly: { like: 'anomaly', read: () => ({ kind: 'anomaly' }) },
  top: { like: 'top 10 of 7d, or top 10 of 7d > 200', read: top },
  title: {
    like: 'title has "text"',
    read: (words) => {
      words.must('has');
      return { kind: 'title', text: words.quoted() };
    },
  },
  any: { like: 'any', read: () => ({ kind: 'any' }) },
  unticketed: { like: 'unticketed for 14d', read: untouched },
  none: { like: 'none for 30m', read: (words) => lasting('none', words) },
  incomplete: { like: 'incomplete for 30m', read: (words) => lasting('incomplete', words) },
};

/** One of each, for people and editors. */
export const EXAMPLES: readonly string[] = Object.values(FORMS).flatMap(({ like }) => like.split(', or '));

/** What editors can say of a sentence: they refuse none that is read. */
export const PATTERN = [
  '^\\s*(?:new|regressed|any|anomaly',
  'trending(?:\\s*>=\\s*[0-9]+(?:\\.[0-9]+)?)?',
  '(?:events|users)\\s*>\\s*[0-9]+(?:\\s+in\\s+[0-9]+[mhd])?',
  'top\\s+[0-9]+\\s+of\\s+[0-9]+[mhd](?:\\s*>\\s*[0-9]+)?',
  'title\\s+has\\s*(?:"[\\s\\S]*"|\'[\\s\\S]*\')',
  '(?:unticketed|none|incomplete)\\s+for\\s+[0-9]+[mhd])\\s*$',
].join('|');

/** What stands elsewhere in a file. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  value: 'is for watches; write it under alerts of a watch',
  stale: 'is for watches; write it under alerts of a watch',
};

/** Faults name the column within the sentence, from 1. Never throws. */
export function readSentence(text: string): ReadSentence {
  if (text.length > LONGEST) return { fault: `${quote(text)} is longer than ${LONGEST} characters; shorten it` };
  try {
    const condition = conditionOf(text);
    return { condition, normal: normalOf(condition) };
  } catch (error) {
    if (!(error instanceof SentenceFault)) throw error;
    return { fault: `${quote(text)}, column ${error.column}: ${error.message}` };
  }
}

function conditionOf(text: string): Condition {
  let like = EXAMPLES.join('; ');
  const words = readWords(text, () => like);
  const first = words.next('a sentence');
  const form = Object.hasOwn(FORMS, first) ? FORMS[first]! : undefined;
  if (form === undefined) throw words.fault(stranger(first));
  like = form.like;
  const condition = form.read(words);
  words.end();
  return condition;
}

function stranger(first: string): string {
  if (Object.hasOwn(ELSEWHERE, first)) return `${first} ${ELSEWHERE[first]!}`;
  const near = nearestOf(first, Object.keys(FORMS));
  const remedy = near === undefined ? `write one of ${EXAMPLES.join('; ')}` : `did you mean ${FORMS[near]!.like}?`;
  return `${quote(first)} begins no sentence; ${remedy}`;
}

function above(kind: 'events' | 'users', words: Words): Condition {
  if (words.may('>=')) throw words.fault('a sentence says more than, never at least; write > and one less');
  words.must('>');
  const limit = words.number(kind === 'events' ? COUNT : USERS);
  return { kind, above: limit, spanMs: words.may('in') ? words.span(WINDOWS) : PERIOD_MS };
}

function top(words: Words): Condition {
  const first = words.number(FIRST);
  if (first === 0) throw words.fault('0 names no issue; write a number from 1 to 100');
  words.must('of');
  const spanMs = words.span(DAYS);
  return { kind: 'top', first, spanMs, above: words.may('>') ? words.number(COUNT) : 0 };
}

function lasting(kind: 'none' | 'incomplete', words: Words): Condition {
  words.must('for');
  return { kind, spanMs: words.span(WINDOWS) };
}

function untouched(words: Words): Condition {
  words.must('for');
  return { kind: 'unticketed', spanMs: words.span(DAYS) };
}

/** The same for sentences that mean the same. */
export function normalOf(condition: Condition): string {
  switch (condition.kind) {
    case 'trending':
      return condition.score === null ? 'trending' : `trending >= ${condition.score}`;
    case 'events':
    case 'users': {
      const { kind, above: limit, spanMs } = condition;
      return `${kind} > ${limit}${spanMs === PERIOD_MS ? '' : ` in ${spanText(spanMs)}`}`;
    }
    case 'top': {
      const { first, spanMs, above: limit } = condition;
      return `top ${first} of ${spanText(spanMs)}${limit === 0 ? '' : ` > ${limit}`}`;
    }
    case 'title':
      return `title has ${JSON.stringify(condition.text)}`;
    case 'none':
    case 'incomplete':
    case 'unticketed':
      return `${condition.kind} for ${spanText(condition.spanMs)}`;
    default:
      return condition.kind;
  }
}
