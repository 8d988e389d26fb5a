import type { DateForm } from '../../../core/model/people/sheet.ts';
import { NoSheet, sheetOf } from '../../../core/people/sheets/table.ts';
import type { Watch } from '../../../core/ports/watches/watch.ts';
import type { Deps } from '../../plugin.ts';
import { feedOf } from '../../vendors/feeds/feed.ts';
import type { Asked } from '../../vendors/feeds/read-bytes.ts';
import { readXlsx } from './read-xlsx.ts';

const MAX_BYTES = 5 * 1024 * 1024;

export function createXlsxFeed(
  { dates, tab, ...asked }: Omit<Asked, 'maxBytes'> & { readonly dates: DateForm; readonly tab: string | undefined },
  deps: Deps,
): Watch {
  const kind = {
    what: 'row',
    async understand(bytes: Uint8Array) {
      const { grid, merged } = await readXlsx(bytes, tab);
      const sheet = sheetOf(grid, dates);
      return { count: sheet.rows.length, answer: sheet, leftOut: merged.map(mergedText) };
    },
    isUnreadable: (error: unknown) => error instanceof NoSheet,
  };
  return feedOf({ ...asked, maxBytes: MAX_BYTES }, kind, deps);
}

function mergedText(cells: string): string {
  return `merged cells ${cells}: their text counts for ${cells.split(':', 1)[0]!} alone; write it into each of them`;
}
