import assert from 'node:assert/strict';
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Json } from '../support/e2e/json.ts';
import { filtersText, postRun } from '../support/e2e/service.ts';
import { look, textIn } from '../support/pages/read-page.ts';
import { endProcesses } from '../support/process/processes.ts';
import {
  fillTwoProjects,
  type RemoteSandbox,
  type RemoteService,
  startRemoteSandbox,
  startRemoteService,
} from '../support/process/services.ts';
import { folder } from '../support/process/temp-folder.ts';
import { until } from '../support/time/until.ts';

const WEB = filtersText([{ name: 'web', projects: ['web'] }]);
const API = filtersText([{ name: 'api', projects: ['api'] }]);
const BOTH = filtersText([
  { name: 'web', projects: ['web'] },
  { name: 'api', projects: ['api'] },
]);
const BROKEN = '{ "filters": [\n { "name": "web", "projects": [] } ] }';
const SINCE = /; the text of \d\d:\d\d UTC on \d{4}-\d\d-\d\d is in force$/;

describe('filters that change under a running server', () => {
  let sandbox: RemoteSandbox;
  let place: ReturnType<typeof folder>;
  let query: string;
  beforeEach(async () => {
    sandbox = await startRemoteSandbox();
    const now = Date.now();
    query = `?at=${Math.floor(now / 1000)}`;
    await fillTwoProjects(sandbox, Math.floor((now - 120_000) / 300_000) * 300_000);
  });
  afterEach(async () => {
    await endProcesses();
    place.remove();
  });

  const serve = (path: string, env: Readonly<Record<string, string>> = {}): Promise<RemoteService> =>
    startRemoteService(sandbox, [], { FILTERS: path, ...env });
  const lines = (service: RemoteService, text: string): readonly Json[] =>
    service.log().filter(({ msg }) => msg === text);
  /** Resolves when it has read its filters again. */
  const hangUp = async (service: RemoteService): Promise<void> => {
    const count = (): number =>
      lines(service, 'filters replaced').length + lines(service, 'filters read again, nothing changed').length;
    const before = count();
    service.child.kill('SIGHUP');
    await until('it has read its filters again', () => count() > before);
  };
  const ready = async ({ url }: RemoteService): Promise<Json> => JSON.parse((await look(url, '/readyz')).text);
  const metric = async ({ url }: RemoteService, name: string): Promise<number> =>
    Number(new RegExp(`^sentry_monitor_${name} (.*)$`, 'm').exec((await look(url, '/metrics')).text)![1]);
  const reported = async (service: RemoteService): Promise<readonly string[]> =>
    (await postRun(service.url, query)).body.reports.map(({ filter }: Json) => filter as string);

  it('SIGHUP: at once; new ones are vetted, looked up, posted for and shown', async () => {
    place = folder({ 'f.yaml': WEB });
    const service = await serve(place.file('f.yaml'));
    const began = Date.now();
    assert.equal((await postRun(service.url, `${query}&filter=api`)).status, 400);
    writeFileSync(place.file('f.yaml'), BOTH.replace('"api"\n   ]', '"api", "nobody"\n   ]'));
    await hangUp(service);
    assert.deepEqual(
      lines(service, 'filters replaced').map(({ files, filters, added, changed, removed }) => [
        files,
        filters,
        added,
        changed,
        removed,
      ]),
      [[1, 2, ['api'], [], []]],
    );
    await until('its projects are looked up', () =>
      lines(service, 'mend this').some((line) => JSON.stringify(line).includes('no project nobody')),
    );
    assert.deepEqual(await reported(service), ['web', 'api']);
    assert.equal((await look(service.url, '/filters/api')).status, 200);
    assert.match((await look(service.url)).text, /data-filter="api"/);
    const { status, filters } = await ready(service);
    assert.deepEqual([status, filters.files, filters.rejected], ['ready', 1, 0]);
    assert.ok(Date.parse(filters.loadedAt as string) >= began - 1);
    assert.ok(Math.abs((await metric(service, 'filters_loaded_timestamp_seconds')) * 1000 - Date.now()) < 60_000);
    await hangUp(service);
    assert.equal(lines(service, 'filters read again, nothing changed').length, 1);
  });

  it('a bad new file: the old text stays in force, and log, answer, page, metrics, readyz and heartbeat say so', async () => {
    place = folder({ 'a.yaml': WEB, 'b.yaml': API });
    const service = await serve(place.path);
    writeFileSync(place.file('a.yaml'), BROKEN);
    writeFileSync(place.file('c.yaml'), '{ "filters": [ 1 ] }');
    await hangUp(service);
    const { status, body } = await postRun(service.url, query);
    assert.deepEqual(
      [status, body.reports.map(({ filter, totals }: Json) => [filter, totals[0].events])],
      [
        200,
        [
          ['web', 34],
          ['api', 11],
        ],
      ],
    );
    assert.deepEqual(
      body.faults.map(({ filters }: Json) => filters),
      [`${place.path}/a.yaml:2`, `${place.path}/c.yaml:1`],
    );
    assert.match(body.faults[0].error as string, SINCE);
    assert.doesNotMatch(body.faults[1].error as string, SINCE);
    const [kept] = lines(service, 'filters file not taken');
    assert.equal(kept['filters'], `${place.path}/a.yaml:2`);
    assert.match(kept['error'] as string, SINCE);
    assert.equal(lines(service, 'filters file left out').length, 1);
    const page = textIn((await look(service.url)).text);
    assert.match(page, /1 filters file is left out: [^ ]*c\.yaml:1\./);
    assert.match(page, /Not taken: [^ ]*a\.yaml:2; the text of \d\d:\d\d UTC is in force\./);
    assert.equal(await metric(service, 'filter_faults'), 2);
    const { status: health, filters } = await ready(service);
    assert.deepEqual([health, filters.files, filters.rejected], ['degraded', 2, 2]);
    await until('the heartbeat says how many', async () =>
      (await sandbox.received()).newrelic.events.some(({ record }) => record['faults'] === 2),
    );
    writeFileSync(place.file('a.yaml'), WEB);
    rmSync(place.file('c.yaml'));
    await hangUp(service);
    assert.deepEqual(
      [
        (await postRun(service.url, query)).body.faults,
        (await ready(service)).status,
        await metric(service, 'filter_faults'),
      ],
      [[], 'ready', 0],
    );
  });

  it('a run in hand finishes with the filters it began with', async () => {
    place = folder({ 'f.yaml': BOTH });
    const service = await serve(place.file('f.yaml'));
    await sandbox.command('faults', { vendor: 'sentry', endpoint: 'events-table', kind: 'slow', ms: 1_500 });
    const running = postRun(service.url, query);
    await until('it is under way', async () =>
      (await sandbox.requests()).requests.some(({ fault }) => fault === 'slow'),
    );
    writeFileSync(place.file('f.yaml'), BROKEN.replace('[] ', '["web"] '));
    await hangUp(service);
    assert.equal((await postRun(service.url, `${query}&filter=api`)).status, 400, 'the next ones have the new ones');
    const { status, body } = await running;
    assert.deepEqual([status, body.reports.map(({ filter }: Json) => filter)], [200, ['web', 'api']]);
  });

  it('STRICT_FILTERS: any fault leaves everything as it was', async () => {
    place = folder({ 'a.yaml': WEB });
    const service = await serve(place.path, { STRICT_FILTERS: 'true' });
    writeFileSync(place.file('b.yaml'), API);
    writeFileSync(place.file('c.yaml'), BROKEN);
    await hangUp(service);
    const { body } = await postRun(service.url, query);
    assert.deepEqual(
      body.reports.map(({ filter }: Json) => filter),
      ['web'],
    );
    assert.match(body.faults[0].error as string, /; the filters of \d\d:\d\d UTC on [\d-]+ are in force$/);
    assert.equal((await ready(service)).filters.files, 1);
  });

  it('without any signal: a file that is replaced by rename, one that is half written, one that is gone', async () => {
    place = folder({ 'a.yaml': WEB, 'b.yaml': API });
    const service = await serve(place.path);
    writeFileSync(place.file('.a.yaml.tmp'), WEB.replace('"web"', '"shop"'));
    renameSync(place.file('.a.yaml.tmp'), place.file('a.yaml'));
    await until('it is replaced', async () => (await reported(service)).join() === 'shop,api');
    writeFileSync(place.file('a.yaml'), BOTH.slice(0, 60));
    await until('a half is a fault', async () => (await ready(service)).status === 'degraded');
    assert.deepEqual(await reported(service), ['shop', 'api']);
    writeFileSync(place.file('a.yaml'), WEB);
    rmSync(place.file('b.yaml'));
    await until('the whole is read, and the other is gone', async () => (await reported(service)).join() === 'web');
    assert.deepEqual(
      lines(service, 'filters file is gone, and its filters with it').map(({ file, filters }) => [file, filters]),
      [[`${place.path}/b.yaml`, ['api']]],
    );
    rmSync(place.path, { recursive: true });
    await until('nothing is there any more', async () => (await ready(service)).status === 'degraded');
    assert.deepEqual(await reported(service), ['web']);
    mkdirSync(place.path);
  });

  it('without any signal: a ConfigMap, whose folder is swapped behind its links', async () => {
    place = folder({});
    const write = (version: string, text: string): void => {
      mkdirSync(place.file(version));
      writeFileSync(join(place.file(version), 'a.yaml'), text);
      symlinkSync(version, place.file('..data_tmp'));
      renameSync(place.file('..data_tmp'), place.file('..data'));
    };
    write('..2026_11_20_10', WEB);
    symlinkSync('..data/a.yaml', place.file('a.yaml'));
    const service = await serve(place.path);
    assert.deepEqual(await reported(service), ['web']);
    write('..2026_11_20_11', BOTH);
    rmSync(place.file('..2026_11_20_10'), { recursive: true });
    await until('it is read', async () => (await reported(service)).join() === 'web,api');
    assert.equal(lines(service, 'filters file left out').length, 0);
  });
});
