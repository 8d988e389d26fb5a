import { isoOf } from '../../../core/model/window.ts';
import type { View } from './view.ts';

/** Any view of a page, as its own address. Undefined in the changes takes something back. */
export function addressOf(
  path: string,
  view: View,
  changes: { readonly [K in keyof View]?: View[K] | undefined } = {},
): string {
  const { range, at, sort, q, scale, open = [], shut = [], of, by, project, state, hidden } = { ...view, ...changes };
  // Another choice makes another list.
  const page = Object.keys(changes).length === 0 ? view.page : changes.page;
  const pairs: readonly (readonly [string, string | undefined])[] = [
    ['range', range],
    ['at', at === undefined ? undefined : isoOf(at)],
    ['sort', sort],
    ['q', q],
    ['scale', scale],
    ['of', of],
    ['by', by],
    ['project', project],
    ['state', state],
    ['hidden', hidden],
    ['page', page === undefined ? undefined : String(page)],
    ...open.map((team) => ['open', team] as const),
    ...shut.map((team) => ['shut', team] as const),
  ];
  const said = pairs.filter((pair): pair is readonly [string, string] => pair[1] !== undefined);
  const query = new URLSearchParams(said.map(([name, value]) => [name, value])).toString();
  return query === '' ? path : `${path}?${query}`;
}

/** What stays when another page is opened: how long, and up to when. */
export function keptOf({ range, at }: View): View {
  return { ...(range === undefined ? {} : { range }), ...(at === undefined ? {} : { at }) };
}
