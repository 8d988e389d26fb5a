import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, runNode } from '../support/process/processes.ts';
import { folder } from '../support/process/temp-folder.ts';

interface Lock {
  readonly packages: Readonly<Record<string, { readonly engines?: object; readonly optional?: boolean }>>;
}

function lockOf(text: string): Lock {
  return JSON.parse(text) as Lock;
}

describe('package-lock.json', () => {
  it('names no engines: npm would compare them with the Node that runs npm, and warn (build/lock.js)', () => {
    const { packages } = lockOf(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
    assert.deepEqual(
      Object.entries(packages)
        .filter(([, { engines }]) => engines !== undefined)
        .map(([path]) => path),
      [],
    );
  });

  it('brings Node without the packages of developers, and can do without it', () => {
    const { packages } = lockOf(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
    assert.equal(packages['node_modules/node']!.optional, true);
    assert.ok(!('dev' in packages['node_modules/node']!));
  });
});

describe('build/lock.js', () => {
  it('takes out the engines of packages, and leaves a lock file without them as it is', async () => {
    const ours = { name: 'acme', engines: { node: '>=24' }, dependencies: { a: '1' } };
    const lock = {
      name: 'acme',
      packages: { '': ours, 'node_modules/a': { version: '1', engines: { node: '>=22' } } },
    };
    const files = folder({ 'package-lock.json': JSON.stringify(lock) });
    const text = (): string => readFileSync(files.file('package-lock.json'), 'utf8');
    const call = async (): Promise<number | null> =>
      (await runNode([join(ROOT, 'build/lock.js')], {}, files.path)).code;

    assert.equal(await call(), 0);
    const expected = { name: 'acme', packages: { '': ours, 'node_modules/a': { version: '1' } } };
    assert.equal(text(), `${JSON.stringify(expected, undefined, 2)}\n`);
    const compact = JSON.stringify(expected);
    const clean = folder({ 'package-lock.json': compact });
    assert.equal((await runNode([join(ROOT, 'build/lock.js')], {}, clean.path)).code, 0);
    assert.equal(readFileSync(clean.file('package-lock.json'), 'utf8'), compact);
    files.remove();
    clean.remove();
  });
});
