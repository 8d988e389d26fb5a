import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/process/processes.ts';
import { itWith, objectionsOf, toolHere } from '../support/process/tools.ts';
import { commandOf, dockerfile, ofImage } from '../support/production/dockerfile.ts';

const COMPOSE_ENV = { TRIGGER_TOKEN: 'compose-token-0123456789', POSTGRES_PASSWORD: 'pass0123' };

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

  itWith('compose-spec', program, 'finds it valid and consistent', async (checker) => {
    const cwd = ROOT;
    assert.equal(await objectionsOf(checker, ['compose.yaml'], { cwd, quiet: true, env: COMPOSE_ENV }), '');
  });

  itWith('compose-spec', program, 'says which secret is missing', async (checker) => {
    const env = { ...COMPOSE_ENV, TRIGGER_TOKEN: '' };
    const said = await objectionsOf(checker, ['compose.yaml'], { cwd: ROOT, quiet: true, env });
    assert.match(said, /TRIGGER_TOKEN.*put one into \.env/);
  });
});
