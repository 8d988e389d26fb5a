import type { Filter } from '../../../core/model/filter.ts';
import type { Gap } from '../../../core/model/gap.ts';
import { presentReaders, readUpTo } from '../../../core/model/events/readers.ts';
import { isoOf, type Window } from '../../../core/model/window.ts';
import type { KeptCursor } from '../../../core/ports/events/event-store.ts';
import type { EventsOptions } from './options.ts';

/** Projects of the filter that are no intakes. */
export function unknownProjects({ projects }: Filter, { names }: Pick<EventsOptions, 'names'>): readonly Gap[] {
  return projects
    .filter((project) => !names.includes(project))
    .map((project) => ({
      part: 'totals',
      reason: 'project_not_found',
      project,
      detail: `there is no intake ${project}; there are ${names.join(', ')}`,
    }));
}

/** How intakes stand. */
export interface IntakesSeen {
  readonly cursors: readonly KeptCursor[];
  /** There is no room for more events. */
  readonly isPaused: boolean;
}

/**
 * Projects whose intake was not read past the window and the settle time, began after it, or missed some of it: no
 * number is the whole truth then, and no zero is an all-clear.
 */
export function behind(
  projects: readonly string[],
  window: Window,
  { cursors, isPaused }: IntakesSeen,
  { settleMs }: Pick<EventsOptions, 'settleMs'>,
): readonly Gap[] {
  return projects.flatMap((project): Gap[] => {
    const how = unread(
      cursors.filter((cursor) => cursor.project === project),
      window,
      settleMs,
    );
    if (how === null) return [];
    const why = isPaused ? '; intakes pause: the ledger holds as many events as it may (EVENT_MAX_GB)' : '';
    return [{ part: 'totals', reason: 'intake_behind', project, detail: `the intake ${project} ${how}${why}` }];
  });
}

/** Null: all of it was read. NOTE: an intake began with its first reader; another came later, and missed nothing. */
function unread(readers: readonly KeptCursor[], { start, end }: Window, settleMs: number): string | null {
  const [own, far] = [presentReaders(readers), readUpTo(readers)];
  if (far < end + settleMs)
    return Number.isFinite(far) ? `was read up to ${isoOf(far)} only` : 'was not read to its end yet';
  const since = Math.min(...readers.map((it) => it.since ?? -Infinity));
  if (start < since) return `began at ${isoOf(since)}, and does not know what was before`;
  const hole = own.flatMap(({ missing }) => missing).find((it) => it.start < end && start < it.end);
  return hole === undefined ? null : `did not get what was from ${isoOf(hole.start)} to ${isoOf(hole.end)}`;
}
