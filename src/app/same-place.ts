import type { Complaint } from '../config/filters/complaint.ts';
import type { FilterFault, FilterSet, FoundPart } from '../config/filters/load.ts';
import type { Wanted } from './file-parts.ts';

/** Filters that are sent to one account under two names. */
export function sentTwice(
  filters: FilterSet['filters'],
  sinks: readonly Wanted<unknown>[],
  usual: readonly string[],
): readonly Complaint[] {
  const same = samePlaces(sinks);
  return filters.flatMap((filter) => {
    const names = filter.sinks ?? usual;
    return same
      .filter((pair) => pair.every(({ name }) => names.includes(name)))
      .map(([one, other]) => {
        const text = `${one.name} and ${other.name} are the same account: all would arrive twice; name one of them`;
        return { filter: filter.name, key: 'sinks', text };
      });
  });
}

/** Sources that ask one organization with one token under two names. */
export function readTwice(sources: readonly Wanted<unknown>[], parts: readonly FoundPart[]): readonly FilterFault[] {
  return samePlaces(sources).flatMap(([one, other]): FilterFault[] => {
    const part = parts.find(({ section, name }) => section === 'sources' && name === other.name);
    if (part === undefined) return [];
    const text =
      `${other.name}: asks the same organization with the same token as ${one.name}, ` +
      "and neither knows of the other's requests; use one of them, or give it a token of its own";
    return [{ where: `${part.file}:${part.line}`, file: part.file, text }];
  });
}

type Pair = readonly [Wanted<unknown>, Wanted<unknown>];

function samePlaces(all: readonly Wanted<unknown>[]): readonly Pair[] {
  const placeOf = ({ vendor, configured }: Wanted<unknown>): string | undefined =>
    configured?.place && `${vendor} ${configured.place}`;
  return all.flatMap((other, index) =>
    all
      .slice(0, index)
      .filter((one) => placeOf(one) !== undefined && placeOf(one) === placeOf(other))
      .map((one): Pair => [one, other]),
  );
}
