import assert from 'node:assert/strict';
import { cellsOf, expectedCells } from './chapters.ts';
import type { Cell, Chapter, Expectation, Times } from './types.ts';

/** Runs all faults of a request: what is not as expected, a line each; '' when all is. */
export async function oddCells(chapter: Chapter, expectation: Expectation, times: Times): Promise<string> {
  const expected = expectedCells(chapter, expectation, times);
  const cells = await cellsOf(expectation.target, times);
  assert.deepEqual(
    cells.map(({ fault }) => fault.id),
    [...expected.keys()],
  );
  const odd = cells.flatMap(({ fault, result }) =>
    differences(result, expected.get(fault.id)!).map((words) => `${fault.id}: ${words}`),
  );
  return odd.join('\n');
}

/** In which words a cell is another one than expected. */
function differences(result: Cell | Error, expected: Cell): readonly string[] {
  if (result instanceof Error) return [result.message];
  const keys = Object.keys(expected) as (keyof Cell)[];
  return keys
    .filter((key) => result[key] !== expected[key])
    .map((key) => `${key} is "${result[key]}", expected "${expected[key]}"`);
}
