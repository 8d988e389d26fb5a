/** What a rotation calls a file. */
export interface RotatedName {
  /** gzip has packed it. */
  readonly isPacked: boolean;
}

const TIME = String.raw`[_T-]\d\d(?:[-:]?\d\d(?:[-:]?\d\d)?)?`;
const NUMBER_OR_DATE = String.raw`(?:\d{1,4}|\d{8}(?:-\d{1,10})?|\d{4}-\d\d-\d\d(?:${TIME})?)`;
const PACKED = String.raw`(?<packed>\.gz)?`;

/**
 * Whether a name is what rotation makes of the file `live`: `app.log.1`, `app.log-20261129`, `app.log.2026-11-29`,
 * `app-20261129.log`, each packed or not. Null: it is none.
 */
export function rotatedName(live: string, name: string): RotatedName | null {
  const dot = live.lastIndexOf('.');
  const [stem, extension] = dot > 0 ? [live.slice(0, dot), live.slice(dot)] : [live, ''];
  const rest = restOf(name, live, '') ?? (extension === '' ? null : restOf(name, stem, extension));
  return rest === null ? null : { isPacked: rest };
}

/** Whether it is packed; null: it is no such name. */
function restOf(name: string, begin: string, end: string): boolean | null {
  if (!name.startsWith(begin)) return null;
  const form = new RegExp(`^[.-]${NUMBER_OR_DATE}${escaped(end)}${PACKED}$`);
  const found = form.exec(name.slice(begin.length));
  return found === null ? null : found.groups!['packed'] !== undefined;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Those of the paths that are no rotated ones of others, `known` included. */
export function livePaths(paths: readonly string[], known: readonly string[]): readonly string[] {
  const all = new Set([...paths, ...known]);
  return paths.filter((path) => {
    const [folder, name] = splitPath(path);
    return ![...all].some((other) => {
      const [otherFolder, otherName] = splitPath(other);
      return other !== path && otherFolder === folder && rotatedName(otherName, name) !== null;
    });
  });
}

export function splitPath(path: string): readonly [folder: string, name: string] {
  const at = path.lastIndexOf('/');
  return [path.slice(0, at), path.slice(at + 1)];
}
