import { readDocument } from './document.ts';
import { fileOf, NO_PARTS } from './file.ts';
import type { FilterFault, FilterText } from './files.ts';
import { KEYS } from './keys.ts';
import type { PartKinds } from './parts/part-keys.ts';
import { assemble, type FilterSet, withoutTwins } from './set/assemble.ts';

export { readFilterFiles } from './files.ts';
export type { FilterDisk, FilterFault, FilterFiles, FilterText } from './files.ts';
export type { FilterFile, FilterSet, FoundPart, Located } from './set/assemble.ts';
export * from './set/judged.ts';

/** `unread`: faults of files that could not be read, as `readFilterFiles` gives them. */
export function loadFilters(
  files: readonly FilterText[],
  unread: readonly FilterFault[] = [],
  kinds: PartKinds = NO_PARTS,
): FilterSet {
  const nothing = {
    filters: [],
    parts: [],
    mutes: [],
    digests: [],
    reminders: [],
    backup: null,
    losses: [],
    warnings: [],
  };
  const lost = unread.map(({ file, text }) => ({ path: file, ...nothing, isUnread: true, faults: [{ text }] }));
  const schema = fileOf(KEYS, kinds);
  const read = files.map(({ path, text }) => ({ path, losses: [], ...readDocument(text, schema) }));
  return assemble(withoutTwins([...lost, ...read].toSorted((a, b) => (a.path < b.path ? -1 : 1))));
}
