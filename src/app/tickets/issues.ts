import { issueKey } from '../../core/model/ticketing/ticket.ts';
import type { EventStore } from '../../core/ports/events/event-store.ts';
import type { ReadingDeps } from '../../core/tickets/reading/read-tickets.ts';

/** Issues of a pass at most, those with the newest events. */
const MOST_ISSUES = 500;
/** Issues that are remembered as noted. */
const MOST_KNOWN = 50_000;

/** Issues of intakes that this process has not noted yet. */
export function issuesIn(events: EventStore | undefined, projects: readonly string[]): ReadingDeps['issuesSince'] {
  const noted = new Set<string>();
  return async (since) => {
    if (events === undefined || projects.length === 0) return [];
    if (noted.size > MOST_KNOWN) noted.clear();
    const found = await events.find({ projects, since, first: false, limit: MOST_ISSUES });
    const fresh = found.map(({ project, issueId: id }) => ({ project, id })).filter((it) => !noted.has(issueKey(it)));
    const said = [];
    for (const issue of fresh) {
      const samples = await events.samples(issue.project, issue.id);
      const newest = samples.findLast(({ which }) => which === 'newest') ?? samples.at(-1);
      said.push({ issue, text: newest?.sample?.text ?? null });
    }
    for (const issue of fresh) noted.add(issueKey(issue));
    return said;
  };
}
