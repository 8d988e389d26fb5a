import assert from 'node:assert/strict';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { until } from '../support/time/until.ts';
import { assertExact, knowledgeRequests } from '../support/e2e/exact.ts';
import { type Expected, expectedOf } from '../support/e2e/expected-records.ts';
import type { Json } from '../support/e2e/json.ts';
import { endProcesses } from '../support/process/processes.ts';
import {
  type RemoteSandbox,
  type RemoteService,
  startRemoteSandbox,
  startRemoteService,
} from '../support/process/services.ts';
import { assertClean, taken } from '../support/e2e/received-records.ts';
import { postRun } from '../support/e2e/service.ts';
import { makeStory, PROJECTS, STORY_FILTERS, STORY_WHERE } from '../support/e2e/story.ts';

describe('exactness with real processes', () => {
  let mirror: Sandbox;
  let remote: RemoteSandbox;
  let service: RemoteService;

  before(async () => {
    remote = await startRemoteSandbox();
  });

  after(async () => {
    await endProcesses();
    await mirror?.close();
  });

  /** Sentry's: the start looks at the sinks too. */
  const askedOfSentry = async () => (await remote.requests()).requests.filter(({ vendor }) => vendor === 'sentry');

  it('20,000 events come out exactly, over the service as it is started', async () => {
    // The last window that is settled by the real clock; the story is told in it, whenever that is.
    const now = Date.now();
    const end = Math.floor((now - 120_000) / 300_000) * 300_000;
    const span = { start: end - 300_000, end };
    const story = makeStory(span, now);
    // The same story in a sandbox of our own, which only counts.
    mirror = await startSandbox({ now: () => now });
    await remote.command('clock', { now });
    for (const slug of PROJECTS) {
      mirror.world.addProject({ slug });
      await remote.command('projects', { slug });
    }
    for (const issue of story.issues) mirror.world.addIssue(issue);
    mirror.world.addEvents(story.events);
    await remote.command('issues', story.issues);
    await remote.command('events', story.events);
    const expected = STORY_FILTERS.map((filter) =>
      expectedOf(mirror.world, { filter, span, web: remote.sentryUrl, where: STORY_WHERE[filter.name] }),
    );
    assert.equal(expected[4]!.truth.total.events, 20_000);
    assert.deepEqual(
      await remote.command('truth', { ...span, projects: STORY_FILTERS[4]!.projects }),
      JSON.parse(JSON.stringify(expected[4]!.truth)),
    );

    service = await startRemoteService(remote, STORY_FILTERS, { MAX_ROWS: '10000' });
    // At start the projects are looked up, and whether there is an events table.
    await until(
      'both are answered',
      async () => (await askedOfSentry()).filter(({ status }) => status === 200).length === 2,
    );
    const { status, body, text } = await postRun(service.url, `?end=${new Date(end).toISOString()}`);
    assert.equal(status, 200, text.slice(0, 500));
    const received = await remote.received();
    compare(received, body, expected);
    const requests = await askedOfSentry();
    assert.deepEqual(
      requests
        .slice(0, 2)
        .map(({ endpoint }) => endpoint)
        .toSorted(),
      ['events-table', 'projects'],
    );
    assert.equal(body.sentryRequests, requests.length - 2);
    // A filter that is 2 s ahead of the others asks for its details alone: on a slow machine there may be more.
    const implied = requestsFor(expected);
    const most = body.durationMs < 2000 ? implied : implied + STORY_FILTERS.length;
    // The rows of a filter that counts nothing may be spared.
    assert.ok(
      body.sentryRequests >= implied - 1 && body.sentryRequests <= most,
      `${body.sentryRequests} requests, ${implied} implied`,
    );
  });
});

function compare(
  received: Awaited<ReturnType<RemoteSandbox['received']>>,
  body: Json,
  expected: readonly Expected[],
): void {
  const got = taken(received);
  assertClean(received);
  assertExact(received, expected);
  assert.equal(received.anodot.series.length, got.samples.length);
  assert.deepEqual(got.runEvents, [], 'a named end is no plain run');
  expected.forEach(({ totals }, index) => {
    const report = body.reports[index];
    assert.deepEqual([report.totals, report.unattributed, report.complete], [totals, 0, true]);
  });
}

/** Without the projects' list, which was read at start. */
function requestsFor(expected: readonly Expected[]): number {
  const pages = (rows: number): number => Math.max(1, Math.ceil(rows / 100));
  // Two of the filters look for the same and ask for their totals together.
  const totals = STORY_FILTERS.length - 1;
  const tables = expected.map(
    ({ truth }, index) =>
      pages(truth.issues.length) + (STORY_FILTERS[index]!.tags === undefined ? 0 : pages(truth.splits.length)),
  );
  const { lists, histories } = knowledgeRequests(expected, STORY_FILTERS);
  return totals + tables.reduce((sum, it) => sum + it, 0) + lists + histories;
}
