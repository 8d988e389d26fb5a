import type { FoundPart } from '../../config/filters/load.ts';
import type { Block } from '../summary/blocks.ts';
import type { Change } from './compare.ts';

/** What became of a source or sink that the files set up. */
export interface ConnectionChange {
  readonly section: FoundPart['section'];
  readonly name: string;
  readonly change: Change;
  /** Key by key, as the file has it; keys that are secrets are names of variables there. */
  readonly what: string;
}

type Part = Pick<FoundPart, 'section' | 'name' | 'texts'>;

/** Those that differ, in the order of now, then those that are gone. */
export function connectionChanges(before: readonly Part[], now: readonly Part[]): readonly ConnectionChange[] {
  const find = (parts: readonly Part[], { section, name }: Part) =>
    parts.find((it) => it.section === section && it.name === name);
  const gone = before.filter((it) => find(now, it) === undefined);
  return [
    ...now.flatMap((it) => changeOfOne(find(before, it), it)),
    ...gone.map(({ section, name }): ConnectionChange => ({ section, name, change: 'removed', what: '' })),
  ];
}

function changeOfOne(before: Part | undefined, { section, name, texts }: Part): readonly ConnectionChange[] {
  if (before === undefined) return [{ section, name, change: 'new', what: listed(Object.entries(texts)) }];
  const keys = [...new Set([...Object.keys(before.texts), ...Object.keys(texts)])];
  const changed = keys.filter((key) => before.texts[key] !== texts[key]);
  if (changed.length === 0) return [];
  const what = listed(changed.map((key) => [key, `${before.texts[key] ?? '-'} → ${texts[key] ?? '-'}`]));
  return [{ section, name, change: 'changed', what }];
}

function listed(pairs: readonly (readonly [string, string])[]): string {
  return pairs.map(([key, text]) => `${key}: ${text}`).join(', ');
}

/** Nothing where none differs. */
export function connectionsTable(changes: readonly ConnectionChange[]): readonly Block[] {
  if (changes.length === 0) return [];
  const columns = [
    { head: 'connection', least: 14 },
    { head: '', least: 9 },
    { head: '', least: 9 },
    { head: '', least: 9 },
  ];
  const rows = changes.map(({ section, name, change, what }) => [name, section.replace(/s$/, ''), change, what]);
  return [{ columns, rows }];
}
