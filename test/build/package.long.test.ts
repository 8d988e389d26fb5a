import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filtersText } from '../support/e2e/service.ts';
import { endProcesses, ROOT } from '../support/process/processes.ts';
import { startAsTyped } from '../support/process/stopping.ts';
import { copyOfRepository, newPlace, type Place } from '../support/production/copy.ts';

const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };

/** What whoever writes for Node has. */
const NODE_TYPES = join(ROOT, 'node_modules/@types');

/** A plug-in as its writer begins it, outside of our repository. */
const PLUGIN = `
import type { PluginSpec, SinkPlugin } from 'sentry-monitor/integrations/plugin';
import type { Sink } from 'sentry-monitor/core/ports/sink';
import type { Item, Outcome } from 'sentry-monitor/core/model/item';
export const sink = (name: string): Pick<Sink, 'name' | 'repeatSafe'> => ({ name, repeatSafe: true });
export const keys = (items: readonly Item[]): readonly string[] => items.map(({ key }) => key);
export const isIn = (outcome: Outcome): boolean => outcome.status === 'accepted';
export type Mine = PluginSpec<Sink, { url: string }>;
export const variables = (it: SinkPlugin): readonly string[] => it.variables.map(({ env }) => env);
`;

describe('the npm package', function () {
  this.timeout(240_000);
  let source: Place;
  let place: Place;
  let packed: string;

  before(async () => {
    source = copyOfRepository({ withPackages: true });
    place = newPlace();
    const ours = readFileSync(source.file('package.json'), 'utf8');
    const { code, stdout, stderr } = await source.call('npm', ['pack', '--json', '--pack-destination', place.path]);
    assert.equal(code, 0, stderr);
    packed = stdout;
    assert.equal(readFileSync(source.file('package.json'), 'utf8'), ours, 'package.json is ours again');
    writeFileSync(place.file('package.json'), '{ "name": "acme", "private": true, "type": "module" }');
    const install = ['install', '--offline', '--no-audit', '--no-fund', `./sentry-monitor-${version}.tgz`];
    const installed = await place.call('npm', install);
    assert.equal(installed.code, 0, installed.stderr);
    assert.doesNotMatch(installed.stderr, /npm warn/i);
  });
  afterEach(endProcesses);
  after(() => {
    source.remove();
    place.remove();
  });

  it('holds the build and its types, no source, no test, and nothing of this machine', () => {
    const [{ files, unpackedSize }] = JSON.parse(packed) as [{ files: { path: string }[]; unpackedSize: number }];
    const paths = files.map(({ path }) => path);
    for (const path of ['bin/sentry-monitor.js', 'dist/main.js', 'dist/cli.js', 'dist/types/integrations/plugin.d.ts'])
      assert.ok(paths.includes(path), path);
    for (const path of ['.env.example', 'config/filters.example.yaml', 'contrib/trigger.sh', 'README.md', 'LICENSE'])
      assert.ok(paths.includes(path), path);
    assert.deepEqual(
      paths.filter((path) => /^(src|test|sandbox|build|node_modules)\/|\.cache|\.env$|built-from/.test(path)),
      [],
    );
    assert.ok(unpackedSize < 24e6, String(unpackedSize));
  });

  it('says which Node it needs, and nothing of how it is made', () => {
    const file = place.file('node_modules/sentry-monitor/package.json');
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    assert.deepEqual(manifest['engines'], { node: '>=24' });
    for (const key of ['private', 'scripts', 'dependencies', 'devDependencies', 'optionalDependencies', 'allowScripts'])
      assert.ok(!(key in manifest), key);
  });

  it('needs no other package', () =>
    assert.deepEqual(
      readdirSync(place.file('node_modules')).filter((name) => !name.startsWith('.')),
      ['sentry-monitor'],
    ));

  it('shows the demo by npx', async () => {
    const { code, stdout, stderr } = await place.call('npx', ['--no', 'sentry-monitor', 'demo']);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /4\. What arrived at the sandbox, counted there\n {3}New Relic {2}74 events/);
  });

  it('reads .env of the folder where it is called, and what is set wins', async () => {
    mkdirSync(place.file('own'));
    writeFileSync(place.file('own/filters.yaml'), filtersText([{ name: 'web', projects: ['web'] }]));
    const lines = ['FILTERS=own/filters.yaml', 'SENTRY_ORG=acme', 'SENTRY_AUTH_TOKEN=token-0123456789', 'DRY_RUN=true'];
    writeFileSync(place.file('.env'), `${lines.join('\n')}\n`);
    const check = (env = {}): Promise<{ code: number | null; stdout: string }> =>
      place.call('npx', ['--no', 'sentry-monitor', 'check'], { env });
    const [read, over] = [await check(), await check({ FILTERS: 'own/none.yaml' })];
    assert.deepEqual([read.code, over.code], [0, 1], read.stdout + over.stdout);
    assert.match(read.stdout, /^settings ok/);
    assert.match(over.stdout, /own\/none\.yaml/);
  });

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    it(`serves, and ${signal} ends it well`, async () => {
      const { PATH = '' } = place.env();
      const started = await startAsTyped(['node_modules/.bin/sentry-monitor', 'serve'], {
        cwd: place.path,
        env: { PATH },
      });
      assert.deepEqual(await started.stop(signal), { code: 0, signal: null });
      assert.match(started.said(), /"msg":"stopped"/);
    });
  }

  it('tells a plug-in its types', async () => {
    writeFileSync(place.file('plugin.ts'), PLUGIN);
    writeFileSync(place.file('wrong.ts'), PLUGIN.replace("=== 'accepted'", "=== 'taken'"));
    const options = { noEmit: true, strict: true, module: 'nodenext', types: ['node'], typeRoots: [NODE_TYPES] };
    const files = ['plugin.ts', 'wrong.ts'];
    writeFileSync(place.file('tsconfig.json'), JSON.stringify({ compilerOptions: options, files }));
    const { stdout } = await place.call(process.execPath, [join(ROOT, 'node_modules/typescript-7/bin/tsc')]);
    const faults = stdout.split('\n').filter((line) => line.includes('error TS'));
    assert.equal(faults.length, 1, stdout);
    assert.match(faults[0]!, /^wrong\.ts\(.* have no overlap/);
  });
});
