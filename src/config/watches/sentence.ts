import type { WatchCondition } from '../../core/model/watches/watch-plan.ts';
import { DAY_MS } from '../../core/model/window.ts';
import { quote } from '../formats.ts';
import { LONGEST } from '../rules/sentence.ts';
import { readWords, SentenceFault, type Words } from '../rules/words.ts';
import { readTime, timeText } from './spans.ts';

/** A sentence that says when people are told of a watch, or what is wrong with the text; what to write. */
export type ReadWatchSentence =
  { readonly condition: WatchCondition; readonly normal: string } | { readonly fault: string };

export const EXAMPLES = ['value > 100', 'value < 14', 'value changes to "down"', 'stale for 2h30m'] as const;
const LIKE = EXAMPLES.join('; ');
/** What editors can say of it. */
export const PATTERN = [
  '^\\s*(value\\s*[<>]\\s*[0-9.]+',
  'value\\s+changes\\s+to\\s*("[\\s\\S]*"|\'[\\s\\S]*\')',
  'stale\\s+for\\s+[0-9dhm]+)\\s*$',
].join('|');

const CHANGED = { after: 'to', like: 'value changes to "down"', blank: 'write the value that tells' };
const NUMBER = { max: 1e15, whole: false, what: 'a number' };
const STALE = { min: 5 * 60_000, max: 90 * DAY_MS };

/** Faults name the column within the sentence, from 1. Never throws. */
export function readWatchSentence(text: string): ReadWatchSentence {
  if (text.length > LONGEST) return { fault: `${quote(text)} is longer than ${LONGEST} characters; shorten it` };
  try {
    const condition = conditionOf(readWords(text, () => LIKE));
    return { condition, normal: normalOf(condition) };
  } catch (error) {
    if (!(error instanceof SentenceFault)) throw error;
    return { fault: `${quote(text)}, column ${error.column}: ${error.message}` };
  }
}

function conditionOf(words: Words): WatchCondition {
  const first = words.next('a sentence');
  if (first !== 'value' && first !== 'stale')
    throw words.fault(`${quote(first)} begins no sentence of a watch; write one of ${LIKE}`);
  const condition = first === 'value' ? valueIn(words) : staleIn(words);
  words.end();
  return condition;
}

function valueIn(words: Words): WatchCondition {
  if (words.may('>=') || words.may('<='))
    throw words.fault('a sentence says more than or less than, never at least; write > or < and another number');
  if (words.may('>')) return { kind: 'above', limit: words.number(NUMBER) };
  if (words.may('<')) return { kind: 'below', limit: words.number(NUMBER) };
  words.must('changes');
  words.must('to');
  return { kind: 'changes', to: words.quoted(CHANGED) };
}

function staleIn(words: Words): WatchCondition {
  words.must('for');
  const read = readTime(words.next('a time'), STALE);
  if ('fault' in read) throw words.fault(read.fault);
  return { kind: 'stale', spanMs: read.ms };
}

/** The same for sentences that mean the same. */
function normalOf(condition: WatchCondition): string {
  switch (condition.kind) {
    case 'above':
      return `value > ${condition.limit}`;
    case 'below':
      return `value < ${condition.limit}`;
    case 'changes':
      return `value changes to ${JSON.stringify(condition.to)}`;
    case 'stale':
      return `stale for ${timeText(condition.spanMs)}`;
  }
}
