import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { realFiles } from '../../../src/platform/real-files.ts';
import { type Sandbox, startSandbox } from '../../../sandbox/index.ts';
import type { World } from '../../../src/app/world.ts';
import { plan } from '../../../src/commands/plan/index.ts';
import { stoppedClock } from '../../support/time/steered-clock.ts';
import type { Json } from '../../support/e2e/json.ts';
import { folder } from '../../support/process/temp-folder.ts';
import { type FilterSpec, filtersText, type Service, settingsFor, startService } from '../../support/e2e/service.ts';
import { runNode } from '../../support/process/processes.ts';

const FILTERS: readonly FilterSpec[] = [
  { name: 'shop', projects: ['web', 'api'], searchTerms: ['basket'], tags: ['release'] },
  { name: 'jobs', projects: ['jobs'], environments: ['production'] },
  { name: 'quiet', projects: ['web'], levels: ['fatal'] },
];

describe('plan', () => {
  const files = folder({
    'filters.yaml': filtersText(FILTERS),
    'gone.yaml': filtersText([{ name: 'gone', projects: ['no-such'] }, FILTERS[1]!]),
    'broken.yaml': 'filters:\n  - { name: shop }\n',
  });
  const run = (
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
    file = 'filters.yaml',
  ): ReturnType<typeof runNode> =>
    runNode(['src/cli.ts', 'plan', ...args], {
      SENTRY_ORG: 'acme',
      SENTRY_AUTH_TOKEN: 'not-a-real-token',
      NEW_RELIC_ACCOUNT_ID: '1',
      NEW_RELIC_LICENSE_KEY: 'not-a-real-key',
      ANODOT_TOKEN: 'not-a-real-key',
      ...env,
      FILTERS: files.file(file),
    });
  after(() => files.remove());

  it('shows a table of what the filters cost, offline, with what it assumes', async () => {
    const { code, stdout, stderr } = await run([]);

    assert.deepEqual([code, stderr], [0, '']);
    assert.match(
      stdout,
      /^3 filters over 3 projects of acme, every five minutes, 120 s at most\nassumed: 20 issues a filter and window \(--issues\)/,
    );
    // Nothing is shared: three searches. 60 combinations of issue and tag fit into one page.
    for (const line of [
      /^ {2}totals +3 +3 +3$/m,
      /^ {2}issues +3 +3 +3$/m,
      /^ {2}tags +1 +1 +1$/m,
      /^ {2}the hour before +3 +3 +3$/m,
      /^ {2}returns of issues +3 +3 +3$/m,
      /^ {2}days ago +6 +6 +0$/m,
      /^ {2}all +23 +21 +15$/m,
    ])
      assert.match(stdout, line);
    assert.match(stdout, /^Anodot {5}12 metrics, 3,456 samples a day$/m);
    assert.match(stdout, /^New Relic {2}.* 12 time series \(4 of each gauge, 100,000 are allowed\)$/m);
  });

  it('takes each assumption as an option, and prints the plan for machines', async () => {
    const options =
      '--issues 250 --combinations 2 --title 10 --renewed 0 --regressed 2 --latency 20,40 --per-second 0 --at-once 5';
    const { code, stdout } = await run(['--json', ...options.split(' '), '--events', '7']);

    const plan = JSON.parse(stdout);
    assert.equal(code, 0);
    assert.deepEqual(plan.assumptions, {
      issues: 250,
      combinations: 2,
      title: 10,
      renewed: 0,
      regressed: 2,
      latencies: [20, 40],
      perSecond: 0,
      atOnce: 5,
      events: 7,
    });
    // 250 issues are three pages of rows, 500 combinations five of tags. Of 100 candidates those that the first page of
    // the past does not have are one request more, and what is known of them is asked for; two of them came back.
    assert.deepEqual(plan.requests.warm, {
      kind: 0,
      projects: 0,
      totals: 3,
      rows: 9,
      splits: 5,
      hour: 6,
      details: 3,
      returns: 6,
      days: 0,
      users: 0,
      all: 32,
    });
    assert.deepEqual([plan.share, plan.durations.map((it: Json) => it.latencyMs)], [null, [20, 40]]);
  });

  it('says which option it cannot read, and which file is faulty', async () => {
    const wrong = await run(['--issues', 'many']);
    assert.deepEqual([wrong.code, wrong.stdout], [2, '']);
    assert.match(wrong.stderr, /^--issues: "many" is not a whole number of at least 0\n/);
    const broken = await run([], {}, 'broken.yaml');
    assert.equal(broken.code, 1);
    assert.match(broken.stdout, /^fault {4}.*broken\.yaml:2: .*\n1 to mend, nothing to plan\n$/);
    const machine = await run(['--json'], {}, 'broken.yaml');
    assert.deepEqual(machine, { code: 1, stdout: '', stderr: broken.stdout });
  });
});

