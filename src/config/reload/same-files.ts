import type { FilterFiles } from '../filters/files.ts';

/** Whether the same was read: the same texts at the same places, and the same faults with others. */
export function areSameFiles(one: FilterFiles, other: FilterFiles): boolean {
  return printed(one) === printed(other);
}

function printed({ files, faults }: FilterFiles): string {
  return JSON.stringify([files.map(({ path, text }) => [path, text]), faults.map(({ file, text }) => [file, text])]);
}
