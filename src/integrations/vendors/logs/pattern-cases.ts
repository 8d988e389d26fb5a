import { type Format, inWords } from '../../../config/formats.ts';
import type { CaseKey, Gives, PatternCase } from '../../../core/logs/cases/run-case.ts';

const CASE_KEYS = ['pattern', 'merge', 'keep', 'enrich', 'timings', 'scrub'] as const satisfies readonly CaseKey[];
const MOST_CASES = 50;
const MOST_LINE = 4_000;
const NOTHING = 'nothing';
const EXAMPLE = "{ of: enrich, line: 'login by u=17', gives: { user: '17' } }";

/** Worked cases of the patterns of an intake, which `check` runs. */
export const patternCases: Format<readonly PatternCase[]> = Object.assign(
  inWords(
    'a list of maps: of, line, gives',
    (text) => {
      const all = JSON.parse(text) as readonly unknown[];
      if (all.length > MOST_CASES) throw new Error(`has ${all.length} cases; keep those that show something`);
      return all.map((it, index) => caseIn(it, `case ${index + 1}`));
    },
    {
      type: 'array',
      items: {
        type: 'object',
        required: ['of', 'line', 'gives'],
        additionalProperties: false,
        properties: {
          of: { enum: CASE_KEYS, description: 'the key whose patterns it is of' },
          line: { type: 'string', description: 'a line as it may stand in the log' },
          gives: {
            type: ['object', 'string'],
            description: 'all that they give for it: named groups, or the text that is found; or nothing',
          },
        },
      },
    },
  ),
  { isList: true as const },
);

function caseIn(given: unknown, which: string): PatternCase {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new Error(`${which} is no map; write ${EXAMPLE}`);
  const { of, line, gives, ...more } = given as Readonly<Record<string, unknown>>;
  const [unknown] = Object.keys(more);
  if (unknown !== undefined) throw new Error(`${which}: ${JSON.stringify(unknown)} is not a key of a case`);
  if (!CASE_KEYS.includes(of as CaseKey)) throw new Error(`${which}: of must be one of ${CASE_KEYS.join(', ')}`);
  if (typeof line !== 'string' || line.length > MOST_LINE)
    throw new Error(`${which}: line must be a text of at most ${MOST_LINE} letters; write it in quotes`);
  return { of: of as CaseKey, line, gives: givesIn(gives, of as CaseKey, which) };
}

const HAVE_GROUPS: readonly CaseKey[] = ['pattern', 'enrich', 'timings'];

function givesIn(gives: unknown, of: CaseKey, which: string): Gives {
  if (gives === NOTHING) return null;
  if (!HAVE_GROUPS.includes(of)) {
    if (typeof gives === 'string') return gives;
    throw new Error(`${which}: gives must be the text that ${of} ${of === 'scrub' ? 'leaves' : 'finds'}, or nothing`);
  }
  if (typeof gives !== 'object' || gives === null || Array.isArray(gives) || Object.values(gives).some(isList))
    throw new Error(`${which}: gives must be a map of what ${of} finds, such as { name: value }, or nothing`);
  return Object.fromEntries(Object.entries(gives).map(([key, value]) => [key, String(value)]));
}

function isList(value: unknown): boolean {
  return typeof value === 'object';
}
