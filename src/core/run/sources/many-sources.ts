import { tracedFaultOf, UpstreamError } from '../../model/errors.ts';
import type { Fault } from '../../model/fault.ts';
import type { Filter } from '../../model/filter.ts';
import type { Source } from '../../ports/source.ts';
import { manyCosts, type NamedCost } from './many-costs.ts';
import { merged } from './merged.ts';

/**
 * Several sources as one: each filter is read by the one that it names, all at the same time. One's trouble is that of
 * its own filters. `usual`: name of the source of filters that name none.
 */
export function manySources(sources: readonly Source[], usual: string | undefined): Source {
  const [only, ...others] = sources;
  if (only !== undefined && others.length === 0) return only;
  const sourceOf = (filter: Filter): Source => sourceFor(filter, sources, usual);
  const each = (filters: readonly Filter[]): Groups<Filter> => [...Map.groupBy(filters, sourceOf)];
  return {
    name: 'sources',
    ...costOf(sources, sourceOf),
    apart: (filters) => each(filters).map(([, own]) => own),
    prepare: async (filters, scope) =>
      (await Promise.all(each(filters).map(([source, own]) => source.prepare(own, scope)))).flat(),
    read: (asks, scope) =>
      merged(
        [...Map.groupBy(asks, ({ filter }) => sourceOf(filter))].map(([source, own]) =>
          kept(
            new Set(own),
            source.read(own, scope),
            ({ ask }) => ask,
            (ask, fault) => ({ ask, fault }),
          ),
        ),
      ),
    async sharesReading(scope, filters) {
      const all = each(filters).map(async ([source, own]) => source.sharesReading?.(scope, own) ?? false);
      return (await Promise.all(all)).includes(true);
    },
    async series(filter, span, scope, stepMs) {
      const source = sourceOf(filter);
      if (source.series === undefined) throw missing(source, 'this source has no time series');
      return source.series(filter, span, scope, stepMs);
    },
    searchUrl: (filter, span) => sourceOf(filter).searchUrl?.(filter, span) ?? null,
    queryOf: (filter) => sourceOf(filter).queryOf?.(filter) ?? null,
    survey: (filters, window, scope) =>
      asked(each(filters), (source, own) => source.survey?.(own, window, scope), 'cannot say how much a filter finds'),
    checkKeys: (filters, scope) =>
      asked(each(filters), (source, own) => source.checkKeys?.(own, scope), 'cannot say which keys it has seen'),
  };
}

type Groups<T> = readonly (readonly [Source, readonly T[]])[];

/** Of sources that all say what they cost. */
function costOf(sources: readonly Source[], sourceOf: (filter: Filter) => Source): Pick<Source, 'cost'> {
  const costs = sources.flatMap(({ name, cost }): NamedCost[] => (cost === undefined ? [] : [[name, cost]]));
  return costs.length < sources.length ? {} : { cost: manyCosts(costs, (filter) => sourceOf(filter).name) };
}

/** What each source says of its filters; those of one that cannot say anything have that as their fault. */
function asked<A extends { readonly filter: Filter }>(
  groups: Groups<Filter>,
  ask: (source: Source, own: readonly Filter[]) => AsyncIterable<A> | undefined,
  cannot: string,
): AsyncIterable<A | { readonly filter: Filter; readonly fault: Fault }> {
  return merged(
    groups.map(([source, own]) =>
      kept<Filter, A | { readonly filter: Filter; readonly fault: Fault }>(
        new Set(own),
        ask(source, own) ?? nothing(missing(source, cannot)),
        ({ filter }) => filter,
        (filter, fault) => ({ filter, fault }),
      ),
    ),
  );
}

/** The source that a filter is read by. */
export function sourceFor({ name, source }: Filter, sources: readonly Source[], usual: string | undefined): Source {
  const found = sources.find((it) => it.name === (source ?? usual));
  if (found === undefined) throw new Error(`${name}: there is no source ${source ?? 'for it'}`);
  return found;
}

/** What one source answers; when it breaks off, all that it owes has that fault. */
async function* kept<Q, A>(
  owed: Set<Q>,
  answers: AsyncIterable<A>,
  questionOf: (answer: A) => Q,
  lost: (question: Q, fault: Fault) => A,
): AsyncGenerator<A> {
  try {
    for await (const answer of answers) {
      owed.delete(questionOf(answer));
      yield answer;
    }
  } catch (error) {
    const fault = tracedFaultOf(error);
    for (const question of owed) yield lost(question, fault);
  }
}

async function* nothing(error: Error): AsyncGenerator<never> {
  yield* [];
  throw error;
}

function missing({ name }: Source, text: string): UpstreamError {
  return new UpstreamError(`${name}: ${text}`, { service: name, retryable: false });
}
