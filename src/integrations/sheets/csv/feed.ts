import type { DateForm } from '../../../core/model/people/sheet.ts';
import { NoSheet, sheetOf } from '../../../core/people/sheets/table.ts';
import type { Watch } from '../../../core/ports/watches/watch.ts';
import type { Deps } from '../../plugin.ts';
import { decoded } from '../../vendors/feeds/decoded.ts';
import { feedOf } from '../../vendors/feeds/feed.ts';
import type { Asked } from '../../vendors/feeds/read-bytes.ts';
import { readCsv } from './read-csv.ts';

const MAX_BYTES = 2 * 1024 * 1024;

export function createCsvFeed(
  { dates, ...asked }: Omit<Asked, 'maxBytes'> & { readonly dates: DateForm },
  deps: Deps,
): Watch {
  const kind = {
    what: 'row',
    async understand(bytes: Uint8Array) {
      const text = decoded(bytes);
      if (text === null) throw new NoSheet('is not in UTF-8; save it as CSV in UTF-8');
      const sheet = sheetOf(readCsv(text), dates);
      return { count: sheet.rows.length, answer: sheet };
    },
    isUnreadable: (error: unknown) => error instanceof NoSheet,
  };
  return feedOf({ ...asked, maxBytes: MAX_BYTES }, kind, deps);
}
