import type { Sheet, SheetRow } from '../../model/people/sheet.ts';

/** The rows above the first empty one: below it people keep notes. */
export function untilGap({ rows }: Pick<Sheet, 'rows'>): readonly SheetRow[] {
  const gap = rows.findIndex(({ row }, at) => row !== at + 2);
  return gap === -1 ? rows : rows.slice(0, gap);
}
