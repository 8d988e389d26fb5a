import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { EventInput } from '../../sandbox/index.ts';
import { runs } from '../support/build/runs.ts';
import { type Bench, openBench, START } from '../support/e2e/bench.ts';
import type { Json } from '../support/e2e/json.ts';
import type { FilterSpec } from '../support/e2e/service.ts';
import { around, holds, isAllowed, PIECES, term } from '../support/e2e/search-terms.ts';

const RUNS = runs(200);

describe('search terms', () => {
  let bench: Bench;

  before(async () => {
    bench = await openBench({ time: 'stopped' });
  });
  after(() => bench.close());

  /** Ids of the issues that the filter finds, through its file, the query and Sentry's HTTP. */
  async function found(
    filters: readonly FilterSpec[],
    events: readonly EventInput[],
  ): Promise<readonly (readonly number[])[]> {
    const { world } = bench.sandbox;
    world.reset();
    world.clock.set(bench.clock.now());
    world.addProject({ slug: 'web' });
    world.addEvents(events);
    const service = await bench.serve(filters);
    const { body, status, text } = await service.post('?debug=true');
    await service.close();
    assert.equal(status, 200, text);
    return body.reports.map((report: Json) => {
      assert.equal(report.complete, true);
      return report.sinks.newrelic.items
        .filter(({ type }: Json) => type === 'sentry_issue')
        .map(({ sentryIssueId }: Json) => Number(sentryIssueId))
        .sort((a: number, b: number) => a - b);
    });
  }

  it(`any allowed terms find exactly the events that hold one of them, ${RUNS} times`, async () => {
    const seen = { found: 0, missed: 0, terms: 0 };
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(term, { minLength: 1, maxLength: 3 }), term, async (terms, other) => {
        const texts = [...new Set([...terms, other].flatMap(around))];
        const events = texts.map((text, n): EventInput => {
          const places: Partial<EventInput>[] = [
            { message: text, metadata: {} },
            { message: '', metadata: { type: 'T', value: text } },
            { message: 'm', metadata: {}, culprit: text },
          ];
          return { at: START + n * 1000, project: 'web', issue: 100 + n, title: 'one title for all', ...places[n % 3] };
        });
        const filters: FilterSpec[] = [
          { name: 'any', projects: ['web'], searchTerms: terms },
          { name: 'without', projects: ['web'], exclude: terms },
          { name: 'both', projects: ['web'], searchTerms: terms, exclude: [other], query: 'level:error' },
        ];
        const ids = (meant: (event: EventInput) => boolean): number[] =>
          events.flatMap((event, n) => (meant(event) ? [100 + n] : []));
        const any = (event: EventInput): boolean => terms.some((one) => holds(event, one));
        const expected = [ids(any), ids((event) => !any(event)), ids((event) => any(event) && !holds(event, other))];
        assert.deepEqual(await found(filters, events), expected, JSON.stringify({ terms, other }));
        seen.found += expected[0]!.length;
        seen.missed += expected[1]!.length;
        seen.terms += terms.length;
      }),
      // A backslash before a quote stays one.
      { numRuns: RUNS, examples: [[['\\""or'], '!']] },
    );
    assert.ok(seen.terms >= RUNS && seen.found > 5 * RUNS && seen.missed > 5 * RUNS, JSON.stringify(seen));
  });

  it('each of the nasty texts is found alone', async () => {
    const allowed = PIECES.filter(isAllowed);
    assert.ok(allowed.length > 75);
    for (const one of allowed) {
      const events = [...around(one), 'something else entirely'].map((message, n): EventInput => ({
        at: START,
        project: 'web',
        issue: 100 + n,
        title: 'one title for all',
        metadata: {},
        message,
      }));
      const [ids] = await found([{ name: 'any', projects: ['web'], searchTerms: [one] }], events);
      assert.deepEqual(
        ids,
        events.flatMap((event, n) => (holds(event, one) ? [100 + n] : [])),
        JSON.stringify(one),
      );
    }
  });
});
