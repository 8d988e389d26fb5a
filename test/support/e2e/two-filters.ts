import { type Bench, burst, openBench, SPAN } from './bench.ts';
import { assertExact } from './exact.ts';
import { type Expected, expectedOf } from './expected-records.ts';
import type { FilterSpec } from './service.ts';

export const FILTERS: readonly FilterSpec[] = [
  { name: 'shop', projects: ['web', 'api'], tags: ['region'] },
  { name: 'web-only', projects: ['web'], searchTerms: ['declined', 'trouble 101'] },
];

/** A sandbox with two projects whose events both filters count, and what must come of them. */
export interface TwoFilters extends Bench {
  readonly expected: readonly Expected[];
  /** Each record reached each vendor once, with the true numbers. */
  assertOnce(): void;
}

export async function openTwoFilters(): Promise<TwoFilters> {
  const bench = await openBench({ time: 'jump' });
  const { world } = bench.sandbox;
  for (const slug of ['web', 'api']) world.addProject({ slug });
  world.addEvents([
    ...burst('web', 101, 40, { users: 7, tags: { region: 'eu' } }),
    ...burst('web', 101, 3),
    ...burst('web', 102, 12, { title: 'PaymentError: card "declined"' }),
    ...burst('web', 103, 9, { title: 'other' }),
    ...burst('api', 201, 130, { users: 90, tags: { region: 'us' } }),
  ]);
  const expected = FILTERS.map((filter) => expectedOf(world, { filter, span: SPAN, web: bench.sandbox.sentryUrl }));
  return { ...bench, expected, assertOnce: () => assertExact(world.received, expected) };
}
