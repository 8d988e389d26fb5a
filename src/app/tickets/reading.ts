import type { Filter } from '../../core/model/filter.ts';
import type { Source } from '../../core/ports/source.ts';

/** Where issues come from that we keep no events of. */
export interface Reading {
  readonly filters: readonly Filter[];
  /** The source that reads a filter; undefined: there is none. */
  sourceOf(filter: Filter): Source | undefined;
}

/** A source that was made. */
export interface BuiltSource {
  readonly name: string;
  readonly built: { readonly part: Source };
}

/** `usual`: name of the source of filters that name none. */
export function readingOf(
  sources: readonly BuiltSource[],
  filters: readonly Filter[],
  usual: string | undefined,
): Reading {
  return { filters, sourceOf: ({ source = usual }) => sources.find(({ name }) => name === source)?.built.part };
}
