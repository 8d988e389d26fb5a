import type { Filter } from '../../../core/model/filter.ts';
import type { Gap } from '../../../core/model/gap.ts';
import { DAY_MS, isoOf, type Window } from '../../../core/model/window.ts';
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

/**
 * A reader that did not move for so long while another did is one no more: its server was taken away. Where all stand
 * still nobody knows anything.
 */
const GONE_MS = DAY_MS;

function present(cursors: readonly KeptCursor[]): readonly KeptCursor[] {
  const newest = Math.max(...cursors.map(({ movedAt }) => movedAt));
  return cursors.filter(({ movedAt }) => movedAt >= newest - GONE_MS);
}

/**
 * Projects whose intake was not read past the window and the settle time: what is missing may still come, so that no
 * number is the whole truth and no zero is an all-clear.
 */
export function behind(
  projects: readonly string[],
  { end }: Window,
  cursors: readonly KeptCursor[],
  { settleMs }: Pick<EventsOptions, 'settleMs'>,
): readonly Gap[] {
  return projects.flatMap((project): Gap[] => {
    const own = present(cursors.filter((cursor) => cursor.project === project));
    const far = Math.min(...own.map(({ watermark }) => watermark ?? -Infinity));
    if (own.length > 0 && far >= end + settleMs) return [];
    const how = Number.isFinite(far) ? `was read up to ${isoOf(far)} only` : 'was not read to its end yet';
    return [{ part: 'totals', reason: 'intake_behind', project, detail: `the intake ${project} ${how}` }];
  });
}
