import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventsOf, startCollector } from '../support/apm/collector.ts';
import { buildSite, endBuilt, PROCFILE, type Site, startBuilt } from '../support/production/built.ts';
import { until } from '../support/time/until.ts';
import type { Json } from '../support/e2e/json.ts';
import { lastEnds, postEnd } from '../support/ledger/windows.ts';
import { endProcesses, startProcess, ROOT } from '../support/process/processes.ts';
import { fillTwoProjects, type RemoteSandbox, startRemoteSandbox } from '../support/process/services.ts';
import { folder } from '../support/process/temp-folder.ts';
import { type FilterSpec, postRun, settingsFor } from '../support/e2e/service.ts';
import { freshDatabase } from '../support/ledger/postgres.ts';
import { look } from '../support/pages/read-page.ts';
import { faultsOfScript } from '../support/pages/script-text.ts';

const FILTERS: readonly FilterSpec[] = [{ name: 'shop', projects: ['web', 'api'] }];

describe('a production build', () => {
  let site: Site;
  let sandbox: RemoteSandbox;
  const [end = 0] = lastEnds(1);

  before(async () => {
    site = await buildSite();
  });
  beforeEach(async () => {
    sandbox = await startRemoteSandbox();
    await fillTwoProjects(sandbox, end);
  });
  afterEach(endProcesses);
  after(() => site.remove());

  const sourceAt = (trace: string, name: string): string => {
    const [, file, line] =
      new RegExp(`at (?:async )?${name} \\((src/[^:]+\\.ts):(\\d+):\\d+\\)`).exec(trace) ?? assert.fail(trace);
    return readFileSync(join(ROOT, file!), 'utf8').split('\n')[Number(line) - 1]!;
  };

  it('serves without any package: lives, counts, and ends by SIGTERM', async () => {
    const service = await startBuilt(site, sandbox, FILTERS);
    const { status } = await fetch(`${service.url}/healthz`, { headers: { connection: 'close' } });
    const run = await postRun(service.url, `?debug=true&end=${new Date(end).toISOString()}`);
    const sent = await postEnd(service, end);

    assert.ok(!existsSync(site.file('node_modules')) && !existsSync(site.file('src')));
    assert.deepEqual([status, run.status, sent.status], [200, 200, 200], run.text);
    assert.deepEqual(
      run.body.reports[0].totals.map(({ project, events }: Json) => [project, events]),
      [
        ['web', 34],
        ['api', 11],
      ],
    );
    assert.equal((await sandbox.received()).newrelic.events.length > 0, true);
    assert.equal(await endBuilt(service), 0, service.err());
    assert.equal(service.err(), '');
  });

  it('loads no part that is not wanted', async () => {
    const files = folder({ loaded: '' });
    const service = await startBuilt(site, sandbox, FILTERS, {
      preload: join(ROOT, 'test/support/process/preload-loaded.cjs'),
      LOADED: files.file('loaded'),
    });
    assert.equal((await postRun(service.url, '?debug=true')).status, 200);
    assert.equal((await look(service.url)).status, 200);
    assert.equal(await endBuilt(service), 0);

    const loaded = readFileSync(files.file('loaded'), 'utf8');
    files.remove();
    assert.match(loaded, /\/dist\/main\.js\n/, 'modules are listed');
    assert.match(loaded, /NativeModule http\n/, "Node's own are listed");
    assert.doesNotMatch(
      loaded,
      /main-(ledger|migrate|migrator|postgres|sqlite|sql)-|newrelic|\/undici\/|http2|node:sqlite/,
    );
  });

  it('has compiled code that fits how it is started, also where it was moved to', async () => {
    const service = await startBuilt(site, sandbox, FILTERS, { NODE_DEBUG_NATIVE: 'COMPILE_CACHE' }).catch(
      (error: unknown) => error as Error,
    );
    assert.match(
      service instanceof Error ? service.message : service.out() + service.err(),
      /V8 code cache for ESM file:\S+\/served\/dist\/main\.js was accepted/,
    );
  });

  it('starts where compiled code cannot be kept, and where it is broken', async () => {
    const cache = site.file('dist/.cache');
    for (const file of readdirSync(cache, { recursive: true, withFileTypes: true }).filter((it) => it.isFile()))
      writeFileSync(join(file.parentPath, file.name), 'no code');
    assert.equal(await endBuilt(await startBuilt(site, sandbox, FILTERS)), 0);
    rmSync(cache, { recursive: true });
    writeFileSync(cache, 'not a folder');
    assert.equal(await endBuilt(await startBuilt(site, sandbox, FILTERS)), 0);
    rmSync(cache);
  });

  it('names the lines of the source when it crashes', async () => {
    const service = await startBuilt(site, sandbox, FILTERS, {
      preload: join(ROOT, 'test/support/process/preload-close-breaks.cjs'),
    });
    assert.equal(await endBuilt(service), 1);

    const { msg, error } = service.log().at(-1)!;
    assert.equal(msg, 'crashed');
    assert.match(error, /^TypeError: close-marker\n/);
    assert.match(sourceAt(error, 'stop'), /await close\(\)/);
    assert.doesNotMatch(error, /\/dist\//);
  });

  for (const [kind, open] of [
    ['SQLite', sqlite],
    ['PostgreSQL', postgres],
  ] as const) {
    it(`remembers in ${kind}, and draws a chart of it`, async () => {
      const database = await open();
      const service = await startBuilt(site, sandbox, FILTERS, { LEDGER_URL: database.url });
      const statuses = [await postEnd(service, end), await postEnd(service, end)].map(({ status, body }) => [
        status,
        body.reports[0].sinks.newrelic.status as string,
      ]);
      const { text } = await look(service.url, '/filters/shop');
      const script = await look(service.url, '/page.js');
      assert.equal(await endBuilt(service), 0);
      await database.drop();

      assert.deepEqual(statuses, [
        [200, 'sent'],
        [200, 'sent before'],
      ]);
      assert.match(text, /<svg class="drawn /);
      assert.deepEqual(faultsOfScript(script.text), []);
    });
  }

  it('logs coloured lines for people', async () => {
    const service = await startBuilt(site, sandbox, FILTERS, { LOG_FORMAT: 'pretty' });
    assert.match(service.out(), /\x1b\[32mINFO\x1b\[39m: \x1b\[36mlistening\x1b\[39m\n/);
    assert.equal(await endBuilt(service), 0);
  });

  it("is watched by New Relic's agent where that is installed, and says so where it is not", async () => {
    const wanted = {
      NEW_RELIC_ENABLED: 'true',
      NEW_RELIC_TRACER_THRESHOLD: '0.001',
      NEW_RELIC_LICENSE_KEY: 'f00d0123456789abcdef0123456789abcdefNRAL',
    };
    const bare = await startBuilt(site, sandbox, FILTERS, wanted);
    assert.deepEqual(
      bare
        .log()
        .filter(({ msg }) => msg === 'no APM')
        .map(({ why }) => why as string),
      ['the package newrelic cannot be loaded (MODULE_NOT_FOUND); run npm install newrelic'],
    );
    assert.equal(await endBuilt(bare), 0);

    const collector = await startCollector();
    const files = folder({ 'ca.pem': collector.cert });
    mkdirSync(site.file('node_modules'));
    symlinkSync(join(ROOT, 'node_modules/newrelic'), site.file('node_modules/newrelic'));
    const service = await startBuilt(site, sandbox, FILTERS, { ...wanted, ...collector.env(files.file('ca.pem')) });
    await until('the agent is connected', () => collector.of('connect').length > 0);
    await postRun(service.url);
    assert.equal(await endBuilt(service), 0);
    rmSync(site.file('node_modules'), { recursive: true });
    files.remove();
    await collector.close();

    assert.deepEqual(
      eventsOf(collector, 'analytic_event_data').map(({ own }) => own['name']),
      ['OtherTransaction/sentry-monitor/run'],
    );
    assert.match(
      collector.of('transaction_sample_data')[0]!.texts.join('\n'),
      /External\/127\.0\.0\.1:\d+\/api\/v1\/metrics/,
      'requests are seen',
    );
  });

  it('has every command', async () => {
    const files = folder({ 'filters.yaml': 'filters:\n  - { name: shop, projects: [web] }\n' });
    const call = async (
      args: readonly string[],
      env: Readonly<Record<string, string>> = {},
    ): Promise<readonly [number | null, string]> => {
      const it = startProcess(
        ['bin/sentry-monitor.js', ...args],
        { ...settingsFor(sandbox), FILTERS: files.file('filters.yaml'), ...env },
        site.path,
      );
      return [(await it.end()).code, it.out() + it.err()];
    };
    const [help, wrong, check, board, demo] = await Promise.all([
      call(['help']),
      call(['such']),
      call(['check']),
      call(['dashboard', 'newrelic']),
      call(['demo']),
    ]);
    files.remove();

    assert.deepEqual([help[0], wrong[0], check[0], board[0], demo[0]], [0, 2, 0, 0, 0], demo[1]);
    assert.match(help[1], /\n {2}demo {7}the service against a sandbox/);
    assert.match(board[1], /"pages"/);
    assert.match(demo[1], /4\. What arrived at the sandbox, counted there\n {3}New Relic {2}74 events/);
  });

  it('keeps the notices of what was built in', () => {
    const notices = site.text('dist/licenses.txt');
    for (const name of ['express', 'axios', 'pino', 'zod', 'yaml', 'kysely', 'pg', 'prom-client'])
      assert.match(notices, new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(`, 'm'));
    assert.match(notices, /Permission is hereby granted, free of charge/);
    assert.match(notices, /The Inter Project Authors/, 'the letters of pictures');
  });

  it('starts with the flags for which its code was compiled', () =>
    assert.deepEqual(PROCFILE.slice(-3), ['-r', './apm.cjs', 'bin/service.js']));
});

interface Store {
  readonly url: string;
  drop(): Promise<void>;
}

async function sqlite(): Promise<Store> {
  const files = folder({});
  return { url: `sqlite:${files.file('ledger.db')}`, drop: async () => files.remove() };
}

function postgres(): Promise<Store> {
  return freshDatabase();
}
