import type { LogFiles } from '../../../../core/ports/events/log-files.ts';

/**
 * The paths that a path means, in order: `*` stands for any part of a name, `?` for a letter. A path without them is
 * itself, whether something is there or not. What cannot be looked at is told by its error.
 */
export async function pathsOf(
  pattern: string,
  files: Pick<LogFiles, 'names'>,
  trouble: (path: string, error: unknown) => void,
): Promise<readonly string[]> {
  let found: readonly string[] = [''];
  for (const part of pattern.split('/').slice(1)) {
    if (!/[*?]/.test(part)) {
      found = found.map((folder) => `${folder}/${part}`);
      continue;
    }
    const named = matcher(part);
    const next: string[] = [];
    for (const folder of found) {
      const names = await files.names(folder === '' ? '/' : folder).catch((error: unknown) => {
        if (!isAbsent(error)) trouble(folder, error);
        return [];
      });
      next.push(...names.filter(named).map((name) => `${folder}/${name}`));
    }
    found = next.toSorted();
  }
  return found;
}

/** There is nothing of that name: it may come. */
export function isAbsent(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(String((error as { readonly code?: unknown }).code));
}

function matcher(part: string): (name: string) => boolean {
  const pattern = part
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replaceAll('?', '.');
  const whole = new RegExp(`^${pattern}$`, 's');
  return (name) => whole.test(name) && (!name.startsWith('.') || part.startsWith('.'));
}
