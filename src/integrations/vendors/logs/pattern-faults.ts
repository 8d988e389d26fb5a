import { compilePattern } from '../../../platform/patterns.ts';
import { patternList } from './pattern-list.ts';

export interface PatternFault {
  readonly key: string;
  /** Which of how many it is, from 0 on. */
  readonly index: number;
  readonly of: number;
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
  const one = { index: 0, of: 1 } as const;
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
      return wrong === null ? [] : [{ key, index, of: all.length, say: `'${source}' ${wrong}` }];
    });
  });
}

function faultOf(source: string, needed: (typeof NEEDED)[string]): string | null {
  try {
    const { names } = compilePattern(source);
    if (needed === 'any' && names.length === 0) return 'has no named group, so it says nothing; write (?P<name>…)';
    if (typeof needed === 'object' && !needed.some((name) => names.includes(name)))
      return `has no group named ${needed.join(' or ')}; write (?P<${needed[0]}>…) around the number`;
    return null;
  } catch (error) {
    return `is ${(error as Error).message}; write it in the syntax of RE2`;
  }
}
