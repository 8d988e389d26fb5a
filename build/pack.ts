import { execFileSync } from 'node:child_process';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Manifest, manifestOf } from './manifest.ts';

/**
 * What `npm pack` calls before and after it packs. npm takes the package.json that lies there, and ours names all that
 * is built in: so that nobody who installs the package has to install this too, another one lies there meanwhile.
 */
const ROOT = join(import.meta.dirname, '..');
const OURS = join(ROOT, 'package.json');
const KEPT = join(ROOT, 'dist/.package.json');

/** Compiled code fits one machine, and no source lies there to compare with. */
const FILES = [
  'bin',
  'dist',
  '!dist/.*',
  '!dist/built-from.json',
  'apm.cjs',
  'newrelic.cjs',
  'Procfile',
  '.env.example',
];
const ADDED = {
  files: [...FILES, 'config/filters.example.yaml', 'config/filters.schema.json', 'contrib', 'CHANGELOG.md'],
  exports: { './*': { types: './dist/types/*.d.ts' }, './package.json': './package.json' },
};

if (process.argv[2] === 'before') before();
else renameSync(KEPT, OURS);

function before(): void {
  execFileSync(process.execPath, ['node_modules/typescript-7/bin/tsc', '-p', 'build/types.json'], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  const text = readFileSync(OURS, 'utf8');
  writeFileSync(KEPT, text);
  writeFileSync(OURS, `${JSON.stringify({ ...manifestOf(JSON.parse(text) as Manifest), ...ADDED }, undefined, 2)}\n`);
}
