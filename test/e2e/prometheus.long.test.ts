import assert from 'node:assert/strict';
import { endProcesses } from '../support/process/processes.ts';
import {
  fillTwoProjects,
  type RemoteSandbox,
  type RemoteService,
  startReadyService,
  startRemoteSandbox,
} from '../support/process/services.ts';
import { folder } from '../support/process/temp-folder.ts';
import { filtersText, type Posted, postRun } from '../support/e2e/service.ts';
import { FAULTS_THAT_PASS, playTrouble } from '../support/generate/troubled-runs.ts';
import { pintObjections } from '../support/generate/pint.ts';
import { describeWith, itWith, toolHere } from '../support/process/tools.ts';
import { nonZero, type Prometheus, promtool, sortedLabels, startPrometheus } from '../support/generate/prometheus.ts';

const READER = 'reader-0123456789';
const JOB = 'monitor';
const FILTERS = [
  { name: 'shop', projects: ['web', 'gone'] },
  { name: 'api', projects: ['api'] },
];
/** The last window that is certainly settled. */
const END = Math.floor((Date.now() - 120_000) / 300_000) * 300_000;
/** As many seconds the vendors' clock is behind ours. */
const BEHIND_S = 20;

describeWith('prometheus', 'a real Prometheus', () => {
  let sandbox: RemoteSandbox;
  let service: RemoteService;
  let prometheus: Prometheus;
  const answers: Posted[] = [];
  const files = folder({
    'good.yaml': filtersText(FILTERS),
    'bad.yaml': 'filters:\n  - { name: BAD, projects: [web], top: none }\n',
  });

  const query = (name: string): Promise<Readonly<Record<string, number>>> =>
    prometheus.query(name.includes('(') ? name : `sentry_monitor_${name}`, JOB);
  const post = async (text: string): Promise<Posted> => {
    const answer = await postRun(service.url, text);
    answers.push(answer);
    return answer;
  };
  /** The cron's own run, over the window that many windows back. */
  const plain = (back: number): Promise<Posted> => post(`?at=${String((END - back * 300_000) / 1000 + 120)}`);
  const page = async (): Promise<string> =>
    (
      await fetch(`${service.url}/metrics`, { headers: { authorization: `Bearer ${READER}`, connection: 'close' } })
    ).text();

  before(async () => {
    sandbox = await startRemoteSandbox();
    await fillTwoProjects(sandbox, END);
    await sandbox.command('clock', { offsetMs: -BEHIND_S * 1000 });
    service = await startReadyService(sandbox, [], { FILTERS: files.path, METRICS_TOKEN: READER });
    const target = new URL(service.url).host;
    prometheus = await startPrometheus([
      { name: JOB, target, more: [`authorization: { credentials: ${READER} }`] },
      { name: 'basic', target, more: [`basic_auth: { username: prometheus, password: ${READER} }`] },
      { name: 'stranger', target },
    ]);
  });
  after(async () => {
    await endProcesses();
    files.remove();
    assert.equal(await prometheus.stop(), 0, 'it ended in order');
  });

  it('scrapes a server that never ran: zeros, and no value for what is not known', async () => {
    await prometheus.scraped([JOB]);
    assert.deepEqual(await query('runs_total'), {
      '{"outcome":"ok"}': 0,
      '{"outcome":"partial"}': 0,
      '{"outcome":"failed"}': 0,
    });
    for (const name of ['last_success_timestamp_seconds', 'clock_skew_seconds', 'windows_behind'])
      assert.deepEqual(await query(name), {}, name);
    assert.equal(await promtool(await page()), '');
  });

  it('gets in with the token, as Bearer or Basic, and not without', async () => {
    await prometheus.scraped(['stranger'], 0);
    await prometheus.scraped([JOB, 'basic']);
    assert.deepEqual(
      [
        await prometheus.query('up', JOB),
        await prometheus.query('up', 'basic'),
        await prometheus.query('up', 'stranger'),
      ],
      [{ '{}': 1 }, { '{}': 1 }, { '{}': 0 }],
    );
  });

  describe('after runs with all kinds of trouble', () => {
    /** When the one good run was over, by our clock, seconds. */
    const good = { from: 0, to: 0 };

    before(async () => {
      await sandbox.command('faults', FAULTS_THAT_PASS);
      good.from = Date.now() / 1000;
      await plain(0);
      good.to = Date.now() / 1000;
      await playTrouble(sandbox, { post, plain }, END);
      await prometheus.scraped([JOB]);
    });

    it('they went as planned', async () => {
      assert.deepEqual(
        answers.map(({ status, body }) => [status, body.status]),
        [
          [200, 'ok'],
          [502, 'partial'],
          [200, 'ok'],
          [503, 'failed'],
          [502, 'partial'],
          [502, 'partial'],
          [200, 'ok'],
        ],
      );
      const met = (await sandbox.requests()).requests
        .filter(({ fault }) => fault !== null)
        .map(({ vendor, fault }) => `${vendor} ${String(fault)}`);
      assert.deepEqual([...new Set(met)].toSorted(), [
        'anodot partial-refusal',
        'anodot status',
        'anodot stored-no-answer',
        'newrelic cut',
        'sentry 429-rate',
        'sentry status',
      ]);
    });

    it('it knows each request that the vendors counted, by its status', async () => {
      const expected: Record<string, number> = {};
      for (const { vendor, status } of (await sandbox.requests()).requests) {
        const key = JSON.stringify({ status: status === null ? 'none' : String(status), vendor });
        expected[key] = (expected[key] ?? 0) + 1;
      }
      assert.deepEqual(sortedLabels(nonZero(await query('requests_total'))), sortedLabels(expected));
      assert.ok(
        ['429', '503', '401', '200', '202', 'none'].every((status) =>
          Object.keys(expected).some((key) => key.includes(`"${status}"`)),
        ),
        'there were all of them',
      );
    });

    it('it knows what was sent again, and how long a limit held it back', async () => {
      assert.deepEqual(await query('retries_total'), {
        '{"vendor":"anodot"}': 0,
        '{"vendor":"newrelic"}': 1,
        '{"vendor":"sentry"}': 2,
      });
      const waits = await query('limit_wait_seconds_total');
      assert.deepEqual([waits['{"vendor":"anodot"}'], waits['{"vendor":"newrelic"}']], [0, 0]);
      const { requests } = await sandbox.requests();
      const limited = requests.find(({ status }) => status === 429)!;
      const again = requests.find(
        ({ n, path, query: asked }) =>
          n > limited.n && path === limited.path && JSON.stringify(asked) === JSON.stringify(limited.query),
      )!;
      const waited = waits['{"vendor":"sentry"}']!;
      assert.ok(
        waited >= 1.9 && waited <= (again.at - limited.at) / 1000,
        `${String(waited)} s, of ${String(again.at - limited.at)} ms until it came again`,
      );
    });

    it('it knows each record that the vendors took, refused, or took without a word', async () => {
      const { newrelic, anodot } = await sandbox.received();
      const silent = anodot.raw.filter(({ fault }) => fault === 'stored-no-answer').map(({ n }) => n);
      const unknown = anodot.samples.filter(({ n }) => silent.includes(n)).length;
      const turnedAway = anodot.raw
        .filter(({ status }) => status === 401)
        .flatMap(({ body }) => JSON.parse(body) as unknown[]).length;
      const records =
        newrelic.events.filter(({ record }) => record['eventType'] !== 'SentryMonitorRun').length +
        newrelic.metrics.length;
      assert.ok(unknown > 0 && turnedAway > 0 && records > 0 && anodot.refused.length === 2);
      assert.deepEqual(
        sortedLabels(await query('items_total')),
        sortedLabels({
          '{"outcome":"accepted","sink":"anodot"}': anodot.samples.length - unknown,
          '{"outcome":"refused","sink":"anodot"}': 2,
          '{"outcome":"failed","sink":"anodot"}': turnedAway,
          '{"outcome":"uncertain","sink":"anodot"}': unknown,
          '{"outcome":"accepted","sink":"newrelic"}': records,
          '{"outcome":"refused","sink":"newrelic"}': 0,
          '{"outcome":"failed","sink":"newrelic"}': 0,
          '{"outcome":"uncertain","sink":"newrelic"}': 0,
        }),
      );
    });

    it('it knows how the plain runs ended, how long they took, and when one was well', async () => {
      assert.deepEqual(await query('runs_total'), {
        '{"outcome":"ok"}': 1,
        '{"outcome":"partial"}': 3,
        '{"outcome":"failed"}': 1,
      });
      assert.deepEqual(await query('run_duration_seconds_count'), {
        '{"outcome":"ok"}': 1,
        '{"outcome":"partial"}': 3,
        '{"outcome":"failed"}': 1,
      });
      const took = (await query('run_duration_seconds_sum'))['{"outcome":"ok"}']!;
      assert.ok(took >= 2 && took <= good.to - good.from, `${String(took)} s: it waited two for the limit`);
      const buckets = await query('run_duration_seconds_bucket');
      assert.deepEqual([buckets['{"le":"1","outcome":"ok"}'], buckets['{"le":"+Inf","outcome":"ok"}']], [0, 1]);
      const success = (await query('last_success_timestamp_seconds'))['{}']!;
      assert.ok(success >= good.from && success <= good.to + 30, `${String(success)} is the end of the good run`);
    });

    it('it knows gaps, faulty files and the clock of the source', async () => {
      // Five readings of the filter with a project that is not there, the repair among them.
      // Once neither filter could be read.
      assert.deepEqual(nonZero(await query('gaps_total')), {
        '{"reason":"project_not_found"}': 5,
        '{"reason":"not_answered"}': 2,
      });
      assert.deepEqual(await query('filter_faults'), { '{}': 2 }, 'name and top');
      assert.deepEqual(await query('corrections_total'), { '{"sink":"anodot"}': 0, '{"sink":"newrelic"}': 0 });
      const skew = (await query('clock_skew_seconds'))['{}']!;
      assert.ok(skew > BEHIND_S / 2 && skew < BEHIND_S * 2, `${String(skew)} s`);
    });

    itWith('pint', toolHere('pint'), 'finds nothing in the rules, though no server here has a ledger', async (pint) =>
      assert.equal(await pintObjections(pint, prometheus.url), ''),
    );

    it('promtool finds nothing to better', async () => {
      assert.equal(await promtool(await page()), '');
      assert.match(
        await promtool(`${await page()}# HELP bad_things_total x\n# TYPE bad_things_total gauge\nbad_things_total 1\n`),
        /^exit code [1-9][\s\S]*bad_things_total/,
        'it would say',
      );
    });
  });
});
