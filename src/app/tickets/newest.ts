import { faultOf } from '../../core/model/errors.ts';
import { scrubText } from '../../core/logs/events/scrub.ts';
import type { FilingDeps } from '../../core/tickets/filing/deps.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Reading } from './reading.ts';

/** After so long a source is asked no second time, ms: somebody waits for the ticket. */
const MOST_MS = 15_000;

/** What sources say of issues, without secrets. */
export function newestIn(
  { filters, sourceOf }: Reading,
  { now }: Pick<Clock, 'now'>,
): NonNullable<FilingDeps['newestOf']> {
  return async ({ project, id }, scope) => {
    const own = filters.filter(({ projects }) => projects.includes(project));
    const sources = [...new Set(own.map(sourceOf))].filter((it) => it?.newestText !== undefined);
    const [source, ...others] = sources;
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
