import { isMap, type Sheet } from '../filters/sheet.ts';
import type { WrittenReminder } from './keys.ts';

/** Where it names what files set up. */
export const NAMING = ['tell', 'to', 'duty', 'event', 'calendar'] as const;
export type Naming = (typeof NAMING)[number];

/** A reminder with the lines of its keys. */
export interface PlacedReminder {
  readonly name: string;
  readonly line: number;
  readonly lines: ReadonlyMap<string, number>;
  /** What it names, also in a file with faults. */
  readonly named: Readonly<Record<Naming, readonly string[]>>;
  /** Of a file without faults. */
  readonly written: WrittenReminder | null;
}

/** `data`: the file as it was read; undefined: it has faults, and only names count: they are taken. */
export function remindersIn(
  sheet: Sheet,
  data: Readonly<Record<string, WrittenReminder>> | undefined,
): readonly PlacedReminder[] {
  const given = isMap(sheet.value) ? sheet.value['reminders'] : undefined;
  if (!isMap(given)) return [];
  return Object.entries(given).flatMap(([name, entry]): PlacedReminder[] => {
    if (!isMap(entry)) return [];
    const lineOf = (...path: readonly string[]): number =>
      sheet.lineAt(sheet.offsetOf(['reminders', name, ...path]) ?? 0);
    const lines = new Map(Object.keys(entry).map((key) => [key, lineOf(key)]));
    const named = Object.fromEntries(NAMING.map((key) => [key, textsOf(entry[key])])) as PlacedReminder['named'];
    return [{ name, line: lineOf(), lines, named, written: data?.[name] ?? null }];
  });
}

function textsOf(value: unknown): readonly string[] {
  return [value].flat().filter((it): it is string => typeof it === 'string' && it.trim() !== '');
}

export function lineIn({ line, lines }: PlacedReminder, key: string): number {
  return lines.get(key) ?? line;
}
