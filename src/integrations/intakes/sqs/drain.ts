import { timingIn } from '../../../core/logs/timings/timings.ts';
import type { Pattern } from '../../../core/logs/pattern.ts';
import { chunks } from '../../../core/model/chunks.ts';
import type { ErrorEvent } from '../../../core/model/events/event.ts';
import { MOST_EVENTS } from '../../../core/ports/events/event-store.ts';
import type { IntakeOrder, IntakeStore, Taken } from '../../../core/ports/events/intake.ts';
import type { Scope } from '../../../core/ports/scope.ts';
import type { Deps } from '../../plugin.ts';
import { drain } from '../../vendors/aws/queue/drain.ts';
import type { Queue } from '../../vendors/aws/queue/queue.ts';
import { type Counting, createCounting } from '../../vendors/logs/counting.ts';
import { type MessageRead, type ReadDeps, readMessage } from './read-message.ts';

export interface Work {
  readonly queue: Queue;
  readonly store: Pick<IntakeStore, 'add'>;
  readonly order: IntakeOrder;
  readonly scope: Scope;
  /** Of the intake. */
  readonly name: string;
  readonly reading: ReadDeps;
  /** Patterns for durations. */
  readonly timings: readonly Pattern[];
  readonly deps: Pick<Deps, 'now' | 'sleep' | 'redact'>;
}

/** Events out of a queue, until there are none, or as many as are wanted. */
export async function drainEvents({ reading, timings, order: { limit }, ...work }: Work): Promise<Taken> {
  const { store, name, deps } = work;
  const [counting, began] = [createCounting(), deps.now()];
  const { emptyAt, oldestAt } = await drain({
    ...{ ...work, limit, pollers: 4 },
    async read(message, signal) {
      const read = await readMessage(message, reading, signal);
      return { ...read, events: read.events.map((it) => timed(it, timings)), isCounted: read.events.length > 0 };
    },
    keep: (reads) => keep(reads, { store, name, counting }),
  });
  // NOTE: after all that was received is stored: what was put in before then is in the store.
  const since = Math.min(began, oldestAt ?? began);
  await store.add({ project: name, events: [], cursor: { name: '', position: null, watermark: emptyAt, since } });
  return counting.taken(emptyAt !== null);
}

/** With what it tells of how long something took: its message, its title, or what else it says. */
function timed(event: ErrorEvent, timings: readonly Pattern[]): ErrorEvent {
  if (timings.length === 0) return event;
  for (const text of [event.sample?.text, event.title, event.text]) {
    const took = text == null ? null : timingIn(timings, text);
    if (took !== null) return { ...event, took };
  }
  return event;
}

async function keep(
  reads: readonly MessageRead[],
  { store, name, counting }: Pick<Work, 'store' | 'name'> & { readonly counting: Counting },
): Promise<void> {
  const [events, rejects] = [reads.flatMap((it) => it.events), reads.flatMap((it) => it.rejects)];
  const [first = [], ...rest] = chunks(events, MOST_EVENTS);
  for (const [index, some] of [first, ...rest].entries()) {
    const refused = index === 0 ? rejects : [];
    counting.add(some, await store.add({ project: name, events: some, rejects: refused }), refused.length);
  }
}
