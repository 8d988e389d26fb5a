import { differenceOf, givenBy } from '../../../core/logs/cases/run-case.ts';
import type { Pattern } from '../../../core/logs/pattern.ts';
import { BadPattern, compilePattern } from '../../../platform/patterns.ts';
import { patternCases } from './pattern-cases.ts';
import { patternList } from './pattern-list.ts';

export interface PatternFault {
  readonly key: string;
  /** Which of how many it is, from 0 on. */
  readonly index: number;
  readonly of: number;
  readonly source: string;
  /** Which letter of the pattern is wrong, from 0 on; 0: all of it. */
  readonly at: number;
  /** What is wrong with which pattern, and what to do. */
  readonly say: string;
}

/** Keys of intakes that hold patterns, and which named groups they need, one of them; none: whatever they have. */
const NEEDED: Readonly<Record<string, readonly string[] | 'any' | 'none'>> = {
  pattern: 'any',
  merge: 'none',
  keep: 'none',
  enrich: 'any',
  scrub: 'none',
  timings: ['ms', 's'],
};

/** Patterns of an intake that cannot be used, or find nothing. `texts`: by key, as its file has them. */
export function patternFaults(texts: Readonly<Record<string, string>>): readonly PatternFault[] {
  return [...formFaults(texts), ...sourceFaults(texts)];
}

/** The format `pattern` has a pattern, and no other has one. */
function formFaults({ format, pattern }: Readonly<Record<string, string>>): readonly PatternFault[] {
  const one = { index: 0, of: 1, source: '', at: 0 } as const;
  if (format === 'pattern' && pattern === undefined)
    return [
      {
        key: 'format',
        ...one,
        say: 'the pattern is missing; write pattern: with what the first line of a record looks like',
      },
    ];
  if (format !== 'pattern' && pattern !== undefined)
    return [{ key: 'pattern', ...one, say: 'is for format: pattern alone; remove it, or write that format' }];
  return [];
}

function sourceFaults(texts: Readonly<Record<string, string>>): readonly PatternFault[] {
  return Object.entries(NEEDED).flatMap(([key, needed]) => {
    const text = texts[key];
    if (text === undefined) return [];
    const all = key === 'pattern' ? [text] : patternList(text, JSON.stringify);
    return all.flatMap((source, index) => {
      const wrong = faultOf(source, needed);
      if (wrong === null) return [];
      return [{ key, index, of: all.length, source, at: wrong.at, say: `'${source}' ${wrong.say}` }];
    });
  });
}

/** A worked case that comes out otherwise than it says. */
export interface CaseFault {
  /** From 0 on. */
  readonly index: number;
  readonly say: string;
}

/** Cases of patterns that can be used. */
export function caseFaults(texts: Readonly<Record<string, string>>): readonly CaseFault[] {
  const text = texts['cases'];
  if (text === undefined) return [];
  return patternCases(text, JSON.stringify).flatMap(({ of, line, gives }, index): CaseFault[] => {
    const patterns = patternsOf(of, texts[of]);
    if (patterns === null) return [];
    if (patterns.length === 0)
      return [{ index, say: `is of ${of}, and there is none; write one, or take the case away` }];
    const differs = differenceOf(gives, givenBy(of, patterns, line));
    return differs === null
      ? []
      : [{ index, say: `of ${of} gives ${differs.expected}, and what came is ${differs.came}` }];
  });
}

/** Null: one of them is none. */
function patternsOf(key: string, text: string | undefined): readonly Pattern[] | null {
  if (text === undefined) return [];
  try {
    return (key === 'pattern' ? [text] : patternList(text, JSON.stringify)).map(compilePattern);
  } catch {
    return null;
  }
}

interface Wrong {
  readonly say: string;
  readonly at: number;
}

function faultOf(source: string, needed: (typeof NEEDED)[string]): Wrong | null {
  try {
    const { names } = compilePattern(source);
    const lack = lackIn(names, needed);
    return lack === null ? null : { say: lack, at: 0 };
  } catch (error) {
    if (!(error instanceof BadPattern)) throw error;
    return { say: `is ${error.message}; write it in the syntax of RE2`, at: error.at };
  }
}

function lackIn(names: readonly string[], needed: (typeof NEEDED)[string]): string | null {
  if (needed === 'any' && names.length === 0) return 'has no named group, so it says nothing; write (?P<name>…)';
  if (typeof needed === 'object' && !needed.some((name) => names.includes(name)))
    return `has no group named ${needed.join(' or ')}; write (?P<${needed[0]}>…) around the number`;
  return null;
}
