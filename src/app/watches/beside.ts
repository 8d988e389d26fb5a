import { createJobBook, type JobBook } from '../../core/telling/own/job-book.ts';
import type { PageOptions } from '../../server/pages/index.ts';
import type { Alerting } from '../alerting/index.ts';
import { type Work, worksOf } from '../alerting/work-due.ts';
import type { Scope } from '../../core/ports/scope.ts';
import type { LiveFilters } from '../live/live-filters.ts';
import type { Parts } from '../make-parts.ts';
import type { World } from '../world.ts';
import { type Watching, watchingOf } from './index.ts';

/** Undefined: there are none, or nobody could be told of them. */
export function watchesBeside(
  parts: Parts,
  { live: { now: inForce }, alerting, jobs }: Around,
  { sleep }: Pick<World, 'sleep'>,
): Watching | undefined {
  if (alerting === undefined) return undefined;
  return watchingOf(parts, {
    plans: () => inForce().watches,
    isWhole: () => inForce().isWhole,
    admin: alerting.admin,
    heard: jobs.note,
    sleep,
  });
}

/** What may be due besides windows, in its order; a dry run does nothing of it. */
export function dueOf(
  { settings, intakes }: Parts,
  alerting: Alerting | undefined,
  watching: Watching | undefined,
): readonly Work[] {
  if (settings.dryRun) return [];
  const tell = alerting === undefined ? undefined : (scope: Scope) => alerting.work(scope);
  return worksOf({ watch: watching?.work, tell, take: intakes?.take });
}

/** Hears when plain runs begin; a dry run looks at nothing. */
export function watchListeners(watching: Watching | undefined, { settings }: Pick<Parts, 'settings'>) {
  return watching === undefined || settings.dryRun ? [] : [watching.listener];
}

/** What becomes of work that is due, to be looked at. */
export function jobsBeside({ intakes }: Pick<Parts, 'intakes'>, { now }: Pick<World, 'now'>): JobBook {
  const jobs = createJobBook(now);
  intakes?.heed(async (name, fault) => {
    const status = fault === null ? 'done' : 'failed';
    jobs.note([{ kind: 'intake', name, status, detail: fault?.message ?? 'read' }]);
  });
  return jobs;
}

export interface Around {
  readonly live: LiveFilters;
  readonly alerting: Alerting | undefined;
  readonly jobs: JobBook;
}

type Shown = Pick<PageOptions, 'status' | 'alerting'>;

/** What pages show of watches and of what is due, and what people may do about it. */
export function watchesForPages(
  watching: Watching | undefined,
  { live: { now: inForce }, alerting, jobs }: Around,
  openScope: () => Parameters<Watching['look']>[1] & { close(): void },
): Shown {
  const forPages = alerting?.forPages;
  const acts = forPages?.acts;
  return {
    status: {
      watches: watching && { all: watching.store.all, plans: () => inForce().watches },
      schedules: async (now) => {
        const { digests, watches } = inForce();
        if (digests.length + watches.length === 0) return [];
        return (await import('./status.ts')).nextDue({ digests, watches }, now);
      },
      jobs: jobs.jobs,
    },
    alerting: forPages && {
      ...forPages,
      acts: acts && {
        ...acts,
        async look(name) {
          const scope = openScope();
          try {
            const done = (await watching?.look(name, scope)) ?? null;
            return done === null ? { fault: NOT_NOW } : { target: name };
          } finally {
            scope.close();
          }
        },
        about: async (what, id) => {
          if (what !== 'watch') return acts.about(what, id);
          return inForce().watches.some(({ name }) => name === id) ? `the watch ${id}` : null;
        },
      },
    },
  };
}

const NOT_NOW = 'Somebody looks at it just now, or no file sets it up any more. Look again in a moment.';
