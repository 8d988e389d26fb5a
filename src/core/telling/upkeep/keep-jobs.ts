import type { Job, JobStore } from '../../ports/alerting/job-store.ts';
import type { JobBook } from '../own/job-book.ts';
import type { Chore } from './chore.ts';

export interface KeepJobsDeps {
  readonly jobs: Pick<JobBook, 'jobs'>;
  readonly store: Pick<JobStore, 'note'>;
  readonly server: string;
}

/** What this server did since the last pass is kept for all servers, and over its restarts. */
export function keepJobs({ jobs, store, server }: KeepJobsDeps): Chore {
  /** NOTE: a job that was done again is another object. */
  let kept: ReadonlySet<Job> = new Set();
  return {
    name: 'jobs',
    async work() {
      const all = jobs.jobs();
      await store.note(
        server,
        all.filter((job) => !kept.has(job)),
      );
      kept = new Set(all);
    },
  };
}
