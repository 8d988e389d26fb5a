import './node-version.js';
import { programOf } from './built.js';

// NOTE: not imported: see built.js.
const { enableCompileCache } = process.getBuiltinModule('node:module');
const { join } = process.getBuiltinModule('node:path');
const { pathToFileURL } = process.getBuiltinModule('node:url');

const ROOT = join(import.meta.dirname, '..');

/** Runs `dist/<name>.js`, or `src/<name>.ts` where there is no build of it. */
export async function run(name) {
  const { file, isBuilt, isStale } = programOf(name, ROOT);
  // NOTE: never throws; a folder that cannot be written is read all the same, and NODE_COMPILE_CACHE wins. Not the
  // temporary folder instead: what lies there is run, and everybody may write there.
  if (isBuilt) enableCompileCache({ directory: join(ROOT, 'dist/.cache'), portable: true });
  if (isStale) process.stderr.write('dist was built from another source, so src runs; npm run build makes it anew\n');
  try {
    await import(pathToFileURL(file).href);
  } catch (error) {
    if (error?.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    const [what] = error.message.split('\n');
    process.stderr.write(`sentry-monitor cannot start:\n  ${what}; run npm ci, then npm run build for production\n`);
    process.exit(1);
  }
}
