import { cpSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { STAMP, stampOf } from '../bin/built.js';
import { type Bundled, bundle, ENTRIES } from './bundle.ts';
import { licensesOf } from './licenses.ts';
import { type Manifest, manifestOf } from './manifest.ts';
import { warm } from './warm.ts';

/**
 * `npm run build`: the service as `dist/main.js` and the commands as `dist/cli.js`, with what each loads only when it
 * is wanted beside it. No package is needed to run them. `--out DIR`: a folder with all that a server needs, `dist`
 * among it.
 */
const ROOT = join(import.meta.dirname, '..');
const NEEDED = [
  'bin',
  // Named by the filters file that `init` writes: editors find there what may be written.
  'config/filters.schema.json',
  'contrib/trigger.sh',
  'apm.cjs',
  'newrelic.cjs',
  'Procfile',
  'LICENSE',
];
/** What decides how it is built, beside the sources themselves. */
const RECIPE = [
  'package.json',
  'package-lock.json',
  ...readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith('.ts'))
    .toSorted()
    .map((name) => `build/${name}`),
];

const { values } = parseArgs({ options: { out: { type: 'string', default: ROOT } } });
await build(resolve(values.out));

async function build(place: string): Promise<void> {
  const dist = join(place, 'dist');
  rmSync(dist, { recursive: true, force: true });
  const made: Bundled[] = [];
  for (const entry of ENTRIES) made.push(await bundle(ROOT, entry, dist));
  const inputs = [...new Set(made.flatMap((it) => it.inputs))].toSorted();
  writeFileSync(join(dist, 'licenses.txt'), licensesOf(inputs));
  if (place !== ROOT) copyWhatIsNeeded(place);
  const files = [
    ...inputs.filter((file) => !file.includes('/node_modules/')).map((file) => relative(ROOT, file)),
    ...RECIPE,
  ];
  // Last of all: without it a build counts as none.
  writeFileSync(join(dist, STAMP), JSON.stringify(stampOf(ROOT, files)));
  await warm(place);
  for (const { file, bytes } of made.flatMap(({ chunks }) => chunks))
    process.stdout.write(`${String(Math.ceil(bytes / 1000)).padStart(6)} kB  dist/${file}\n`);
  process.stdout.write(
    `${String(Math.ceil(sizeOf(dist) / 1000)).padStart(6)} kB  dist, source maps and compiled code included\n`,
  );
}

function copyWhatIsNeeded(place: string): void {
  for (const name of NEEDED) cpSync(join(ROOT, name), join(place, name), { recursive: true });
  const ours = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Manifest;
  const all = { ...manifestOf(ours), private: true, scripts: { start: ours.scripts['start'] } };
  writeFileSync(join(place, 'package.json'), `${JSON.stringify(all, undefined, 2)}\n`);
}

function sizeOf(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((it) => it.isFile())
    .reduce((sum, it) => sum + statSync(join(it.parentPath, it.name)).size, 0);
}
