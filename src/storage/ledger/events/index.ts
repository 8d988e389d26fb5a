import type { EventStore } from '../../../core/ports/events/event-store.ts';
import type { Database } from '../../database/database.ts';
import { addBatch } from './add.ts';
import { countsOf, daysOf, heldIn, seriesOf } from './count-reads.ts';
import { cursorsOf } from './cursors.ts';
import { newestEvents } from './lists/newest.ts';
import { eachStored, reachedIn } from './lists/stored.ts';
import { findIssues, usersByIssue } from './find.ts';
import { lateWindows, noteHeld } from './late.ts';
import type { Bounded } from './room/bounded.ts';
import type { Firsts } from './learn.ts';
import { eachEvent, issuesOf, locate, usersOf } from './reads.ts';
import { rejectsOf } from './rejects.ts';
import { samplesOf } from './samples.ts';
import { timingsIn } from './timings/rows.ts';
import { alikeIssues, groupingOf } from './traits/read.ts';

/** Events in tables. Asked for nothing, it asks nobody. `bounded`: absent: they may take what they take. */
export function sqlEvents(database: Database, bounded?: Bounded): Omit<EventStore, 'keptMs' | 'objects'> {
  const firsts: Firsts = new Map();
  return {
    room: async () => bounded?.look() ?? null,
    add: async (batch) => {
      await bounded?.check();
      return addBatch(await database.ready(), batch, firsts);
    },
    cursors: async (projects) => (projects.length === 0 ? [] : cursorsOf(await database.ready(), projects)),
    each: async (projects, span, take) => eachEvent(await database.ready(), projects, span, take),
    reached: async (projects) => (projects.length === 0 ? new Map() : reachedIn(await database.ready(), projects)),
    stored: async (project, span, take) => eachStored(await database.ready(), project, span, take),
    newest: async (asked) => (asked.projects.length === 0 ? [] : newestEvents(await database.ready(), asked)),
    held: async (projects, span) => (projects.length === 0 ? 0 : heldIn(await database.ready(), projects, span)),
    issues: async (projects, ids, environments) =>
      projects.length * ids.length === 0 ? new Map() : issuesOf(await database.ready(), projects, ids, environments),
    find: async (asked) => (asked.projects.length === 0 ? [] : findIssues(await database.ready(), asked)),
    counts: async (wish, ids, span) =>
      wish.projects.length * ids.length === 0 ? new Map() : countsOf(await database.ready(), wish, ids, span),
    users: async (wish, span, above) =>
      wish.projects.length === 0 ? { users: 0, issues: {} } : usersOf(await database.ready(), wish, span, above),
    series: async (wish, span, stepMs) =>
      wish.projects.length === 0 ? [] : seriesOf(await database.ready(), wish, span, stepMs),
    days: async (wish, ids, span) =>
      wish.projects.length === 0 ? [] : daysOf(await database.ready(), wish, ids, span),
    locate: async (projects, eventId) =>
      projects.length === 0 ? null : locate(await database.ready(), projects, eventId),
    usersBy: async (project, ids, span) => usersByIssue(await database.ready(), project, ids, span),
    samples: async (project, issueId) => samplesOf(await database.ready(), project, issueId),
    alike: async (projects, issue, most) =>
      projects.length === 0
        ? { issues: [], isMore: false }
        : alikeIssues(await database.ready(), projects, issue, most),
    groupingOf: async (issue) => groupingOf(await database.ready(), issue),
    timings: async (projects, span) => (projects.length === 0 ? [] : timingsIn(await database.ready(), projects, span)),
    rejects: async (project, most) => rejectsOf(await database.ready(), project, most),
    late: async (wishes, from) => (wishes.length === 0 ? [] : lateWindows(await database.ready(), wishes, from)),
    noteHeld: async (again) => (again.length === 0 ? undefined : noteHeld(await database.ready(), again)),
  };
}
