import { isBelow, OUTSIDE } from '../platform/is-below.ts';
import { type Env, type SettingsFault, valueOf } from './schema.ts';

/**
 * Fills in sensitive variables from the files that their NAME_FILE variables name (Docker and Kubernetes secrets).
 * `readFile` throws when it cannot read. A variable at fault here may be said again to be not set: see
 * `onePerVariable`.
 */
export function expandFiles(
  env: Env,
  sensitive: readonly string[],
  readFile: (path: string) => string,
): { readonly env: Env; readonly faults: readonly SettingsFault[] } {
  const faults: SettingsFault[] = [];
  const found: Record<string, string> = {};
  for (const variable of new Set(sensitive)) {
    const path = valueOf(env, `${variable}_FILE`);
    if (path === undefined) continue;
    const result =
      valueOf(env, variable) === undefined
        ? fromFile(variable, path, readFile)
        : { fault: `is set, and so is ${variable}_FILE; keep one of them` };
    if ('fault' in result) faults.push({ variable, text: result.fault });
    else found[variable] = result.value;
  }
  return { env: { ...env, ...found }, faults };
}

// NOTE: the path is not shown: it is the secret itself when somebody mistook NAME_FILE for NAME.
function fromFile(
  variable: string,
  path: string,
  readFile: (path: string) => string,
): { value: string } | { fault: string } {
  try {
    const value = readFile(path).replace(/\r?\n$/, '');
    return value.trim() === ''
      ? { fault: `${variable}_FILE names an empty file; write the secret into it` }
      : { value };
  } catch (error) {
    if ((error as { readonly code?: string }).code === OUTSIDE)
      return { fault: `${variable}_FILE names a file outside of FILE_ROOTS; add its folder there, or move it` };
    return { fault: `${variable}_FILE names a file that cannot be read; check its path and rights` };
  }
}

/** Reads files below `FILE_ROOTS` alone, where that is set. NOTE: a link may lead out; secrets are often links. */
export function withinRoots(env: Env, readFile: (path: string) => string): (path: string) => string {
  const roots = valueOf(env, 'FILE_ROOTS')
    ?.split(',')
    .map((root) => root.trim());
  if (roots === undefined) return readFile;
  return (path) => {
    if (roots.some((root) => root.startsWith('/') && isBelow(path, root))) return readFile(path);
    throw Object.assign(new Error('outside of FILE_ROOTS'), { code: OUTSIDE });
  };
}
