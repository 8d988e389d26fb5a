import { measure } from './measure-cell.ts';
import { ANODOT } from './expect/anodot.ts';
import { NEW_RELIC } from './expect/newrelic.ts';
import { PAGES } from './expect/pages.ts';
import { SENTRY } from './expect/sentry.ts';
import { FAULTS, faultsOf } from './fault-cases.ts';
import type { Cell, Chapter, Ending, Expectation, FaultCase, Target, Times, TriesRow } from './types.ts';

export const CHAPTERS: readonly Chapter[] = [SENTRY, PAGES, NEW_RELIC, ANODOT];

/** One fault of a row, and what came of it or why that could not be said. */
export interface Measured {
  readonly fault: FaultCase;
  readonly result: Cell | Error;
}

const measured = new Map<string, Promise<readonly Measured[]>>();

/** Runs all cells of a request, one after the other; only the first time that it is asked. */
export function cellsOf(target: Target, times: Times): Promise<readonly Measured[]> {
  const key = `${target.vendor} ${target.title} ${times}`;
  const found = measured.get(key) ?? measureAll(target, times);
  measured.set(key, found);
  return found;
}

async function measureAll(target: Target, times: Times): Promise<readonly Measured[]> {
  const cells: Measured[] = [];
  for (const fault of faultsOf(target)) {
    const result = await measure(target, fault, times).catch((error: unknown) =>
      error instanceof Error ? error : new Error(String(error)),
    );
    cells.push({ fault, result });
  }
  return cells;
}

/** What is expected of each fault, by its id. Fails when one is expected twice, not at all, or does not exist. */
export function expectedCells(chapter: Chapter, expectation: Expectation, times: Times): ReadonlyMap<string, Cell> {
  const ids = faultsOf(expectation.target).map(({ id }) => id);
  const known = new Set(FAULTS.map(({ id }) => id));
  const endings = spread<Ending>(expectation[times], ids, known);
  const column = times === 'once' ? 1 : 2;
  const triesOf = (rows: readonly TriesRow[]): ReadonlyMap<string, string> =>
    spread(
      rows.map((row) => [row[0], row[column]] as const),
      ids,
      known,
    );
  const [general, own] = [triesOf(chapter.tries), triesOf(expectation.tries ?? [])];
  return new Map(
    ids.map((id) => {
      const [ending, tries] = [endings.get(id), own.get(id) ?? general.get(id)];
      if (ending === undefined || tries === undefined) throw new Error(`nothing is expected of ${id}`);
      return [id, { ...ending, tries }];
    }),
  );
}

function spread<T>(
  rows: readonly (readonly [faults: string, value: T])[],
  ids: readonly string[],
  known: ReadonlySet<string>,
): ReadonlyMap<string, T> {
  const found = new Map<string, T>();
  for (const [faults, value] of rows) {
    const named = faults.split(', ');
    for (const id of faults === '*' ? ids.filter((it) => !found.has(it)) : named) {
      if (found.has(id) || !known.has(id)) throw new Error(`${id} is ${known.has(id) ? 'expected twice' : 'no fault'}`);
      if (ids.includes(id)) found.set(id, value);
    }
  }
  return found;
}
