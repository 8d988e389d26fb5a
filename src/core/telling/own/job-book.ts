import type { DueDone } from '../../ports/alerting/due.ts';

/** A piece of work as this process did it last. */
export interface Job extends Pick<DueDone, 'kind' | 'name' | 'detail'> {
  /** When it went well last, epoch ms; null: not yet. */
  readonly goodAt: number | null;
  /** When it failed last, epoch ms; null: it has not. */
  readonly failedAt: number | null;
}

/** Remembers what became of work that was due. */
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
        const { goodAt = null, failedAt = null } = book.get(key) ?? {};
        book.delete(key);
        book.set(key, {
          kind,
          name,
          detail,
          ...(status === 'done' ? { goodAt: now(), failedAt } : { goodAt, failedAt: now() }),
        });
        if (book.size > MOST) book.delete(book.keys().next().value!);
      }
    },
    jobs: () => [...book].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, job]) => job),
  };
}
