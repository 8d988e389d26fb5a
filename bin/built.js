// NOTE: not imported: an import of Node's own modules loads all that they export, which each start would pay for.
const { existsSync, readFileSync, statSync } = process.getBuiltinModule('node:fs');
const { join } = process.getBuiltinModule('node:path');

/** In `dist`, written last of all: the files that it was made from, with size and time, and a digest of their text. */
export const STAMP = 'built-from.json';

/**
 * The file to run: what `npm run build` made, unless the source that lies beside it is another one by now. A checkout
 * whose `dist` is of last week runs what is in `src`; a server that was given no source runs what it was given.
 */
export function programOf(name, root) {
  const [built, source] = [join(root, 'dist', `${name}.js`), join(root, 'src', `${name}.ts`)];
  if (!existsSync(source)) return { file: built, isBuilt: true, isStale: false };
  const stamp = readStamp(join(root, 'dist', STAMP));
  if (stamp === undefined) return { file: source, isBuilt: false, isStale: false };
  const isFresh = isUntouched(root, stamp.files) || stamp.digest === digestOf(root, Object.keys(stamp.files));
  return isFresh ? { file: built, isBuilt: true, isStale: false } : { file: source, isBuilt: false, isStale: true };
}

/** What there is to compare with later. */
export function stampOf(root, files) {
  return {
    digest: digestOf(root, files),
    files: Object.fromEntries(files.map((file) => [file, markOf(join(root, file))])),
  };
}

/** As git does: a file of the same size and time has the same text, and nobody reads it. */
function isUntouched(root, files) {
  return Object.entries(files).every(([file, mark]) => markOf(join(root, file)) === mark);
}

function markOf(file) {
  const { size, mtimeMs } = statSync(file, { throwIfNoEntry: false }) ?? {};
  return `${size} ${mtimeMs}`;
}

/** Of the names and the text of these files; one that is gone counts as another text. */
function digestOf(root, files) {
  const hash = process.getBuiltinModule('node:crypto').createHash('sha256');
  for (const file of files)
    hash
      .update(`${file}\0`)
      .update(existsSync(join(root, file)) ? readFileSync(join(root, file)) : 'gone')
      .update('\0');
  return hash.digest('hex');
}

/** Undefined when there is none: nothing was built, or a build broke off. */
function readStamp(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
