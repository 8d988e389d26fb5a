import type { ErrorEvent, Reject } from '../../../src/core/model/events/event.ts';
import type { TimingBatch } from '../../../src/core/model/events/timing.ts';
import { createObjectBook } from './object-book.ts';
import type { Cursor, EventStore } from '../../../src/core/ports/events/event-store.ts';

/** An event store of plain lists: each event once by its id, each reject once by its. */
export interface BookStore extends Pick<EventStore, 'add' | 'cursors' | 'objects'> {
  readonly events: readonly ErrorEvent[];
  readonly rejects: readonly Reject[];
  /** How far it was said to be read, in order. */
  readonly moves: readonly Cursor[];
  readonly notes: readonly Reject[];
  readonly timings: readonly TimingBatch[];
  /** Events of each batch. */
  readonly sizes: readonly number[];
}

export function createBookStore(now: () => number = () => 0): BookStore {
  const [events, rejects, moves, sizes]: [ErrorEvent[], Reject[], Cursor[], number[]] = [[], [], [], []];
  const [notes, timings]: [Reject[], TimingBatch[]] = [[], []];
  const addNew = <T extends { readonly id: string }>(all: T[], some: readonly T[]): number => {
    const before = all.length;
    for (const one of some) if (!all.some(({ id }) => id === one.id)) all.push(one);
    return all.length - before;
  };
  return {
    ...{ events, rejects, notes, timings, moves, sizes, objects: createObjectBook(now) },
    cursors: async ([project]) =>
      [...new Map(moves.map((it) => [it.name, it])).values()].map((it) => {
        const begun = moves.flatMap(({ name, since }) => (name === it.name && since !== undefined ? [since] : []));
        const since = begun.length === 0 ? null : Math.min(...begun);
        return { ...it, project: project!, since, missing: it.missing ?? [], movedAt: 0 };
      }),
    async add(batch) {
      sizes.push(batch.events.length);
      const stored = addNew(events, batch.events);
      addNew(notes, batch.notes ?? []);
      if (batch.timings !== undefined) timings.push(batch.timings);
      if (batch.cursor !== undefined) moves.push(batch.cursor);
      return { stored, repeats: batch.events.length - stored, rejects: addNew(rejects, batch.rejects ?? []) };
    },
  };
}
