import { isoOf } from '../../../core/model/window.ts';
import type { EventPoint } from '../../../core/ports/events/lists.ts';
import type { View } from './view.ts';

/** Any view of a page, as its own address. Undefined in the changes takes something back. */
export function addressOf(
  path: string,
  view: View,
  changes: { readonly [K in keyof View]?: View[K] | undefined } = {},
): string {
  const said = { ...view, ...changes };
  const { range, at, sort, q, scale, open = [], shut = [], of, by, project, state, level, ticket, hidden } = said;
  // Another choice makes another list.
  const { page, after } = Object.keys(changes).length === 0 ? view : changes;
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
    ['level', level],
    ['ticket', ticket],
    ['hidden', hidden],
    ['after', after === undefined ? undefined : pointText(after)],
    ['page', page === undefined ? undefined : String(page)],
    ...open.map((team) => ['open', team] as const),
    ...shut.map((team) => ['shut', team] as const),
  ];
  const told = pairs.filter((pair): pair is readonly [string, string] => pair[1] !== undefined);
  const query = new URLSearchParams(told.map(([name, value]) => [name, value])).toString();
  return query === '' ? path : `${path}?${query}`;
}

/** An event's place in a list, as addresses have it: none of its parts before the id has a `_`. */
function pointText({ at, project, id }: EventPoint): string {
  return `${isoOf(at)}_${project}_${id}`;
}

/** What stays when another page is opened: how long, and up to when. */
export function keptOf({ range, at }: View): View {
  return { ...(range === undefined ? {} : { range }), ...(at === undefined ? {} : { at }) };
}

export const ISSUES = '/issues';
/** Single events, and the same as a file. */
export const EVENTS = '/events';
export const CSV = '/events.csv';

/** The page of one. */
export function issueAddress(issueId: string, view: View): string {
  return addressOf(`${ISSUES}/${encodeURIComponent(issueId)}`, view);
}
