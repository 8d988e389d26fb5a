import { manyRows } from './many.ts';
import type { Plan, Row } from './rows.ts';
import { soakRow } from './soak.ts';
import { volumeRows } from './volume.ts';

/** One repetition of what fails on wrong numbers or a wrong number of requests; times are shown and decide nothing. */
export async function quickRows(): Promise<readonly Row[]> {
  const plan: Plan = { reps: 1, quick: true };
  return [
    ...(await volumeRows([100, 1_000, 1_000_000], plan)),
    ...(await manyRows([1, 10], plan)),
    await soakRow(8, 4),
  ];
}
