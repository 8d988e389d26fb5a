import assert from 'node:assert/strict';
import type { EventInput } from '../../sandbox/index.ts';
import type { ErrorEvent } from '../../src/core/model/events/event.ts';
import { type LedgerBench, NOW, openLedgerBench, START } from '../support/e2e/bench.ts';
import type { Json } from '../support/e2e/json.ts';
import { taken } from '../support/e2e/received-records.ts';
import type { FilterSpec, Service } from '../support/e2e/service.ts';
import { eventOf } from '../support/events/events.ts';

const FIVE_MS = 300_000;
const DAY_MS = 86_400_000;
const PLAIN = ['type', 'project', 'sentryIssueId', 'value', 'issues', 'count', 'users', 'region', 'release'];
/** What a source without a past cannot tell. */
const BY_PAST = ['state', 'firstSeen', 'expected', 'trend', 'score', 'trending', 'rank'];
const TRENDS = { TREND_BASELINES: '1h,1d,7d' };
const KEYS = {
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'AKIAACMEACMEACMEACME',
  AWS_SECRET_ACCESS_KEY: 'acmeSecret12',
};
const QUEUE = { sqs: 'http://127.0.0.1:9/123456789012/events' };
const FILTERS: readonly FilterSpec[] = [
  { name: 'all', projects: ['web', 'api'] },
  { name: 'terms', projects: ['web'], searchTerms: ['Card', 'total'], exclude: ['health'] },
  { name: 'production', projects: ['web', 'api'], environments: ['production'], levels: ['error', 'fatal'] },
  { name: 'split', projects: ['web'], tags: ['region', 'release'] },
];

/** Sixty events of the window and some around it, every seventh with other texts than its issue usually has. */
const NOW_AND_AROUND = Array.from({ length: 66 }, (_, n) => ({
  n,
  at: START - 15_000 + n * 5_000,
  issue: 101 + (n % 4),
}));
/** Issues that trend otherwise: one is new, one had as many in the hour before, others some a day or a week ago. */
const PAST = [
  ...Array.from({ length: 3 }, (_, n) => ({ n, at: START + 60_000 + n, issue: 105 })),
  ...Array.from({ length: 40 }, (_, n) => ({ n, at: START - 60_000 - n * 80_000, issue: 101 })),
  ...Array.from({ length: 5 }, (_, n) => ({ n, at: START - DAY_MS - n * 300_000, issue: 102 })),
  ...Array.from({ length: 9 }, (_, n) => ({ n, at: START - 7 * DAY_MS + n * 300_000, issue: 104 })),
];
const STORY = [...PAST, ...NOW_AND_AROUND].map(({ n, at, issue }) => {
  const title = n % 7 === 0 ? 'health check: card declined' : ['Card declined', 'no total', 'Oops', 'gone'][n % 4]!;
  return {
    at,
    project: issue === 104 ? 'api' : 'web',
    issue,
    title,
    message: '',
    metadata: { type: 'Error', value: title },
    culprit: `module${n % 3} in pay`,
    level: n % 5 === 0 ? 'fatal' : (['error', 'warning'] as const)[n % 2]!,
    environment: n % 3 === 0 ? 'staging' : 'production',
    release: n % 2 === 0 ? '1.4.0' : null,
    user: n % 6 === 0 ? null : `id:${n % 6}`,
    tags: (n % 4 === 0 ? {} : { region: n % 8 < 4 ? 'eu' : 'us' }) as Record<string, string>,
  } satisfies EventInput;
});

function stored(input: (typeof STORY)[number], n: number): ErrorEvent {
  const { issue, at, title, culprit, level, environment, release, user } = input;
  return eventOf(String(n), {
    issueId: String(issue),
    at,
    title,
    culprit,
    level,
    environment,
    release,
    user,
    tags: input.tags,
  });
}

