import { createJobBook, type JobBook } from '../../core/telling/own/job-book.ts';
import type { PageOptions } from '../../server/pages/index.ts';
import type { Alerting } from '../alerting/index.ts';
import { type Work, worksOf } from '../alerting/work-due.ts';
import type { Messenger } from '../../core/ports/alerting/messenger.ts';
import type { RunListener } from '../../core/ports/run-listener.ts';
import type { Scope } from '../../core/ports/scope.ts';
import type { LiveFilters } from '../live/live-filters.ts';
import type { Parts } from '../make-parts.ts';
import type { World } from '../world.ts';
import { feedsOf } from '../feeds/index.ts';
import type { BesideRuns } from './beside-runs.ts';
import type { BackupSource } from '../../server/pages/status/sources.ts';
import type { Backups } from '../backup/index.ts';
import { type Watching, watchingOf } from './index.ts';

/** What is looked at now and then. */
export interface Looking {
  /** Undefined: there are none, or nobody could be told of them. */
  readonly watching: Watching | undefined;
  /** Of sheets and calendars, likewise. */
  readonly feeding: BesideRuns | undefined;
  /** They hear when plain runs begin; a dry run looks at nothing. */
  readonly listeners: readonly RunListener[];
  /** What is looked at is told at once. */
  behind(messenger: Messenger): Messenger;
}

export function lookingBeside(
  parts: Parts,
  { live: { now: inForce }, alerting, jobs }: Around,
  { sleep }: Pick<World, 'sleep'>,
): Looking {
  if (alerting === undefined)
    return { watching: undefined, feeding: undefined, listeners: [], behind: (messenger) => messenger };
  const shared = { isWhole: () => inForce().isWhole, admin: alerting.admin, heard: jobs.note, sleep };
  const watching = watchingOf(parts, { plans: () => inForce().watches, ...shared });
  const feeding = feedsOf(parts, { plans: inForce, ...shared });
  const all = [feeding, watching].filter((it) => it !== undefined);
  return {
    watching,
    feeding,
    listeners: parts.settings.dryRun ? [] : all.map(({ listener }) => listener),
    behind: (messenger) => all.reduce((later, it) => it.behind(later), messenger),
  };
}

/** What may be due besides windows, in its order; a dry run does nothing of it. */
export function dueOf(
  { settings, intakes }: Parts,
  alerting: Alerting | undefined,
  { watching, feeding }: Looking,
  backups: Pick<Backups, 'work'>,
): readonly Work[] {
  if (settings.dryRun) return [];
  const tell = alerting === undefined ? undefined : (scope: Scope) => alerting.work(scope);
  return worksOf({ feed: feeding?.work, watch: watching?.work, tell, take: intakes?.take, copy: backups.work });
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
  /** For the page. Absent: there are none. */
  readonly backup?: BackupSource | undefined;
}

type Shown = Pick<PageOptions, 'status' | 'alerting'>;

/** What pages show of watches and of what is due, and what people may do about it. */
export function watchesForPages(
  watching: Watching | undefined,
  { live: { now: inForce }, alerting, jobs, backup }: Around,
  openScope: () => Parameters<Watching['look']>[1] & { close(): void },
): Shown {
  const forPages = alerting?.forPages;
  const acts = forPages?.acts;
  return {
    status: {
      watches: watching && { all: watching.store.all, plans: () => inForce().watches },
      schedules: async (now) => {
        const { digests, watches, backup, reminders } = inForce();
        if (digests.length + watches.length + reminders.length === 0 && backup === undefined) return [];
        return (await import('./next-due.ts')).nextDue({ digests, watches, backup, reminders }, now);
      },
      jobs: jobs.jobs,
      backup,
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
