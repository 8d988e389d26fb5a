import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Json } from '../support/e2e/json.ts';
import { filtersText, settingsFor } from '../support/e2e/service.ts';
import { endProcesses } from '../support/process/processes.ts';
import { type RemoteSandbox, startRemoteSandbox } from '../support/process/services.ts';
import { folder } from '../support/process/temp-folder.ts';
import { buildSite, type Site } from '../support/production/built.ts';
import { commandOf, dockerfile, ofImage } from '../support/production/dockerfile.ts';
import { until, within } from '../support/time/until.ts';

const NOBODY = 65_532;
/** Only root may become another user; whoever else runs the tests stands for it. */
const USER = process.getuid!() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
/** Node hands this on by itself, and the other user may not write where coverage is kept. */
const NO_COVERAGE = { NODE_V8_COVERAGE: '' };

/** What the Dockerfile does, without Docker: there is none on most machines. */
describe('the image, step by step', () => {
  let site: Site;
  let sandbox: RemoteSandbox;
  let files: ReturnType<typeof folder>;

  before(async () => {
    site = await buildSite();
    // As its last step of the build says; and as a read-only file system is.
    assert.match(
      dockerfile().find(({ rest }) => rest.startsWith('node build/'))!.rest,
      /--out \/app && chmod -R a\+rX,go-w /,
    );
    for (const path of ['.', ...(readdirSync(site.path, { recursive: true }) as readonly string[])])
      readOnly(site.file(path));
    chmodSync(join(site.path, '..'), 0o755);
    sandbox = await startRemoteSandbox();
    files = folder({ 'filters.yaml': filtersText([{ name: 'web', projects: ['web'] }]) });
    chmodSync(files.path, 0o755);
  });
  after(async () => {
    await endProcesses();
    writable(site.path);
    site.remove();
    files.remove();
  });

  function readOnly(path: string): void {
    if (!lstatSync(path).isSymbolicLink()) chmodSync(path, statSync(path).isDirectory() ? 0o555 : 0o444);
  }

  function writable(path: string): void {
    chmodSync(path, 0o755);
    for (const it of readdirSync(path, { withFileTypes: true })) if (it.isDirectory()) writable(join(path, it.name));
  }

  const run = (
    command: readonly string[],
    env: NodeJS.ProcessEnv,
    cwd = site.path,
  ): { status: number | null; stdout: string; stderr: string } =>
    spawnSync(process.execPath, command.slice(1), { cwd, env: { ...env, ...NO_COVERAGE }, encoding: 'utf8', ...USER });

  it('serves as another user in a folder that nobody may write, is healthy, and ends by SIGTERM', async () => {
    const env = { ...settingsFor(sandbox), FILTERS: files.file('filters.yaml') };
    const [start, health] = [commandOf(ofImage('CMD')[0]!), commandOf(ofImage('HEALTHCHECK')[0]!)];
    const child = spawn(process.execPath, start.slice(1), {
      cwd: site.path,
      env: { ...env, ...NO_COVERAGE, PORT: '0' },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...USER,
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (part: string) => (said += part));
    const ended = new Promise<readonly unknown[]>((done) => child.once('close', (...how) => done(how)));
    const lines = (): readonly Json[] =>
      said
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line));
    const listening = (): Json => lines().find(({ msg }) => msg === 'listening');
    await until('it listens', () => listening() !== undefined || child.exitCode !== null);
    assert.ok(listening() !== undefined, said);
    const PORT = String(listening().port);

    const well = run(health, { PORT });
    assert.deepEqual([well.status, well.stderr], [0, '']);
    if (process.getuid!() === 0)
      assert.match(readFileSync(`/proc/${child.pid!}/status`, 'utf8'), new RegExp(`^Uid:\\s+${NOBODY}\\s`, 'm'));
    child.kill('SIGTERM');
    assert.deepEqual(await within('it ends', ended), [0, null], said);
    const { status, stderr } = run(health, { PORT });
    assert.deepEqual([status, stderr], [1, `sentry-monitor at 127.0.0.1:${PORT}: ECONNREFUSED\n`]);
  });

  it('runs the commands as well', () => {
    writeFileSync(files.file('own.yaml'), filtersText([{ name: 'web', projects: ['web'] }]));
    const { status, stderr } = run(['node', 'bin/sentry-monitor.js', 'check'], {
      ...settingsFor(sandbox),
      FILTERS: files.file('own.yaml'),
    });
    assert.deepEqual([status, stderr], [0, '']);
  });

  it('sets up a filters file that names the schema of the build', async () => {
    await sandbox.command('projects', { slug: 'web' });
    const place = files.file('fresh');
    mkdirSync(place);
    chmodSync(place, 0o777);
    const { status, stderr } = run(
      ['node', site.file('bin/sentry-monitor.js'), 'init'],
      { ...settingsFor(sandbox), FILTERS: 'filters.yaml', DRY_RUN: 'true' },
      place,
    );
    assert.deepEqual([status, stderr], [0, '']);
    const [, schema] = /^# yaml-language-server: \$schema=(.+)$/m.exec(
      readFileSync(join(place, 'filters.yaml'), 'utf8'),
    )!;
    assert.equal(join(place, schema!), site.file('config/filters.schema.json'));
    assert.equal(typeof JSON.parse(site.text('config/filters.schema.json')), 'object');
  });

  it('doctor says of a ledger in a folder that this user may not write, and of its file', () => {
    const [folderOfIt, file] = [files.file('data'), files.file('data/ledger.db')];
    mkdirSync(folderOfIt, { mode: 0o555 });
    const doctor = (): string =>
      run(['node', 'bin/sentry-monitor.js', 'doctor'], {
        ...settingsFor(sandbox),
        FILTERS: files.file('filters.yaml'),
        LEDGER_URL: `sqlite:${file}`,
        PORT: '0',
      }).stdout;
    const line = (text: string): string => `failed   ledger                  LEDGER_URL: ${text}\n`;
    const closed = `the folder ${folderOfIt} cannot be written (EACCES); give it to the user of the service`;
    assert.ok(doctor().includes(line(closed)), closed);
    chmodSync(folderOfIt, 0o755);
    writeFileSync(file, '', { mode: 0o444 });
    chmodSync(folderOfIt, 0o777);
    const readOnlyFile = `the SQLite file ${file} cannot be read and written (EACCES); give it to the user of the service`;
    assert.ok(doctor().includes(line(readOnlyFile)), readOnlyFile);
  });
});
