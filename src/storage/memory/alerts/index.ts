import type { AlertStore } from '../../../core/ports/alerting/alert-store.ts';
import type { Outbox } from '../../../core/ports/alerting/outbox.ts';
import { openBook } from './book.ts';
import { memoryOutbox } from './outbox.ts';
import { openPast, type Past, type Reach } from './past.ts';
import { A_DAY } from '../unshared.ts';
import { memoryStore } from './store.ts';
import { createTurns } from './turns.ts';

/** What rules need of the past, and what they came to, within this process; a restart forgets it. */
export interface MemoryAlerts {
  readonly alerts: AlertStore;
  readonly outbox: Outbox;
}

/** By the clock that is given, epoch ms; `reach`: how far back it remembers. */
export function memoryAlerts(now: () => number, reach: Reach = A_DAY): MemoryAlerts {
  const byFilter = new Map<string, Past>();
  const turns = createTurns();
  const book = openBook(now, reach.messagesMs);
  const pasts = {
    find: (filter: string) => byFilter.get(filter),
    of: (filter: string) => {
      const known = byFilter.get(filter) ?? openPast(now, reach);
      byFilter.set(filter, known);
      return known;
    },
  };
  return { alerts: memoryStore(pasts, book, turns), outbox: memoryOutbox(book, turns, now) };
}
