import { faultOf, UpstreamError } from '../../model/errors.ts';
import type { Fault } from '../../model/fault.ts';
import type { Filter } from '../../model/filter.ts';
import type { Ask } from '../../model/reading.ts';
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
  const groups = <T>(all: readonly T[], filterOf: (it: T) => Filter): readonly [Source, readonly T[]][] => [
    ...Map.groupBy(all, (it) => sourceOf(filterOf(it))),
  ];
  const each = (filters: readonly Filter[]): readonly [Source, readonly Filter[]][] => groups(filters, (it) => it);
  const costs = sources.map(({ name, cost }) => cost && ([name, cost] as const));
  return {
    name: 'sources',
    ...(costs.includes(undefined) ? {} : { cost: manyCosts(costs as NamedCost[], (filter) => sourceOf(filter).name) }),
    apart: (filters) => each(filters).map(([, own]) => own),
    prepare: async (filters, scope) =>
      (await Promise.all(each(filters).map(([source, own]) => source.prepare(own, scope)))).flat(),
    read: (asks, scope) =>
      merged(
        groups(asks, ({ filter }) => filter).map(([source, own]) =>
          kept(
            own,
            source.read(own, scope),
            (ask, fault) => ({ ask, fault }),
            ({ ask }) => ask,
          ),
        ),
      ),
    async sharesReading(scope, filters) {
      const all = each(filters).map(async ([source, own]) => source.sharesReading?.(scope, own) ?? false);
      return (await Promise.all(all)).includes(true);
    },
    async series(filter, span, scope) {
      const source = sourceOf(filter);
      if (source.series === undefined) throw missing(source, 'this source has no time series');
      return source.series(filter, span, scope);
    },
    survey: (filters, window, scope) =>
      merged(
        each(filters).map(([source, own]) => {
          const found = source.survey?.(own, window, scope) ?? nothing(source, 'cannot say how much a filter finds');
          return kept(
            own,
            found,
            (filter, fault) => ({ filter, fault }),
            ({ filter }) => filter,
          );
        }),
      ),
    checkKeys: (filters, scope) =>
      merged(
        each(filters).map(([source, own]) => {
          const found = source.checkKeys?.(own, scope) ?? nothing(source, 'cannot say which keys it has seen');
          return kept(
            own,
            found,
            (filter, fault) => ({ filter, fault }),
            ({ filter }) => filter,
          );
        }),
      ),
  };
}

/** The source that a filter is read by. */
export function sourceFor({ name, source }: Filter, sources: readonly Source[], usual: string | undefined): Source {
  const found = sources.find((it) => it.name === (source ?? usual));
  if (found === undefined) throw new Error(`${name}: there is no source ${source ?? 'for it'}`);
  return found;
}

/** What one source answers; when it breaks off, all that it owes has that fault. */
async function* kept<Q extends Ask | Filter, A>(
  owed: readonly Q[],
  answers: AsyncIterable<A>,
  lost: (question: Q, fault: Fault) => A,
  questionOf: (answer: A) => Q,
): AsyncGenerator<A> {
  const open = new Set(owed);
  try {
    for await (const answer of answers) {
      open.delete(questionOf(answer));
      yield answer;
    }
  } catch (error) {
    const fault = faultOf(error);
    for (const question of open) yield lost(question, fault);
  }
}

// eslint-disable-next-line require-yield
async function* nothing(source: Source, text: string): AsyncGenerator<never> {
  throw missing(source, text);
}

function missing({ name }: Source, text: string): UpstreamError {
  return new UpstreamError(`${name}: ${text}`, { service: name, retryable: false });
}
