import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

interface Locked {
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** Bytes of the files in a folder and below it. */
export function sizeOf(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((it) => it.isFile())
    .reduce((sum, it) => sum + statSync(join(it.parentPath, it.name)).size, 0);
}

/** Of the files in a folder itself with such names. */
export function chunkBytes(folder: string, name: RegExp): number {
  return readdirSync(folder)
    .filter((it) => name.test(it))
    .reduce((sum, it) => sum + statSync(join(folder, it)).size, 0);
}

/** Those that are there and that `npm ci --omit=dev` installs, by the lock file. */
export function lockedPackages(root: string): readonly string[] {
  return Object.entries(lockOf(root))
    .filter(
      ([path, it]) =>
        path !== '' &&
        it.dev !== true &&
        it.devOptional !== true &&
        statSync(join(root, path), { throwIfNoEntry: false }) !== undefined,
    )
    .map(([path]) => path);
}

export function lockedBytes(root: string): number {
  return bytesOf(root, lockedPackages(root));
}

/** A package with all that it needs. */
export function closureBytes(root: string, name: string): number {
  const lock = lockOf(root);
  const found = new Set<string>();
  const visit = (from: string, wanted: string): void => {
    const path = resolve(lock, from, wanted);
    if (path === undefined || found.has(path)) return;
    found.add(path);
    const { dependencies, optionalDependencies } = lock[path]!;
    for (const next of Object.keys({ ...dependencies, ...optionalDependencies })) visit(path, next);
  };
  visit('', name);
  return bytesOf(
    root,
    [...found].filter((path) => statSync(join(root, path), { throwIfNoEntry: false }) !== undefined),
  );
}

export function megabytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(bytes < 10 * 2 ** 20 ? 1 : 0)} MB`;
}

/** As node looks for it: inside the package, then further out. */
function resolve(lock: Readonly<Record<string, Locked>>, from: string, name: string): string | undefined {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    const path = at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`;
    if (lock[path] !== undefined) return path;
    if (at === '') return undefined;
  }
}

function lockOf(root: string): Readonly<Record<string, Locked>> {
  return (
    JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
      readonly packages: Readonly<Record<string, Locked>>;
    }
  ).packages;
}

/** A package inside another is counted with it. */
function bytesOf(root: string, paths: readonly string[]): number {
  const outer = paths.filter((path) => !paths.some((other) => path.startsWith(`${other}/`)));
  return outer.reduce((sum, path) => sum + sizeOf(join(root, path)), 0);
}
