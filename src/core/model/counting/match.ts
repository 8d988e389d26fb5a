import type { Filter } from '../filter.ts';
import { foldAscii, formsOf } from './terms.ts';
import type { CountedEvent } from './counted-event.ts';

/**
 * Whether an event is a filter's, by the same meaning as the search that the events table is given. `unknown`: it would
 * be, but it tells no level (GlitchTip), and the filter asks for some. A raw `query` cannot be judged here.
 */
export type Match = 'yes' | 'no' | 'unknown';

export function matcher(filter: Filter): (event: CountedEvent) => Match {
  const terms = filter.searchTerms.flatMap(formsOf).map(foldAscii);
  const exclude = filter.exclude.flatMap(formsOf).map(foldAscii);
  return (event) => {
    const matches =
      isOneOf(filter.environments, event.tag('environment')) &&
      (terms.length === 0 || terms.some((term) => event.text.includes(term))) &&
      !exclude.some((term) => event.text.includes(term));
    if (!matches) return 'no';
    const level = event.tag('level');
    if (isOneOf(filter.levels, level)) return 'yes';
    return level === '' ? 'unknown' : 'no';
  };
}

/** An empty list asks for nothing. */
function isOneOf(wanted: readonly string[], value: string): boolean {
  return wanted.length === 0 || wanted.includes(value);
}