describe('plan --live', () => {
  const files = folder({
    'filters.yaml': filtersText(FILTERS),
    'gone.yaml': filtersText([{ name: 'gone', projects: ['no-such'] }, FILTERS[1]!]),
  });
  const end = Date.UTC(2026, 10, 20, 10, 5);
  const clock = stoppedClock(end + 200_000);
  let sandbox: Sandbox;
  let service: Service | undefined;
  /** In this process, by a clock that stands still. */
  const live = async (
    env: Readonly<Record<string, string>> = {},
    file = 'filters.yaml',
    args: readonly string[] = ['--json'],
  ): Promise<{ readonly code: number; readonly stdout: string }> => {
    const lines: string[] = [];
    const world: World = {
      files: realFiles,
      env: { ...settingsFor(sandbox), TREND_BASELINES: '1h,1d,7d', ...env, FILTERS: files.file(file) },
      disk: fs,
      now: clock.now,
      sleep: async (ms, signal) => wait(ms, undefined, { signal }),
      uuid: randomUUID,
      random: () => 0.5,
      out: { write: (line) => lines.push(line) },
      err: { write: (line) => lines.push(line) },
      server: 'host-1',
      version: '0.0.0',
      shutdown: new AbortController().signal,
    };
    return { code: await plan.run(['--live', ...args], world), stdout: lines.join('') };
  };
  beforeEach(async () => {
    sandbox = await startSandbox({ now: clock.now });
    for (const slug of ['web', 'api', 'jobs']) sandbox.world.addProject({ slug });
    const at = end - 100_000;
    sandbox.world.addMasses([
      { start: end - 300_000, end, project: 'web', issue: 11, count: 900, title: 'Error: basket 1', release: '1.0' },
      { start: end - 300_000, end, project: 'api', issue: 21, count: 70, title: 'Error: Basket 2' },
      { start: end - 7_200_000, end: end - 3_600_000, project: 'api', issue: 22, count: 5, title: 'Error: basket 3' },
      { start: end - 300_000, end, project: 'jobs', issue: 31, count: 4, environment: 'staging' },
    ]);
    sandbox.world.addEvents([
      { at, project: 'web', issue: 11, title: 'Error: basket 1', release: '1.1' },
      { at, project: 'jobs', issue: 32, environment: 'production' },
      { at, project: 'web', issue: 12, title: 'Error: other' },
    ]);
  });
  afterEach(async () => {
    await service?.close();
    service = undefined;
    await sandbox.close();
  });
  after(() => files.remove());

  it('plans with what each filter found in the last window, by two requests a filter; a run then sends that many records', async () => {
    const { code, stdout } = await live();

    const planned = JSON.parse(stdout);
    assert.deepEqual([code, planned.unmeasured], [0, []]);
    const asked = sandbox.world.requests
      .all()
      .filter(({ endpoint }) => endpoint === 'events-table')
      .map(({ query }) => Object.fromEntries(query))
      .filter(({ field }) => field === 'count_unique(issue.id)');
    assert.deepEqual(
      asked.map((query) => (Date.parse(`${query['end']}Z`) - Date.parse(`${query['start']}Z`)) / 60_000),
      [5, 1440, 5, 1440, 5, 1440],
    );
    assert.equal(sandbox.world.requests.all().length, 8);
    assert.deepEqual([...new Set(asked.map((query) => query['end']))], ['2026-11-20T10:05:00']);
    assert.deepEqual(
      planned.filters.map((it: Json) => [it.filter, it.issues, it.isMeasured]),
      [
        ['shop', 2, true],
        ['jobs', 1, true],
        ['quiet', 0, true],
      ],
    );

    service = await startService({ sandbox, clock, filters: FILTERS });
    const { body } = await service.post(`?end=${new Date(end).toISOString()}`);
    // By the answer: shop's two issues have three combinations with a release between them, where six were assumed.
    const sent = (body.reports as Json[]).map(({ filter, sinks }) => [
      filter,
      sinks.newrelic.accepted,
      sinks.anodot.accepted,
    ]);
    assert.deepEqual(sent, [
      ['shop', 1 + 2 + 2 + 3 + 6, 6],
      ['jobs', 1 + 1 + 1 + 3, 3],
      ['quiet', 1 + 1 + 3, 3],
    ]);
    assert.deepEqual(
      planned.filters.map(({ filter, records }: Json) => [filter, records.newrelic, records.anodot]),
      [
        ['shop', 1 + 2 + 2 + 6 + 6, 6],
        ['jobs', 6, 3],
        ['quiet', 5, 3],
      ],
    );
  });

  it('names a filter that Sentry cannot answer for, plans it as assumed, and exits 1', async () => {
    const { code, stdout } = await live({}, 'gone.yaml', []);

    assert.equal(code, 1);
    assert.match(
      stdout,
      /^not asked {2}gone: sentry: \S+gone\.yaml:5: no project no-such in acme: renamed, deleted or misspelt; mend the filter$/m,
    );
    assert.match(stdout, /; issues of 1 filter as Sentry says$/m);
    assert.match(stdout, /^ {2}gone +1 +20\? /m);
  });

  it('says what is wrong when Sentry refuses all, and does not ask for every filter', async () => {
    const { code, stdout } = await live({ SENTRY_AUTH_TOKEN: 'a-wrong-token' }, 'filters.yaml', []);

    assert.equal(code, 1);
    assert.match(stdout, /^not asked {2}shop: sentry: answered 401/m);
    assert.doesNotMatch(stdout, /a-wrong-token/);
    assert.ok(sandbox.world.requests.all().length <= 8, String(sandbox.world.requests.all().length));
  });

  it('plans by pages where the server turns out to have no events table', async () => {
    sandbox.world.setFlavour('glitchtip');
    const text = await live({}, 'filters.yaml', []);
    assert.equal(text.code, 0);
    assert.doesNotMatch(text.stdout, /not asked/);
    assert.match(text.stdout, /page/);
    const { code, stdout } = await live({}, 'filters.yaml', ['--json', '--events', '250']);
    const plan = JSON.parse(stdout);
    // Three pages of a hundred for each of three projects.
    assert.deepEqual([code, plan.requests, plan.unmeasured, plan.pages.perRun], [0, null, [], 9]);
  });
});