describe('events of intakes', () => {
  let bench: LedgerBench;
  // Without keys Amazon's client looks for them on the network.
  before(() => void Object.assign(process.env, KEYS));
  after(() => {
    for (const name of Object.keys(KEYS)) delete process.env[name];
  });
  beforeEach(async () => {
    bench = await openLedgerBench({ time: 'jump', story: 'none' });
    for (const slug of ['web', 'api']) bench.sandbox.world.addProject({ slug });
  });
  afterEach(() => bench.close());

  const withIntakes = (filters: readonly FilterSpec[]): Promise<Service> =>
    bench.serve(
      [],
      { LEDGER_URL: bench.ledgerUrl, CATCH_UP_HOURS: '0', RECOUNT: 'off', LEASE_SECONDS: '600', ...TRENDS },
      { file: JSON.stringify({ intakes: { web: QUEUE, api: QUEUE }, filters }) },
    );
  const put = async ({ parts }: Service, ...events: readonly ErrorEvent[]): Promise<void> => {
    for (const project of ['web', 'api']) {
      const own = events.filter(({ issueId }) => (issueId === '104') === (project === 'api'));
      const cursor = { name: '', position: null, watermark: bench.clock.now() };
      await parts.ledger.events!.add({ project, events: own, cursor });
    }
  };
  const shown = async (service: Service, hasPast = true): Promise<unknown> => {
    const { body, status, text } = await service.post('?debug=true');
    assert.equal(status, 200, text);
    return body.reports.map((report: Json) => counts(report, hasPast));
  };

  /** All that is counted, and what trends; titles and links are told by other requests. */
  const counts = ({ filter, totals, unattributed, sinks, gaps }: Json, hasPast: boolean): unknown => ({
    filter,
    unattributed,
    gaps: gaps.filter(({ part }: Json) => hasPast || part !== 'baselines'),
    totals: totals.map(({ project, events, issues, users }: Json) => [project, events, issues, users]),
    records: sinks.newrelic.items
      .map((it: Json) => [...PLAIN, ...(hasPast ? BY_PAST : [])].map((name) => it[name]))
      .map((it: unknown) => JSON.stringify(it))
      .toSorted(),
  });

  it('make the same reports as the same events in Sentry, by its table and page by page', async () => {
    bench.sandbox.world.addEvents(STORY);
    const table = await shown(await bench.serve(FILTERS, { SENTRY_SOURCE: 'table', ...TRENDS }));
    const paged = await bench.serve(FILTERS, { SENTRY_SOURCE: 'pages', SENTRY_PAGES_PER_SECOND: '0' });
    const service = await withIntakes(FILTERS);
    await put(service, ...STORY.map(stored));
    assert.deepEqual(await shown(service), table);
    assert.deepEqual(await shown(service, false), await shown(paged, false));
    const states = new Set(JSON.stringify(table).match(/new|surging|ongoing/g));
    assert.deepEqual([...states].toSorted(), ['new', 'ongoing', 'surging']);
  });

  it('that come after their window was counted are counted by the next run, whatever RECOUNT says', async () => {
    const service = await withIntakes([{ name: 'web', projects: ['web'] }]);
    await put(service, eventOf('a', { at: START }));
    const first = (await service.post()).body;
    assert.deepEqual(
      first.reports.map(({ complete, totals }: Json) => [complete, totals[0].events]),
      [[true, 1]],
    );
    bench.clock.advance(NOW + FIVE_MS - bench.clock.now());
    await put(service, eventOf('b', { at: START + 1 }), eventOf('a', { at: START }));
    const next = (await service.post()).body;
    assert.deepEqual(
      next.corrections.map(({ id, from, to }: Json) => [id, from, to]),
      [['web@2026-11-20T10:00:00.000Z', 1, 2]],
    );
    bench.clock.advance(NOW + 2 * FIVE_MS - bench.clock.now());
    await put(service);
    assert.deepEqual((await service.post()).body.corrections ?? [], []);
    const values = taken(bench.sandbox.world.received).events.filter(
      (it) => it['type'] === 'filter_count' && it['windowStart'] === START,
    );
    assert.deepEqual(
      values.map((it) => [it['revision'], it['value']]),
      [
        [0, 1],
        [1, 2],
      ],
    );
  });

  it('of an intake that cannot be read make incomplete reports, never zeros', async () => {
    const service = await withIntakes([{ name: 'web', projects: ['web'] }]);
    const [report] = (await service.post()).body.reports;
    assert.deepEqual(
      [report.complete, report.gaps.map(({ reason, project }: Json) => [reason, project])],
      [false, [['intake_behind', 'web']]],
    );
  });
});
