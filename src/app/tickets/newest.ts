import { faultOf } from '../../core/model/errors.ts';
import { scrubText } from '../../core/logs/events/scrub.ts';
import type { Hits } from '../../core/model/ticketing/content.ts';
import type { Source } from '../../core/ports/source.ts';
import type { Tickets } from '../../core/ports/tickets/tickets.ts';
import type { FilingDeps } from '../../core/tickets/filing/deps.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Reading } from './reading.ts';

/** After so long a source is asked no second time, ms: somebody waits for the ticket. */
const MOST_MS = 15_000;

/** What sources say of issues, without secrets. */
export function newestIn(reading: Reading, { now }: Pick<Clock, 'now'>): NonNullable<FilingDeps['newestOf']> {
  return async ({ project, id }, scope) => {
    const [source, ...others] = sourcesOf(project, reading).filter((it) => it.newestText !== undefined);
    if (source === undefined) return null;
    if (others.length > 0) return { lack: `No traceback: several sources have a project ${project}.` };
    try {
      const deadline = Math.min(scope.deadline, now() + MOST_MS);
      const text = await source.newestText!(id, { ...scope, deadline });
      return text === null
        ? { lack: 'No traceback: its newest event is not there any more, or says nothing.' }
        : { text: scrubText(text) };
    } catch (error) {
      return { lack: `Its traceback could not be read: ${faultOf(error).message}` };
    }
  };
}

/** The newest events that sources have of issues. */
export function newestHitsIn(reading: Reading): Tickets['sourceHits'] {
  return async (issue, limit, scope) => {
    const [source, ...others] = sourcesOf(issue.project, reading).filter((it) => it.newestEvents !== undefined);
    const none = (lack: string): Hits => ({ listed: [], more: 0, lack });
    if (source === undefined) return null;
    if (others.length > 0) return none(`Its events are not listed: several sources have a project ${issue.project}.`);
    try {
      const hits = await source.newestEvents!(issue, limit, scope);
      return hits ?? none(`Its events are not listed: ${source.name} has no table of events.`);
    } catch (error) {
      return none(`Its events could not be read: ${faultOf(error).message}`);
    }
  };
}

function sourcesOf(project: string, { filters, sourceOf }: Reading): readonly Source[] {
  const own = filters.filter(({ projects }) => projects.includes(project));
  return [...new Set(own.map(sourceOf))].filter((it) => it !== undefined);
}
