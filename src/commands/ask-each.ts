import type { Program } from '../app/assemble.ts';
import type { Fault } from '../core/model/fault.ts';
import type { Filter } from '../core/model/filter.ts';
import type { Scope } from '../core/ports/scope.ts';
import type { Source } from '../core/ports/source.ts';

/** A filter that the source said nothing of, and why. */
export interface Unanswered {
  readonly filter: string;
  readonly error: string;
}

/** For one small request after the other. */
const LIVE_MS = 60_000;
const LIVE_MS_A_FILTER = 5_000;
/** When the source answers for none of the first filters, it will not answer for the others. */
const GIVE_UP = 3;

export interface Asked<A> {
  readonly answers: readonly A[];
  readonly unanswered: readonly Unanswered[];
  /** Names of filters that it was not asked for after it had not answered for others. */
  readonly left: readonly string[];
}

/** As `askEach`, each source about its own filters. */
export async function askSources<A extends ForFilter>(
  { filters, openScope, sources, sourceOf }: Pick<Program, 'filters' | 'openScope' | 'sources' | 'sourceOf'>,
  id: string,
  ask: (
    source: Source,
    filters: readonly Filter[],
    scope: Scope,
  ) => AsyncIterable<A | (ForFilter & { readonly fault: Fault })>,
): Promise<Asked<A>> {
  const found = await Promise.all(
    sources.map((source) => {
      const own = filters.filters.filter((filter) => sources.length === 1 || sourceOf(filter) === source);
      const whose = sources.length === 1 ? 'all filters' : `all filters of ${source.name}`;
      return askEach({ filters: own, whose, openScope }, id, (some, scope) => ask(source, some, scope));
    }),
  );
  return {
    answers: found.flatMap(({ answers }) => answers),
    unanswered: found.flatMap(({ unanswered }) => unanswered),
    left: found.flatMap(({ left }) => left),
  };
}

type ForFilter = { readonly filter: Filter };

interface Questions extends Pick<Program, 'openScope'> {
  readonly filters: readonly Filter[];
  /** For people: whose filters they are. */
  readonly whose: string;
}

/** Asks the source about each filter in turn, in a scope of its own (`id`); gives up when it answers for none. */
async function askEach<A extends ForFilter>(
  { filters: all, whose, openScope }: Questions,
  id: string,
  ask: (filters: readonly Filter[], scope: Scope) => AsyncIterable<A | (ForFilter & { readonly fault: Fault })>,
): Promise<Asked<A>> {
  const scope = openScope(id, LIVE_MS + LIVE_MS_A_FILTER * all.length);
  const answers: A[] = [];
  const unanswered: Unanswered[] = [];
  try {
    for await (const it of ask(all, scope)) {
      if ('fault' in it) unanswered.push({ filter: it.filter.name, error: it.fault.message });
      else answers.push(it);
      if (answers.length === 0 && unanswered.length >= GIVE_UP) {
        return { answers, unanswered, left: all.slice(unanswered.length).map(({ name }) => name) };
      }
    }
  } catch (error) {
    unanswered.push({ filter: whose, error: (error as Error).message });
  } finally {
    scope.close();
  }
  return { answers, unanswered, left: [] };
}
