import { isMap, type Sheet } from '../filters/sheet.ts';
import type { WrittenDigest } from './keys.ts';

/** A digest with the lines of its keys. */
export interface PlacedDigest {
  /** '': it has none, in a file with faults. */
  readonly name: string;
  readonly line: number;
  readonly lines: ReadonlyMap<string, number>;
  /** Of a file without faults. */
  readonly written: WrittenDigest | null;
}

/** `data`: the file as it was read; undefined: it has faults, and only names count: they are taken. */
export function digestsIn(sheet: Sheet, data: readonly WrittenDigest[] | undefined): readonly PlacedDigest[] {
  const given = isMap(sheet.value) ? sheet.value['digests'] : undefined;
  if (!Array.isArray(given)) return [];
  return given.flatMap((entry: unknown, index): PlacedDigest[] => {
    if (!isMap(entry)) return [];
    const lineOf = (...path: readonly string[]): number =>
      sheet.lineAt(sheet.offsetOf(['digests', index, ...path]) ?? 0);
    const lines = new Map(Object.keys(entry).map((key) => [key, lineOf(key)]));
    const name = typeof entry['name'] === 'string' ? entry['name'] : '';
    return [{ name, line: lineOf(), lines, written: data?.[index] ?? null }];
  });
}

export function lineIn({ line, lines }: PlacedDigest, key: string): number {
  return lines.get(key) ?? line;
}
