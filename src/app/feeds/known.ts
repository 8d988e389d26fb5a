import type { Calendar } from '../../core/model/people/calendar.ts';
import type { Sheet } from '../../core/model/people/sheet.ts';
import type { Calendars, Known, Sheets } from '../../core/ports/people/sheets.ts';
import type { WatchStore } from '../../core/ports/watches/watch-store.ts';
import type { Parts } from '../make-parts.ts';

type OfParts = Pick<Parts, 'sheets' | 'calendars' | 'ledger'>;

/** Undefined: no file sets up a sheet. */
export function sheetsOf({ sheets, ledger: { feeds } }: OfParts): Sheets | undefined {
  if (sheets.size === 0 || feeds === undefined) return undefined;
  const known = knownBy<Sheet>(feeds.sheet);
  return { read: async (name) => (sheets.has(name) ? known(name) : null) };
}

/** Undefined: no file sets up a calendar. */
export function calendarsOf({ calendars, ledger: { feeds } }: OfParts): Calendars | undefined {
  if (calendars.size === 0 || feeds === undefined) return undefined;
  const known = knownBy<Calendar>(feeds.calendar);
  return {
    async read(name, span) {
      if (!calendars.has(name)) return null;
      const { good, last } = await known(name);
      if (good === null) return { good, last };
      const { agendaOf } = await import('../../core/people/calendars/agenda.ts');
      return { good: { found: agendaOf(good.found, span), at: good.at }, last };
    },
  };
}

/** NOTE: an answer may be large, so it is parsed once. */
function knownBy<T>(store: Pick<WatchStore, 'read'>): (name: string) => Promise<Known<T>> {
  const parsed = new Map<string, { readonly answer: string; readonly found: T }>();
  return async (name) => {
    const kept = await store.read(name);
    const { good = null, last = null } = kept ?? {};
    if (good === null || good.answer === null) return { good: null, last };
    const { answer, at } = good;
    const before = parsed.get(name);
    const found = before?.answer === answer ? before.found : (JSON.parse(answer) as T);
    parsed.set(name, { answer, found });
    return { good: { found, at }, last };
  };
}
