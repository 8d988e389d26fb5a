import type { Job } from '../../ports/alerting/job-store.ts';
import type { DueDone } from '../../ports/alerting/due.ts';

/** Remembers what became of work that was due, as long as this process lives. */
export interface JobBook {
  note(done: readonly DueDone[]): void;
  /** By kind, then by name. */
  jobs(): readonly Job[];
}

/** Names come from files, so there are few; beyond that the oldest are forgotten. */
const MOST = 1000;

export function createJobBook(now: () => number): JobBook {
  const book = new Map<string, Job>();
  return {
    note(done) {
      for (const { kind, name, status, detail } of done) {
        if (status === 'held') continue;
        const key = `${kind} ${name}`;
        const { good = null, failed = null } = book.get(key) ?? {};
        const last = { at: now(), detail };
        book.delete(key);
        book.set(key, { kind, name, ...(status === 'done' ? { good: last, failed } : { good, failed: last }) });
        if (book.size > MOST) book.delete(book.keys().next().value!);
      }
    },
    jobs: () => [...book].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, job]) => job),
  };
}
