import type { Filter } from '../../../core/types.ts';
import type { SeenEvent } from './event.ts';

/** Whether an event is a filter's, by the same meaning as the search that the events table is given. A raw `query` cannot be judged here. */
export function matcher(filter: Filter): (event: SeenEvent) => boolean {
  const terms = filter.searchTerms.map((term) => term.toLowerCase());
  const exclude = filter.exclude.map((term) => term.toLowerCase());
  return (event) => isOneOf(filter.environments, event.tag('environment'))
    && isOneOf(filter.levels, event.tag('level'))
    && (terms.length === 0 || terms.some((term) => event.text.includes(term)))
    && !exclude.some((term) => event.text.includes(term));
}

/** An empty list asks for nothing. */
function isOneOf(wanted: readonly string[], value: string): boolean {
  return wanted.length === 0 || wanted.includes(value);
}
