import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { programOf, STAMP, stampOf } from '../../bin/built.js';
import { ROOT, runNode } from '../support/process/processes.ts';

const SOURCE = "process.stdout.write('src');\n";
const FILES = ['src/main.ts', 'src/part.ts'];
const EARLY = join(ROOT, 'test/support/process/signal-early.cjs');

/** A checkout of another program, with a build of it. */
describe('bin/service.js', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'sentry-monitor-'));
    cpSync(join(ROOT, 'bin'), join(root, 'bin'), { recursive: true });
    for (const folder of ['src', 'dist']) mkdirSync(join(root, folder));
    write('package.json', '{ "type": "module" }');
    write('src/main.ts', SOURCE);
    write('src/part.ts', '');
    write('dist/main.js', "process.stdout.write('dist');\n");
    write(`dist/${STAMP}`, JSON.stringify(stampOf(root, FILES)));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const write = (name: string, text: string): void => writeFileSync(join(root, name), text);
  const ran = async (): Promise<readonly [string, string]> => {
    const { stdout, stderr } = await runNode(['bin/service.js'], {}, root);
    return [stdout, stderr];
  };
  const STALE = 'dist was built from another source, so src runs; npm run build makes it anew\n';

  it('runs a build of the source that is there', async () => assert.deepEqual(await ran(), ['dist', '']));

  it('is not ended by SIGHUP while the program is loaded', async () => {
    const { code, stdout, stderr } = await runNode(['-r', EARLY, 'bin/service.js'], { EARLY_SIGNAL: 'SIGHUP' }, root);
    assert.deepEqual([code, stdout, stderr], [0, 'dist', 'early SIGHUP\n']);
  });

  for (const signal of ['SIGTERM', 'SIGINT'])
    it(`ends with 0 by ${signal} while the program is loaded: the kernel lets no other signal end process 1`, async () => {
      write('dist/main.js', 'setInterval(() => undefined, 1000)');
      const { code, stderr } = await runNode(['-r', EARLY, 'bin/service.js'], { EARLY_SIGNAL: signal }, root);
      assert.deepEqual([code, stderr], [0, `early ${signal}\nstopped by ${signal} before it listened\n`]);
    });

  it('runs the source where there is no build, or none that was finished', async () => {
    rmSync(join(root, 'dist', STAMP));
    assert.deepEqual(await ran(), ['src', '']);
    rmSync(join(root, 'dist'), { recursive: true });
    assert.deepEqual(await ran(), ['src', '']);
  });

  it('runs the source, and says so, when any of it is another one than was built', async () => {
    write('src/part.ts', '//');
    assert.deepEqual(await ran(), ['src', STALE]);
    rmSync(join(root, 'src/part.ts'));
    assert.deepEqual(await ran(), ['src', STALE]);
  });

  it('runs the source when a text of the same length took the place of another', () => {
    write('src/main.ts', SOURCE.replace('src', 'SRC'));
    utimesSync(join(root, 'src/main.ts'), 2_000_000_000, 2_000_000_000);
    assert.equal(programOf('main', root).isBuilt, false);
  });

  it('goes by the text where only the time is another: in a copy, after a checkout there and back', () => {
    for (const file of FILES) utimesSync(join(root, file), 2_000_000_000, 2_000_000_000);
    assert.deepEqual(programOf('main', root), { file: join(root, 'dist/main.js'), isBuilt: true, isStale: false });
  });

  it('runs the build where there is no source', async () => {
    rmSync(join(root, 'src'), { recursive: true });
    assert.deepEqual(await ran(), ['dist', '']);
  });

  it('says what to do where neither a build nor the packages are', async () => {
    write('src/main.ts', "import 'not-there';\n");
    const { code, stderr } = await runNode(['bin/service.js'], {}, root);
    assert.equal(code, 1);
    assert.match(
      stderr,
      /^dist was .*\nsentry-monitor cannot start:\n {2}Cannot find package 'not-there' .*; run npm ci, then /,
    );
  });
});
