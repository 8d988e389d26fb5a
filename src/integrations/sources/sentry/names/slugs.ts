import { nearestOf } from '../../../../platform/nearest.ts';

/** What a list of projects says of slugs, also of those that are not in it. */
export interface Slugs {
  /** Ids by the slugs that the projects have now. */
  readonly ids: ReadonlyMap<string, string>;
  /** Ids by slugs that earlier lists had, and that no project has now. */
  readonly former: ReadonlyMap<string, string>;
}

/** `before`: what the list before said; null: there was none. */
export function slugsOf(ids: ReadonlyMap<string, string>, before: Slugs | null): Slugs {
  const former = new Map([...(before?.former ?? []), ...(before?.ids ?? [])]);
  for (const slug of ids.keys()) former.delete(slug);
  return { ids, former };
}

/** Completes "no project crm-wbe in acme: " with what became of it, and what to write. */
export function fateOf(slug: string, { ids, former }: Slugs): string {
  const id = former.get(slug);
  const present = id === undefined ? undefined : [...ids].find(([, it]) => it === id)?.[0];
  if (present !== undefined) return `it is called ${present} now; mend the filter`;
  const near = nearestOf(slug, ids.keys());
  return `renamed, deleted or misspelt; ${near === undefined ? 'mend the filter' : `did you mean ${near}?`}`;
}
