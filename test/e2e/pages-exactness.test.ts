import assert from 'node:assert/strict';
import { type Sandbox, startSandbox, type World } from '../../sandbox/index.ts';
import { stoppedClock } from '../support/time/steered-clock.ts';
import { assertExact } from '../support/e2e/exact.ts';
import { type Expected, expectedOf } from '../support/e2e/expected-records.ts';
import { assertClean } from '../support/e2e/received-records.ts';
import { type FilterSpec, type Posted, type Service, startService } from '../support/e2e/service.ts';
import { makeStory, PROJECTS, STORY_FILTERS } from '../support/e2e/story.ts';

const START = Date.UTC(2026, 10, 20, 10, 0);
const SPAN = { start: START, end: START + 300_000 };
const NOW = START + 450_000;
/** The story's filters; without a raw query, which no such server can search for. */
const FILTERS: readonly FilterSpec[] = STORY_FILTERS.map(({ query: _query, ...filter }) => filter);

const SERVERS = [
  {
    name: 'GlitchTip of 2022',
    flavour: 'glitchtip',
    settings: { glitchtipRelease: '2022' },
    kind: 'auto',
    probe: [404],
    assigned: false,
  },
  {
    name: 'GlitchTip 4.1',
    flavour: 'glitchtip',
    settings: { glitchtipRelease: '4.1' },
    kind: 'auto',
    probe: [404],
    assigned: false,
  },
  {
    name: 'GlitchTip 5.1',
    flavour: 'glitchtip',
    settings: { glitchtipRelease: '5.1' },
    kind: 'auto',
    probe: [404],
    assigned: false,
  },
  {
    name: 'Sentry of 2019 with Snuba',
    flavour: 'sentry-2019',
    settings: { oldRelease: '10.x' },
    kind: 'auto',
    probe: [200],
    assigned: true,
  },
  {
    name: 'Sentry of 2019 without Snuba',
    flavour: 'sentry-2019',
    settings: { oldRelease: '9.x' },
    kind: 'auto',
    probe: [404],
    assigned: true,
  },
  { name: 'the newest Sentry', flavour: 'sentry', settings: {}, kind: 'pages', probe: [], assigned: true },
] as const;

/** GlitchTip tells the levels of issues, not of events. */
function expectedByIssue(world: World, { levels = [], ...filter }: FilterSpec, web: string): Expected {
  const where = ({ issueId }: { readonly issueId: string | null }): boolean =>
    levels.length === 0 || levels.includes(world.issue(issueId ?? '')?.level ?? '');
  return expectedOf(world, { filter, span: SPAN, where, web, pageOf: (id) => `${web}/acme/issues/${id}` });
}

for (const { name, flavour, settings, kind, probe, assigned } of SERVERS) {
  describe(`exactness by pages: 20,000 events in one window of ${name}`, () => {
    let sandbox: Sandbox;
    let service: Service;
    let answer: Posted;
    let expected: readonly Expected[];

    before(async () => {
      const clock = stoppedClock(NOW);
      sandbox = await startSandbox({ now: clock.now, sleep: clock.sleep, flavour });
      const { world } = sandbox;
      Object.assign(world.settings, settings);
      for (const slug of PROJECTS) world.addProject({ slug });
      const story = makeStory(SPAN, NOW);
      for (const issue of story.issues) world.addIssue(assigned ? issue : { ...issue, assignedTo: null });
      world.addEvents(story.events);
      service = await startService({
        sandbox,
        clock,
        filters: FILTERS,
        env: { SENTRY_SOURCE: kind, SENTRY_PAGES_PER_SECOND: '0', MAX_PAGES: '1000', MAX_ROWS: '10000' },
      });
      expected = FILTERS.map((filter) =>
        flavour === 'glitchtip'
          ? expectedByIssue(world, filter, sandbox.sentryUrl)
          : expectedOf(world, { filter, span: SPAN, web: sandbox.sentryUrl }),
      );
      answer = await service.post();
    });
    after(async () => {
      await service?.close();
      await sandbox?.close();
    });

    it('the answer is whole, names the kind of source, and its numbers equal the truth', () => {
      assert.deepEqual(
        [answer.status, answer.body.status, answer.headers.get('sentry-monitor-sent')],
        [200, 'ok', 'all'],
        answer.text.slice(0, 800),
      );
      expected.forEach(({ totals, trending, id }, index) => {
        const report = answer.body.reports[index];
        assert.deepEqual(
          [report.id, report.source, report.complete, report.unattributed, report.gaps],
          [id, 'sentry-pages', true, 0, []],
        );
        assert.deepEqual(report.totals, totals);
        assert.deepEqual(
          report.trending.map(({ expected: _e, score: _s, trend: _t, ...rest }: Record<string, unknown>) => rest),
          trending,
        );
      });
      assert.equal(expected[4]!.truth.total.events, 20_000);
      assert.ok(
        expected[0]!.truth.splits.length > 500 &&
          expected[1]!.truth.total.events > 1000 &&
          expected[3]!.truth.total.events > 1000,
      );
    });

    it('New Relic and Anodot hold exactly these records, and no others', () => {
      assertClean(sandbox.world.received);
      assertExact(sandbox.world.received, expected);
    });

    it('each project was read once for all five filters, one request in flight', () => {
      const { requests } = sandbox.world;
      const pages = new Map<string, number>();
      for (const { endpoint, path } of requests.all())
        if (endpoint === 'project-events') pages.set(path, (pages.get(path) ?? 0) + 1);
      assert.deepEqual(
        [...pages.keys()].map((path) => path.split('/')[5]).toSorted(),
        PROJECTS.filter((slug) => slug !== 'elsewhere').toSorted(),
      );
      for (const project of sandbox.world.projects().filter(({ slug }) => slug !== 'elsewhere')) {
        const newer = sandbox.world.events(START, NOW).filter(({ projectId }) => projectId === project.id).length;
        const read = pages.get(`/api/0/projects/acme/${project.slug}/events/`)!;
        // As many as the window and what came after it fill, and one or two more to see its start.
        assert.ok(
          read >= Math.ceil(newer / 100) && read <= Math.ceil(newer / 100) + 2,
          `${project.slug}: ${read} pages for ${newer} events`,
        );
      }
      assert.equal(requests.maxInFlight().sentry, 1);
      const toSentry = requests.all().filter(({ vendor }) => vendor === 'sentry');
      assert.equal(answer.body.sentryRequests, toSentry.length);
      const probes = toSentry.filter(({ endpoint }) => endpoint === 'events-table');
      assert.deepEqual(
        probes.map(({ status }) => status),
        probe,
      );
      assert.ok(toSentry.every(({ status, endpoint }) => status === 200 || endpoint === 'events-table'));
    });
  });
}
