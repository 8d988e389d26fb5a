import type { Watch } from '../../../core/ports/watches/watch.ts';
import type { Deps } from '../../plugin.ts';
import { decoded } from '../../vendors/feeds/decoded.ts';
import { feedOf } from '../../vendors/feeds/feed.ts';
import type { Asked } from '../../vendors/feeds/read-bytes.ts';
import { NoCalendar, readCalendar } from './read-calendar.ts';

const MAX_BYTES = 8 * 1024 * 1024;

export function createIcsFeed(
  { zone, ...asked }: Omit<Asked, 'maxBytes'> & { readonly zone: string | undefined },
  deps: Deps,
): Watch {
  const kind = {
    what: 'event',
    async understand(bytes: Uint8Array) {
      const text = decoded(bytes);
      if (text === null) throw new NoCalendar('is no calendar: it is not in UTF-8');
      const calendar = readCalendar(text, zone);
      return { count: calendar.items.length, answer: calendar, leftOut: calendar.leftOut };
    },
    isUnreadable: (error: unknown) => error instanceof NoCalendar,
  };
  return feedOf({ ...asked, maxBytes: MAX_BYTES }, kind, deps);
}
