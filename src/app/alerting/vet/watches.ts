import type { FilterFault, FilterSet, PartComplaint } from '../../../config/filters/load.ts';
import { timeText } from '../../../config/watches/spans.ts';

/** Watches with the name of a filter: mutes and alerts could not tell them apart. */
export function takenNames({ filters, parts, where }: FilterSet): readonly PartComplaint[] {
  const taken = new Set(filters.map(({ name }) => name));
  return parts
    .filter(({ section, name }) => section === 'watches' && taken.has(name))
    .map(({ name }) => ({ part: name, text: `is the name of the filter in ${where(name)}; choose another` }));
}

/** Alerts of watches of which nobody hears, and those that fire between two looks. */
export function oddWatches({ watches, parts }: FilterSet): readonly FilterFault[] {
  return watches.flatMap(({ name, everyMs, rules }) =>
    rules.flatMap(({ condition, sentence, tell, where }): FilterFault[] => {
      const fault = (text: string): FilterFault => ({
        where,
        file: where.replace(/:\d+$/, ''),
        text: `watches: ${name}: ${text}`,
      });
      const isLost = parts.some((part) => part.name === name && (part.watch?.tell ?? []).length > 0);
      return [
        ...(tell.length > 0 || isLost ? [] : [fault(`nobody is told of ${sentence}; write tell: with a channel`)]),
        ...(condition.kind === 'stale' && condition.spanMs <= everyMs
          ? [fault(`${sentence}, and it is looked at every ${timeText(everyMs)}; write a longer time`)]
          : []),
      ];
    }),
  );
}
