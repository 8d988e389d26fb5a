import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { EventInput } from '../../sandbox/index.ts';
import { openBench, START } from '../support/e2e/bench.ts';
import type { Json } from '../support/e2e/json.ts';
import type { FilterSpec } from '../support/e2e/service.ts';

const SLOT = 300_000;
const DAY = 86_400_000;
const PROJECTS = ['a', 'b', 'c'];
/** The first three share their totals; the others search for something else. */
const FILTERS: readonly FilterSpec[] = [
  { name: 'one', projects: ['a'] },
  { name: 'two', projects: ['b', 'c'] },
  { name: 'three', projects: ['a', 'c'], tags: ['region'] },
  { name: 'four', projects: ['a', 'b'], environments: ['eu'] },
  { name: 'five', projects: ['b'], levels: ['fatal'] },
];

/** When, counted in windows from the first one, or in the days before. */
const WHEN = fc.oneof(
  fc.integer({ min: -12, max: 3 }).map((slot) => slot * SLOT),
  fc.constantFrom(-DAY, -7 * DAY),
);
const EVENT = fc.record({
  slot: WHEN,
  second: fc.integer({ min: 0, max: 299 }),
  project: fc.constantFrom(...PROJECTS),
  issue: fc.integer({ min: 0, max: 4 }),
  repeat: fc.integer({ min: 1, max: 30 }),
  environment: fc.constantFrom('eu', 'us'),
  level: fc.constantFrom('error', 'fatal'),
  user: fc.constantFrom('id:1', 'id:2', 'id:3'),
  region: fc.constantFrom('x', 'y'),
  lateMs: fc.constantFrom(0, 0, 0, 400_000),
});

/** The report without what depends on when it was made. */
function numbersOf(body: Json): Json {
  return (body.reports as Json[]).map(({ filter, totals, trending, unattributed, complete, gaps, sinks }) => ({
    filter,
    totals,
    trending,
    unattributed,
    complete,
    gaps,
    items: sinks.newrelic.items,
  }));
}

describe('what is shared and kept changes no number', () => {
  it('a service that reads all filters window after window says what fresh ones say, a filter and window each', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(EVENT, { minLength: 5, maxLength: 60 }), async (events) => {
        const bench = await openBench({ time: 'stopped' });
        try {
          const { world } = bench.sandbox;
          for (const slug of PROJECTS) world.addProject({ slug });
          for (const name of ['eu', 'us']) world.addEnvironment(name);
          world.addEvents(
            events.map(({ slot, second, project, issue, lateMs, region, ...rest }): EventInput => {
              const at = START + slot + second * 1000;
              return {
                ...rest,
                at,
                arrivedAt: at + lateMs,
                project,
                issue: String(1000 * (1 + PROJECTS.indexOf(project)) + issue),
                title: `Error: ${project} ${issue}`,
                tags: { region },
              };
            }),
          );
          const env = { TREND_BASELINES: '1h,1d,7d', SENTRY_SOURCE: 'table' };
          const lasting = await bench.serve(FILTERS, env);
          for (let window = 0; window < 4; window++) {
            if (window > 0) bench.clock.advance(SLOT);
            const all = numbersOf((await lasting.post('?debug=true')).body);
            const alone: Json[] = [];
            for (const filter of FILTERS)
              alone.push(...numbersOf((await (await bench.serve([filter], env)).post('?debug=true')).body));
            assert.deepEqual(all, alone);
          }
        } finally {
          await bench.close();
        }
      }),
      { numRuns: 6 },
    );
  });
});
