import { isMap, type Sheet } from '../filters/sheet.ts';
import type { WrittenDigest } from './keys.ts';

/** A digest with the lines of its keys. */
export interface PlacedDigest {
  /** '': it has none, in a file with faults. */
  readonly name: string;
  /** For people: `digests: crm-morning`, or by its place in the list where it has no name. */
  readonly said: string;
  readonly line: number;
  readonly lines: ReadonlyMap<string, number>;
  /** What it names, also in a file with faults. */
  readonly named: Readonly<Record<'filters' | 'tell', readonly string[]>>;
  /** Of a file without faults. */
  readonly written: WrittenDigest | null;
}

/** `data`: the file as it was read; undefined: it has faults, and only names count: they are taken. */
export function digestsIn(sheet: Sheet, data: readonly WrittenDigest[] | undefined): readonly PlacedDigest[] {
  const file = isMap(sheet.value) ? sheet.value : {};
  const given = file['digests'];
  if (!Array.isArray(given)) return [];
  return given.flatMap((entry: unknown, index): PlacedDigest[] => {
    if (!isMap(entry)) return [];
    const lineOf = (...path: readonly string[]): number =>
      sheet.lineAt(sheet.offsetOf(['digests', index, ...path]) ?? 0);
    const lines = new Map(Object.keys(entry).map((key) => [key, lineOf(key)]));
    const name = typeof entry['name'] === 'string' ? entry['name'] : '';
    const said = name === '' ? `digests[${index}]` : `digests: ${name}`;
    return [{ name, said, line: lineOf(), lines, named: namesIn(entry, file), written: data?.[index] ?? null }];
  });
}

/** Where a file says in the wrong form what has names, nobody knows which names are wrong. */
function namesIn(entry: Sheeted, { filters, channels }: Sheeted): PlacedDigest['named'] {
  const hasFilters = filters === undefined || (Array.isArray(filters) && filters.every(hasName));
  const hasChannels = channels === undefined || isMap(channels);
  return { filters: hasFilters ? textsOf(entry['filters']) : [], tell: hasChannels ? textsOf(entry['tell']) : [] };
}

type Sheeted = Readonly<Record<string, unknown>>;

function hasName(filter: unknown): boolean {
  return isMap(filter) && typeof filter['name'] === 'string';
}

function textsOf(value: unknown): readonly string[] {
  return [value].flat().filter((it): it is string => typeof it === 'string' && it.trim() !== '');
}

export function lineIn({ line, lines }: PlacedDigest, key: string): number {
  return lines.get(key) ?? line;
}
