import { StartError } from '../app/start-error.ts';
import type { FiltersInForce } from '../core/ports/filters-in-force.ts';

/**
 * What the command comes to; where settings, filters or the ledger keep it from its work, each fault is a line, and it
 * ends with 1. `ending`: what was not done, for the last line.
 */
export async function orFaults(
  to: { write(line: string): unknown },
  act: () => Promise<number>,
  ending?: string,
): Promise<number> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    to.write(error.faults.map((fault) => `fault    ${fault}\n`).join(''));
    if (ending !== undefined) to.write(`${error.faults.length} to mend, ${ending}\n`);
    return 1;
  }
}

/** What is wrong with filters files while the command does its work without them: a line each. */
export function leftOut(faults: FiltersInForce['faults']): string {
  return faults
    .map(
      ({ where, text }) => `fault    ${where}: ${text}; the filters of this file are left out
`,
    )
    .join('');
}
