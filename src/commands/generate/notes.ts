import type { Filter } from '../../core/types.ts';

/** What stands at the top of all that is generated. */
export function notesOn(filters: readonly Filter[]): readonly string[] {
  const teams = new Set(filters.flatMap(({ team }) => team ?? [])).size;
  const projects = new Set(filters.flatMap((filter) => filter.projects)).size;
  return [`${filters.length} filters, ${teams} teams, ${projects} projects.`];
}
