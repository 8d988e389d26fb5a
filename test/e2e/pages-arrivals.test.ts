import assert from 'node:assert/strict';
import type { EventInput } from '../../sandbox/index.ts';
import { type Bench, burst, NOW, openBench, SPAN, START } from '../support/e2e/bench.ts';
import type { Json } from '../support/e2e/json.ts';
import { taken } from '../support/e2e/received-records.ts';
import type { FilterSpec } from '../support/e2e/service.ts';

const WEB: FilterSpec = { name: 'web', projects: ['web'] };
const EVENTS = 3000;

describe('events that arrive while pages are read', () => {
  let bench: Bench;
  afterEach(() => bench.close());

  // Offsets count everything that is newer. Dates: only what belongs to the window.
  // GlitchTip's cursors stand still.
  for (const [flavour, least] of [
    ['sentry', 30],
    ['sentry-2019', 32],
    ['glitchtip', 30],
  ] as const) {
    it(`${flavour}: each is counted once, none from outside the window, and what was there is all there`, async () => {
      bench = await openBench({ time: 'jump', flavour });
      const { world } = bench.sandbox;
      world.addProject({ slug: 'web' });
      world.addEvents([
        ...Array.from({ length: EVENTS }, (_, n): EventInput => ({
          at: START + (n % 300) * 1000,
          project: 'web',
          issue: 101 + (n % 7),
          user: `id:${n % 500}`,
        })),
        // One second a page. Twelve newer ones a second move the pages.
        // One a second belongs to the window, one to the one before.
        ...Array.from({ length: 60 }, (_, second): EventInput[] => [
          ...burst('web', 201, 12, { at: NOW + second * 1000 - 10_000, arrivedAt: NOW + second * 1000 + 500 }),
          { at: START + second * 1000, arrivedAt: NOW + second * 1000 + 500, project: 'web', issue: 301 },
          { at: START - 1000, arrivedAt: NOW + second * 1000 + 500, project: 'web', issue: 401 },
        ]).flat(),
      ]);
      const service = await bench.serve([WEB], { SENTRY_SOURCE: 'pages' });

      const { status, body, text } = await service.post();

      assert.equal(status, 200, text.slice(0, 500));
      const pages = world.requests.all().filter(({ endpoint }) => endpoint === 'project-events');
      const seconds = (pages.at(-1)!.at - NOW) / 1000;
      assert.ok(
        pages.length >= least && seconds >= 29,
        `${pages.length} pages in ${seconds} s: things arrived meanwhile`,
      );
      const counts = new Map<string, number>(
        taken(world.received)
          .events.filter(({ type }) => type === 'sentry_issue')
          .map((it) => [it['sentryIssueId'] as string, it['count'] as number]),
      );
      for (const { id, events } of world.truth({
        ...SPAN,
        projects: ['web'],
        where: ({ arrivedAt }) => arrivedAt <= NOW,
      }).issues)
        assert.equal(counts.get(id), events, `issue ${id}`);
      const arrived = world
        .events(START, SPAN.end)
        .filter(({ issueId, arrivedAt }) => issueId === '301' && arrivedAt <= pages.at(-1)!.at).length;
      assert.ok(
        arrived >= 25 && (counts.get('301') ?? 0) <= arrived && !counts.has('201') && !counts.has('401'),
        JSON.stringify([arrived, ...counts]),
      );
      const [report] = body.reports;
      const sum = [...counts.values()].reduce((all, count) => all + count, 0);
      assert.deepEqual([report.totals[0].events, report.unattributed, report.complete], [sum, 0, true]);
      assert.ok(sum >= EVENTS && sum <= EVENTS + 60, `${sum}`);
      assert.equal(report.totals[0].users, 500);
    });
  }

  it('at the default pace and deadline: about a hundred pages, delivered in time, and the rest is a gap', async () => {
    bench = await openBench({ time: 'jump', flavour: 'glitchtip' });
    const { world } = bench.sandbox;
    world.addProject({ slug: 'web' });
    world.addEvents(
      Array.from({ length: 15_000 }, (_, n): EventInput => ({
        at: START + (n % 300) * 1000,
        project: 'web',
        issue: 101 + (n % 7),
      })),
    );
    const service = await bench.serve([WEB], { SENTRY_SOURCE: 'pages' });

    const { status, body, headers } = await service.post();

    const [report] = body.reports;
    assert.deepEqual([status, headers.get('sentry-monitor-sent'), report.complete], [200, 'all', false]);
    assert.deepEqual(
      report.gaps.filter(({ part }: Json) => part === 'totals').map(({ reason, project }: Json) => [reason, project]),
      [['not_answered', 'web']],
    );
    const pages = world.requests.all().filter(({ endpoint }) => endpoint === 'project-events').length;
    assert.ok(pages >= 100 && pages <= 106, `${pages} pages in 120 s less 15`);
    assert.equal(report.totals[0].events, pages * 100);
    assert.ok(body.durationMs < 120_000);
    const count = taken(world.received).events.find(({ type }) => type === 'event_count')!;
    assert.deepEqual([count['value'], count['complete'], count['reason']], [pages * 100, 0, 'not_answered']);
  });

  it('a hundred filters on one project cost the pages of one', async () => {
    bench = await openBench({ time: 'stopped', flavour: 'glitchtip' });
    const { world } = bench.sandbox;
    world.addProject({ slug: 'web' });
    world.addEvents(
      Array.from({ length: 1000 }, (_, n): EventInput => ({
        at: START + (n % 300) * 1000,
        project: 'web',
        issue: 101 + (n % 100),
        title: `Error: kind ${n % 100}.`,
      })),
    );
    const filters = Array.from({ length: 100 }, (_, n): FilterSpec => ({
      name: `f-${n}`,
      projects: ['web'],
      searchTerms: [`kind ${n}.`],
    }));
    const service = await bench.serve(filters, { SENTRY_SOURCE: 'pages', SENTRY_PAGES_PER_SECOND: '0' });
    const { body } = await service.post('?debug=true');
    assert.deepEqual(
      body.reports.map(({ totals }: Json) => totals[0].events as number),
      filters.map(() => 10),
    );
    assert.equal(world.requests.all().filter(({ endpoint }) => endpoint === 'project-events').length, 10);
  });
});
