import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/process/processes.ts';
import { folder } from '../support/process/temp-folder.ts';
import { itWith, objectionsOf, toolHere } from '../support/process/tools.ts';
import { commandOf, dockerfile, ofImage } from '../support/production/dockerfile.ts';

function text(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

describe('the Dockerfile', () => {
  itWith('hadolint', toolHere('hadolint'), 'objects to nothing', async (hadolint) => {
    assert.equal(await objectionsOf(hadolint, ['--failure-threshold', 'style', 'Dockerfile'], { cwd: ROOT }), '');
  });

  it('has the Node that the project is tested with', () => {
    const lock = JSON.parse(text('package-lock.json')) as { packages: Record<string, { version: string } | undefined> };
    assert.match(dockerfile()[0]!.rest, new RegExp(`^node:${lock.packages['node_modules/node']!.version}-`));
  });

  it('makes an image that runs node itself, as nobody, without a shell', () => {
    assert.deepEqual(ofImage('USER'), ['65532:65532']);
    assert.deepEqual(ofImage('RUN'), []);
    assert.deepEqual(ofImage('ENTRYPOINT'), []);
    assert.equal(commandOf(ofImage('CMD')[0]!)[0], 'node');
    assert.deepEqual(commandOf(ofImage('HEALTHCHECK')[0]!), ['node', 'bin/health.js']);
  });

  it('gives the program to root and only the place of a ledger to its user', () => {
    assert.deepEqual(
      ofImage('COPY')
        .map((rest) => rest.split(' '))
        .filter((words) => words.includes('--chown=65532:65532'))
        .map((words) => words.at(-1)),
      ['/data'],
    );
  });

  it('is given by .dockerignore what the build reads, and nothing that is private', () => {
    const lines = text('.dockerignore')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    assert.equal(lines[0], '*');
    const given = lines.slice(1).map((line) => line.replace(/^!/, ''));
    assert.deepEqual(
      given.filter((path) => !existsSync(join(ROOT, path))),
      [],
    );
    for (const path of ['package.json', 'package-lock.json', 'src', 'sandbox', 'bin', 'build', 'Procfile', 'apm.cjs'])
      assert.ok(given.includes(path), path);
    for (const path of ['.', '.env', '.git', 'config', 'node_modules', 'dist', '*'])
      assert.ok(!given.includes(path), path);
  });
});

describe('compose.yaml', () => {
  const program = toolHere('compose-spec');
  // Its program does not look at the environment; what compose.yaml asks for stands there as it is.
  const args = ['--no-interpolation'];

  itWith('compose-spec', program, 'finds it valid', async (checker) => {
    assert.equal(await objectionsOf(checker, [...args, 'compose.yaml'], { cwd: ROOT, quiet: true }), '');
  });

  itWith('compose-spec', program, 'would find a key that does not exist', async (checker) => {
    const files = folder({ 'compose.yaml': text('compose.yaml').replace('read_only:', 'readonly:') });
    const said = await objectionsOf(checker, [...args, 'compose.yaml'], { cwd: files.path, quiet: true });
    files.remove();
    assert.match(said, /services\.\S+\.readonly/);
  });

  it('starts nothing without the secrets that it needs', () => {
    const wanted = [...text('compose.yaml').matchAll(/\$\{([A-Z_]+)(:\?[^}]+)?\}/g)];
    assert.deepEqual([...new Set(wanted.map(([, name]) => name))].toSorted(), ['POSTGRES_PASSWORD', 'TRIGGER_TOKEN']);
    for (const [all, , otherwise] of wanted) assert.equal(otherwise, ':?put one into .env', all);
  });
});
