import type { Program } from '../app/assemble.ts';
import type { Fault } from '../core/model/fault.ts';
import type { Filter } from '../core/model/filter.ts';
import type { Scope } from '../core/ports/scope.ts';

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

type ForFilter = { readonly filter: Filter };

/** Asks the source about each filter in turn, in a scope of its own (`id`); gives up when it answers for none. */
export async function askEach<A extends ForFilter>(
  { filters, openScope }: Pick<Program, 'filters' | 'openScope'>,
  id: string,
  ask: (filters: readonly Filter[], scope: Scope) => AsyncIterable<A | (ForFilter & { readonly fault: Fault })>,
): Promise<Asked<A>> {
  const all = filters.filters;
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
    unanswered.push({ filter: 'all filters', error: (error as Error).message });
  } finally {
    scope.close();
  }
  return { answers, unanswered, left: [] };
}
