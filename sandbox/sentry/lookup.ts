import type { Lookup } from '../search/fields.ts';
import type { State } from '../world/state.ts';

/** Answers from the books, each issue asked once. */
export function lookupOf(state: State): Lookup {
  const now = state.clock.now();
  const shortIds = new Map<string, string | null>();
  const shortId = (id: string): string | null => {
    const known = shortIds.get(id);
    if (known !== undefined) return known;
    const issue = state.issues.get(id, now);
    const found = issue === undefined || issue.deleted ? null : issue.shortId;
    shortIds.set(id, found);
    return found;
  };
  return {
    shortId,
    status: (id) => state.issues.get(id, now)?.status ?? null,
    messages: state.settings.messages,
    projectSlug: (id) => state.projects.byId(id)?.slug ?? '',
    issueId: (event) => (event.issueId === null ? null : state.issues.current(event.issueId)),
  };
}
