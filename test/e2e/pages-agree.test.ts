import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { EventInput } from '../../sandbox/index.ts';
import { runs } from '../support/build/runs.ts';
import { type Bench, openBench, START } from '../support/e2e/bench.ts';
import type { Json } from '../support/e2e/json.ts';
import type { FilterSpec } from '../support/e2e/service.ts';
import { around, term } from '../support/e2e/search-terms.ts';

const RUNS = runs(40);
const some = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

/** What an event says besides the texts that terms are looked for in. */
const facts = fc.record({
  level: some('error', 'fatal', 'warning'),
  environment: some('production', 'staging', null),
  release: some('1.4.0', '2.0', null),
  platform: some('python', null),
  user: some('id:5', 'id:6', 'email:a@example.com', 'ip:127.0.0.1', 'username:id:5', null),
  issue: some(101, 102, 103, null),
  tags: some<Record<string, string>>({}, { region: 'eu' }, { region: 'us', 'cpu-arch': 'arm64' }),
});
type Kind = typeof facts extends fc.Arbitrary<infer T> ? T : never;

/** GlitchTip has no event without an issue, and tells the level of issues only. */
function ofIssues(kind: Kind): Kind {
  const issue = kind.issue ?? 104;
  return { ...kind, issue, level: LEVEL_OF[issue]! };
}

const LEVEL_OF: Readonly<Record<number, Kind['level']>> = { 101: 'error', 102: 'fatal', 103: 'warning', 104: 'error' };

const levels = some<readonly string[]>([], ['error'], ['fatal', 'warning']);
const environments = some<readonly string[]>([], ['production'], ['staging', 'production']);
const tags = some<readonly string[]>(
  [],
  ['region'],
  ['release', 'cpu-arch'],
  ['environment', 'release'],
  ['user', 'platform', 'region'],
);

/** Each project has had events in each environment: what nobody knows is another matter. */
const OLD = ['web', 'api'].flatMap((project) =>
  ['production', 'staging'].map((environment): EventInput => {
    const issue = project === 'api' ? 601 : 101;
    return { at: START - 7_200_000, project, issue, environment, title: 'Error: of before', level: 'error' };
  }),
);

/** Where a text may stand in an event; terms are looked for in all of these. */
function placed(text: string, n: number): Partial<EventInput> {
  const places: Partial<EventInput>[] = [
    { message: text, metadata: {}, title: 'x' },
    { message: '', metadata: { type: 'T', value: text, title: `T: ${text}` }, title: `T: ${text}` },
    { message: '', metadata: { type: 'T', value: 'v' }, title: text },
    { message: 'm', metadata: {}, culprit: text, title: 'x' },
    { message: text, metadata: { type: 'a', value: text }, culprit: text, title: text },
  ];
  return places[n % places.length]!;
}

describe('the two ways to read Sentry agree', () => {
  let bench: Bench;

  before(async () => {
    bench = await openBench({ time: 'stopped' });
  });
  after(() => bench.close());

  async function read(filters: readonly FilterSpec[], env: Record<string, string>): Promise<readonly Json[]> {
    const service = await bench.serve(filters, { MAX_ROWS: '10000', ...env });
    const { body, status, text } = await service.post('?debug=true');
    await service.close();
    assert.equal(status, 200, text);
    return body.reports;
  }

  /** All that is counted; titles and links are told by other requests. */
  function counts({ filter, totals, unattributed, sinks, gaps }: Json): unknown {
    const items = sinks.newrelic.items
      .map(
        ({
          message: _m,
          shortId: _s,
          sentryUrl: _u,
          culprit: _c,
          firstSeen: _f,
          state: _t,
          level: _l,
          rank: _r,
          trending: _n,
          status: _a,
          substatus: _b,
          ...rest
        }: Json) => JSON.stringify(rest),
      )
      .toSorted();
    return {
      filter,
      totals,
      unattributed,
      gaps: gaps.map(({ part, reason, project }: Json) => [part, reason, project]),
      items,
    };
  }

  for (const flavour of ['sentry', 'sentry-2019', 'glitchtip'] as const) {
    it(`on any events and any filter: the table of the newest Sentry and the pages of ${flavour}, ${RUNS} times`, async () => {
      const seen = { matched: 0, left: 0, splits: 0 };
      await fc.assert(
        fc.asyncProperty(
          fc.uniqueArray(term, { minLength: 2, maxLength: 4 }),
          fc.array(facts, { minLength: 7, maxLength: 7 }),
          fc.record({ levels, environments, tags }),
          async ([first, ...others], kinds, wanted) => {
            const known = flavour === 'glitchtip' ? ofIssues : (it: Kind): Kind => it;
            const { world } = bench.sandbox;
            world.reset();
            world.clock.set(bench.clock.now());
            for (const slug of ['web', 'api']) world.addProject({ slug });
            world.addEvents(OLD);
            world.addEvents(
              [...new Set([first!, ...others].flatMap(around))].map((text, n): EventInput => {
                const { issue, ...rest } = known(kinds[n % kinds.length]!);
                const project = n % 3 === 0 ? 'api' : 'web';
                return {
                  at: START + (n % 300) * 1000,
                  project,
                  issue: issue === null ? null : issue + (project === 'api' ? 500 : 0),
                  ...rest,
                  ...placed(text, n),
                };
              }),
            );
            const filters: FilterSpec[] = [
              { name: 'all', projects: ['web', 'api'], tags: [...new Set(['region', ...wanted.tags])] },
              { name: 'any', projects: ['api', 'web'], searchTerms: [first!, others[0]!], levels: wanted.levels },
              {
                name: 'without',
                projects: ['web'],
                exclude: [first!],
                environments: wanted.environments,
                tags: wanted.tags,
              },
              {
                name: 'both',
                projects: ['web'],
                searchTerms: [first!],
                exclude: others,
                levels: wanted.levels,
                environments: wanted.environments,
              },
            ];
            const table = await read(filters, { SENTRY_SOURCE: 'table' });
            world.setFlavour(flavour);
            const pages = await read(filters, { SENTRY_SOURCE: 'pages', SENTRY_PAGES_PER_SECOND: '0' });
            assert.deepEqual(
              pages.map(({ source }) => source as string),
              filters.map(() => 'sentry-pages'),
            );
            assert.deepEqual(pages.map(counts), table.map(counts), JSON.stringify({ first, others }));
            seen.matched += table[1].totals.reduce((sum: number, { events }: Json) => sum + events, 0);
            seen.left += table[2].totals[0].events;
            seen.splits += table[0].sinks.newrelic.items.filter(({ type }: Json) => type === 'sentry_issue_tag').length;
          },
        ),
        { numRuns: RUNS },
      );
      assert.ok(Math.min(...Object.values(seen)) > RUNS / 2, JSON.stringify(seen));
    });
  }
});
