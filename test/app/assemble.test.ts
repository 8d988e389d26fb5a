import assert from 'node:assert/strict';
import { assemble, StartError, variables } from '../../src/app/assemble.ts';
import type { World } from '../../src/app/world.ts';
import type { RunSummary } from '../../src/core/model/results.ts';
import { mock } from '../support/build/http-mock.ts';
import { overOf, PLAIN } from '../support/build/listeners.ts';
import { filterOf, reportOf, WINDOW } from '../support/build/reports.ts';
import { createClock, gate } from '../support/time/clock.ts';
import { until } from '../support/time/until.ts';
import { API, details, issue, issueRows, projects, rows, totalRows, totals } from '../support/sentry/sentry.ts';

const TOKEN = 'sntrys_0123456789abcdef/+==';
const ENV = {
  TREND_BASELINES: 'off',
  SENTRY_SOURCE: 'table',
  SENTRY_ORG: 'acme',
  SENTRY_AUTH_TOKEN: TOKEN,
  NEW_RELIC_ACCOUNT_ID: '1',
  NEW_RELIC_LICENSE_KEY: 'license-0123456789',
  ANODOT_TOKEN: 'anodot-0123456789',
};
const FILTERS =
  'filters:\n  - { name: crm, projects: [crm-web] }\n  - { name: web, projects: [crm-web], searchTerms: [x], sinks: [anodot] }\n';
const EVENTS = 'https://insights-collector.newrelic.com/v1/accounts/1/events';
const SUMMARY: RunSummary = {
  outcome: 'ok',
  runId: 'run-1',
  window: WINDOW,
  durationMs: 1,
  filters: 1,
  failed: 0,
  incomplete: 0,
  faults: 0,
  sourceRequests: 1,
  corrections: 0,
  sinks: [],
  clockSkewMs: null,
  behind: null,
  server: 's',
  version: 'v',
};

interface Stage {
  readonly world: World;
  readonly lines: string[];
}

