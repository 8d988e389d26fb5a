import * as z from 'zod/mini';
import { many } from '../../platform/numbers.ts';
import { quote } from '../formats.ts';
import { from, map, plain } from '../filters/kinds.ts';

const MOST_WINDOWS = 1000;
const MOST_CASES = 20;
const EXAMPLE = '{ windows: [40, 101, 20, 20, 20], expect: [fired@2, resolved@5] }';
const NEGATIVE = 'a count is below 0; write how many events a window has';

/** Events of a window, or nothing where it was not counted. */
const count = from(
  plain,
  z.nullable(z.int({ error: (issue) => notACount(issue.input) }).check(z.gte(0, { error: NEGATIVE }))),
);

function notACount(given: unknown): string {
  const shown = typeof given === 'string' ? `${quote(given)} is` : 'an entry is';
  return `${shown} no count of events; write digits only, or null for a window that was not counted`;
}

const TOLD = /^(?:fired|resolved|told|repeat|escalated|unsteady|steady)@[1-9]\d{0,3}$/;

const told = z
  .string({ error: `an entry of expect is no text; write some of fired@2, resolved@5, told@1` })
  .check(
    z.regex(TOLD, {
      error: ({ input }) =>
        `${quote(String(input))} does not fit; write fired@2, resolved@5 or told@1, windows count from 1`,
    }),
  );

const shape = {
  windows: z
    .array(count, { error: `windows must be a list of counts; write [40, 101, 20]` })
    .check(
      z.minLength(1, { error: 'windows is empty; write a count for each window' }),
      z.maxLength(MOST_WINDOWS, { error: `windows has more than ${MOST_WINDOWS} entries; write a shorter case` }),
    ),
  expect: z.array(told, { error: 'expect must be a list; write [fired@2], or [] where nobody is told' }),
};

const oneCase = map(shape, 'is not a key of a case', `a case must be a map; write ${EXAMPLE}`).check(within());

/** What is told of windows that there are. */
function within() {
  return z.check<{ readonly windows: readonly unknown[]; readonly expect: readonly string[] }>(({ value, issues }) => {
    for (const entry of value.expect.filter((it) => Number(it.split('@')[1]) > value.windows.length)) {
      const message = `${quote(entry)} is after the last of the case's ${many(value.windows.length, 'window')}`;
      issues.push({ code: 'custom', input: value, message: `${message}; write a window that it has` });
    }
  });
}

/** Worked cases beside their rule. */
export const CASES = z
  .array(oneCase, { error: `must be a list of cases; write [${EXAMPLE}]` })
  .check(z.maxLength(MOST_CASES, { error: `has more than ${MOST_CASES} cases; keep those that show something` }));
