import type { WindowFacts } from '../../../core/model/alerting/facts.ts';
import {
  type AlertStore,
  type AlertTransaction,
  type FilterAt,
  type FilterCount,
  type FilterSpan,
  type KeptAlert,
  toldName,
} from '../../../core/ports/alerting/alert-store.ts';
import type { Book } from './book.ts';
import type { Past } from './past.ts';
import type { Journal, Turns } from './turns.ts';

/** By filter, its windows; `of` begins one that is new. */
export interface Pasts {
  of(filter: string): Past;
  find(filter: string): Past | undefined;
}

export function memoryStore(pasts: Pasts, book: Book, turns: Turns): AlertStore {
  return {
    transaction: (act) => turns((journal) => act({ ...reading(pasts, book), ...writing(pasts, book, journal) })),
    look: (act) => turns(() => act({ ...reading(pasts, book), ...REFUSED })),
  };
}

type Writing = Pick<AlertTransaction, 'lock' | 'keepFacts' | 'write'>;

function writing(pasts: Pasts, book: Book, journal: Journal): Writing {
  return {
    lock: async (filters) => answersFor(filters, (filter) => book.heads.get(filter)),
    keepFacts: async (facts) => facts.forEach((it) => pasts.of(it.filter).keep(it, journal)),
    write: async (decided) => book.write(decided, journal),
  };
}

const refuse = async (): Promise<never> => {
  throw new Error('who looks at what rules came to changes nothing');
};
const REFUSED: Writing = { lock: refuse, keepFacts: refuse, write: refuse };

function reading(pasts: Pasts, book: Book): Omit<AlertTransaction, keyof Writing> {
  const ofSpans = <T, A extends FilterSpan>(asks: readonly A[], read: (past: Past, ask: A) => readonly T[]) =>
    bySpan(asks, (ask) => {
      const past = pasts.find(ask.filter);
      const found = past === undefined ? [] : read(past, ask);
      return found.length === 0 ? undefined : found;
    });
  return {
    heads: async (filters = [...book.heads.keys()]) => answersFor(filters, (filter) => book.heads.get(filter)),
    statesBefore: async (asks) =>
      bySpan(asks, ({ filter, at }) => book.states.get(filter)?.findLast(({ window }) => window < at)),
    facts: async (asks) => ofSpans(asks, (past, ask) => past.facts(ask)),
    earlier: async (asks) => {
      const found = asks.flatMap((ask) => earlierIn(pasts.find(ask.filter), ask));
      return Map.groupBy(found, ({ filter }) => filter);
    },
    totals: async (asks) => ofSpans(asks, (past, ask) => past.totals(ask)),
    counts: async (asks) => ofSpans(asks, (past, ask) => past.counts(ask, ask.issues)),
    sums: async (asks) => ofSpans(asks, (past, ask) => past.sums(ask)),
    issues: async (filter, ids) => answersFor(ids, (id) => pasts.find(filter)?.issue(id)),
    told: async (keys) => keys.map((key) => book.told.get(toldName(key))).filter((it) => it !== undefined),
    alerts: async (asks) => bySpan(asks, (ask) => alertsOf(book, ask)),
  };
}

function earlierIn(past: Past | undefined, { filter, at, revision }: FilterCount): readonly WindowFacts[] {
  return past?.facts({ filter, from: at, to: at + 1 }).filter((it) => it.revision < revision) ?? [];
}

function alertsOf(book: Book, { filter, at }: FilterAt): readonly KeptAlert[] | undefined {
  const found = [...book.alerts.values()].filter(
    ({ alert, until }) => alert.filter === filter && (until === null || until >= at),
  );
  return found.length === 0 ? undefined : found.sort(inOrder);
}

function inOrder(a: KeptAlert, b: KeptAlert): number {
  return a.since - b.since || (a.alert.id < b.alert.id ? -1 : 1);
}

function bySpan<A extends { readonly filter: string }, T>(
  asks: readonly A[],
  answer: (ask: A) => T | undefined,
): ReadonlyMap<string, T> {
  const byFilter = new Map(asks.map((ask) => [ask.filter, ask]));
  return answersFor([...byFilter.keys()], (filter) => answer(byFilter.get(filter)!));
}

function answersFor<T>(names: readonly string[], answer: (name: string) => T | undefined): ReadonlyMap<string, T> {
  return new Map(
    names.flatMap((name): [string, T][] => {
      const found = answer(name);
      return found === undefined ? [] : [[name, found]];
    }),
  );
}