function worldOf(
  env: Record<string, string> = {},
  files: Record<string, string> = { 'config/filters.yaml': FILTERS },
): Stage {
  const clock = createClock((ms) => ms > 90_000 || ms === 250 || ms === 30_000);
  const lines: string[] = [];
  let ids = 0;
  const missing = (path: string): never => {
    throw Object.assign(new Error(`ENOENT ${path}`), { code: 'ENOENT' });
  };
  const disk = {
    statSync: (path: string) => (path in files ? { isDirectory: () => false, isFile: () => true } : missing(path)),
    readdirSync: missing,
    readFileSync: (path: string) => (path in files ? Buffer.from(files[path]!) : missing(path)),
  };
  const world: World = {
    env: { ...ENV, ...env },
    disk: disk,
    ...clock,
    uuid: () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`,
    random: () => 0,
    out: { write: (line) => lines.push(line) },
    server: 'host-1',
    version: '1.2.3',
    shutdown: new AbortController().signal,
  };
  return { world, lines };
}

function faultsOf(env: Record<string, string>, files?: Record<string, string>): readonly string[] {
  try {
    assemble(worldOf(env, files).world);
  } catch (error) {
    if (error instanceof StartError) return error.faults;
    throw error;
  }
  return [];
}

describe('the parts', () => {
  it('are made from settings and filters, without touching the network or the log', () => {
    const { world, lines } = worldOf();
    const parts = assemble(world);
    assert.deepEqual(
      [parts.source.name, parts.sinks.map(({ name }) => name), parts.filters.filters.map(({ name }) => name), lines],
      ['sentry', ['anodot', 'newrelic'], ['crm', 'web'], []],
    );
  });

  it('are those that SINKS names', () => {
    assert.deepEqual(
      assemble(worldOf({ SINKS: 'anodot' }).world).sinks.map(({ name }) => name),
      ['anodot'],
    );
  });

  it('have no secret in what corrects a sink, as in nothing else that it is told', () => {
    const secret = 'label-holds-license-0123456789';
    const { sinks } = assemble(worldOf().world);
    const report = reportOf({ revision: 1, filter: filterOf({ projects: ['crm-web'], labels: { note: secret } }) });
    const items = sinks.find(({ name }) => name === 'newrelic')!.encodeCorrection!({ totals: [] }, report);
    assert.deepEqual(
      [
        items.length > 0,
        JSON.stringify(items).includes('license-0123456789'),
        JSON.stringify(items).includes('label-holds-***'),
      ],
      [true, false, true],
    );
  });

  it('mask the secrets of every part, in log and answers', () => {
    const { world, lines } = worldOf({ TRIGGER_TOKEN: 'trigger-0123456789, second-0123456789' });
    const { log, redact } = assemble(world);
    const secrets = [TOKEN, 'license-0123456789', 'anodot-0123456789', 'trigger-0123456789', 'second-0123456789'];
    log.info({ secrets }, 'all');
    assert.equal(redact(secrets.join(' ')), '*** *** *** *** ***');
    for (const secret of secrets) assert.ok(!lines.join('').includes(secret));
  });

  it('may have their secrets from files', () => {
    const { world } = worldOf(
      { SENTRY_AUTH_TOKEN: '', SENTRY_AUTH_TOKEN_FILE: '/run/secrets/sentry' },
      { 'config/filters.yaml': FILTERS, '/run/secrets/sentry': `${TOKEN}\n` },
    );
    assert.equal(assemble(world).redact(TOKEN), '***');
  });

  it('mask an address that is a secret, and the key in it alone', () => {
    const { redact } = assemble(
      worldOf({
        HEARTBEAT_URL: 'https://hc.example.com/my-check/5ab0d0c4-1111-4222-8333-444455556666/?k=AbcdEfghIjklMnopQrst',
      }).world,
    );
    assert.equal(
      redact(
        'at https://hc.example.com/my-check/5ab0d0c4-1111-4222-8333-444455556666/?k=AbcdEfghIjklMnopQrst or /my-check/5ab0d0c4-1111-4222-8333-444455556666/fail, k AbcdEfghIjklMnopQrst at hc.example.com',
      ),
      'at *** or /my-check/***/fail, k *** at hc.example.com',
    );
    assert.equal(assemble(worldOf().world).redact('/src/ledger/sql'), '/src/ledger/sql');
  });

  it('know every variable once', () => {
    const names = variables.map(({ env }) => env);
    assert.equal(new Set(names).size, names.length);
    for (const name of ['PORT', 'SENTRY_ORG', 'NEW_RELIC_REGION', 'ANODOT_EVENTS_AS'])
      assert.ok(names.includes(name), name);
  });
});

describe('parts that cannot be made', () => {
  it('correct only sinks that are enabled and can be corrected', () => {
    const ledger = { LEDGER_URL: 'sqlite:x.db' };
    assert.deepEqual(faultsOf({ ...ledger, RECOUNT_SINKS: 'newrelic,anodot' }), []);
    assert.deepEqual(faultsOf({ ...ledger, SINKS: 'anodot' }), [], 'the default may name a sink that is not enabled');
    assert.deepEqual(faultsOf({ ...ledger, RECOUNT_SINKS: 'newrelic,statsd' }), [
      'RECOUNT_SINKS: "statsd" is no sink that is enabled; there are anodot, newrelic',
    ]);
    assert.deepEqual(faultsOf({ ...ledger, SINKS: 'anodot', RECOUNT_SINKS: 'newrelic' }), [
      'RECOUNT_SINKS: "newrelic" is no sink that is enabled; there are anodot',
    ]);
    assert.deepEqual(faultsOf({ ...ledger, RECOUNT_SINKS: 'anodot', ANODOT_EVENTS_AS: 'gauge' }), [
      'RECOUNT_SINKS: anodot cannot be corrected: Anodot averages what a gauge gets twice; set ANODOT_EVENTS_AS=counter, or leave anodot out',
    ]);
  });

  it('say everything that is wrong at once: settings, source, sinks and filters', () => {
    const faults = faultsOf({ PORT: 'x', SENTRY_ORG: '', NEW_RELIC_LICENSE_KEY: '', ANODOT_EVENTS_AS: 'sum' }, {});
    assert.deepEqual(
      faults.map((fault) => fault.split(':')[0]),
      ['PORT', 'SENTRY_ORG', 'ANODOT_EVENTS_AS', 'NEW_RELIC_LICENSE_KEY', 'config/filters.yaml'],
    );
  });

  it('without any sink say so, unless it is a dry run', () => {
    const none = { NEW_RELIC_ACCOUNT_ID: '', NEW_RELIC_LICENSE_KEY: '', ANODOT_TOKEN: '', SINKS: '' };
    const filters = { 'config/filters.yaml': 'filters:\n  - { name: crm, projects: [crm-web] }\n' };
    assert.deepEqual(
      faultsOf(none, filters).map((fault) => fault.split(':')[0]),
      ['SINKS'],
    );
    assert.deepEqual(faultsOf({ ...none, DRY_RUN: 'true' }, filters), []);
  });

  it('of filters that a source or sink cannot serve name file and line', () => {
    const files = { 'config/filters.yaml': 'filters:\n  - name: crm\n    projects: [crm-web]\n    tags: [value]\n' };
    assert.deepEqual(faultsOf({}, files), [
      'config/filters.yaml:4: tags: the tag value would hide a field of ours in New Relic (value); leave it out',
    ]);
  });

  it('of a sink that a filter does not use do not ask that sink', () => {
    const files = {
      'config/filters.yaml':
        'filters:\n  - name: crm\n    projects: [crm-web]\n    tags: [value]\n    sinks: [anodot]\n',
    };
    assert.deepEqual(faultsOf({}, files), []);
  });

  it('leave an error of ours as it is', () => {
    const { world } = worldOf();
    assert.throws(
      () => assemble({ ...world, env: null as never }),
      (error: Error) => !(error instanceof StartError),
    );
  });
});

describe('the parts together', () => {
  it('read, send and remember: one post to each sink, and a debug run that sends nothing', async () => {
    const { world, lines } = worldOf({ LOG_LEVEL: 'info' });
    const { runner, filters } = assemble(world);
    projects();
    totals({}, totalRows([11, 1, 1]), totalRows([11, 1, 1]));
    totals({ query: 'message:"x"' }, totalRows(), totalRows());
    rows({}, issueRows([1, 11, 1, 1]), issueRows([1, 11, 1, 1]));
    rows({ query: 'message:"x"' }, issueRows(), issueRows());
    details(['1'], ['11'], { body: [issue('1')] });
    const events = mock({ method: 'POST', url: EVENTS }, { body: { success: true, uuid: 'u' } });
    const metrics = mock(
      { method: 'POST', url: 'https://metric-api.newrelic.com/metric/v1' },
      { status: 202, body: { requestId: 'r' } },
    );
    const anodot = mock(
      {
        method: 'POST',
        url: 'https://app.anodot.com/api/v1/metrics',
        query: [
          ['token', 'anodot-0123456789'],
          ['protocol', 'anodot20'],
        ],
      },
      { body: { errors: [] } },
    );
    const order = { filters: filters.filters, window: WINDOW, windowGiven: false };
    const debug = await runner.run({ ...order, kind: 'debug' }, 'run-1');
    assert.deepEqual([events.length, metrics.length, anodot.length], [0, 0, 0]);
    const real = await runner.run({ ...order, kind: 'repair' }, 'run-2');
    const shown = debug.reports
      .flatMap(({ sinks }) => Object.values(sinks))
      .flatMap((receipt) => (receipt.status === 'skipped' ? receipt.items.map(({ body }) => body) : []));
    const sent = [
      ...(events[0]!.body as object[]),
      ...(metrics[0]!.body as [{ metrics: object[] }])[0].metrics,
      ...(anodot[0]!.body as object[]),
    ];
    const sorted = (all: readonly object[]): string[] => all.map((it) => JSON.stringify(it)).toSorted();
    assert.deepEqual(sorted(sent), sorted(shown));
    assert.deepEqual(
      real.reports.map(({ sinks }) => Object.entries(sinks).map(([name, { status }]) => [name, status])),
      [
        [
          ['anodot', 'sent'],
          ['newrelic', 'sent'],
        ],
        [['anodot', 'sent']],
      ],
    );
    const again = await runner.run({ ...order, kind: 'repair' }, 'run-3');
    assert.deepEqual(
      again.reports.map(({ sinks }) => Object.values(sinks).map(({ status }) => status)),
      [['sent before', 'sent before'], ['sent before']],
    );
    for (const line of lines) assert.match(line, /"run":"run-[123]"/);
  });

  it('tell New Relic of a run, and log an observer that broke', async () => {
    const { world, lines } = worldOf();
    const { listeners } = assemble(world);
    mock({ method: 'POST', url: EVENTS }, { body: { success: true, uuid: 'u-7' } });
    await listeners.ended(PLAIN, 'run-1', overOf(SUMMARY));
    assert.ok(
      lines.some((line) => line.includes('heartbeat sent') && line.includes('"run":"run-1"') && line.includes('u-7')),
    );
    const broken = worldOf();
    await assemble({
      ...broken.world,
      uuid: () => {
        throw new Error('no ids');
      },
    }).listeners.ended(PLAIN, 'run-1', overOf(SUMMARY));
    assert.ok(
      broken.lines.some(
        (line) => line.includes('observer broke') && line.includes('no ids') && line.includes('heartbeat'),
      ),
    );
  });

  it('tell nobody without New Relic', async () => {
    await assemble(worldOf({ SINKS: 'anodot' }).world).listeners.ended(PLAIN, 'run-1', overOf(SUMMARY));
  });

  it('give up an observer after half a minute', async () => {
    const { world } = worldOf();
    const clock = createClock(() => true);
    let asked = 0;
    mock({ method: 'POST', url: EVENTS }, () => (asked++, new Promise<never>(() => undefined)));
    const told = assemble({ ...world, ...clock }).listeners.ended(PLAIN, 'run-1', overOf(SUMMARY));
    await until('a request comes', () => asked === 1);
    clock.advance(29_999);
    await gate();
    clock.advance(1);
    await told;
    assert.deepEqual(clock.slept, [30_000]);
  });

  it('open scopes outside runs, which end at their limit or with the server', () => {
    const shutdown = new AbortController();
    const { openScope } = assemble({ ...worldOf().world, shutdown: shutdown.signal });
    const scope = openScope('start', 100_000);
    assert.equal(scope.signal.aborted, false);
    shutdown.abort();
    assert.equal(scope.signal.aborted, true);
    scope.close();
    assert.ok(API.endsWith('/acme'));
  });
});
