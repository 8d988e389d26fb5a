import { chunks } from '../../../core/model/chunks.ts';
import type { ErrorEvent, Reject } from '../../../core/model/events/event.ts';
import type { TimingBatch } from '../../../core/model/events/timing.ts';
import type { LogPlan, LogYield } from '../../../core/logs/read-log.ts';
import { MOST_EVENTS } from '../../../core/ports/events/event-store.ts';
import type { IntakeStore } from '../../../core/ports/events/intake.ts';
import type { Counting } from './counting.ts';
import { type NotePlace, remarkOf } from './remarks.ts';

export interface TextReading {
  readonly plan: LogPlan;
  readonly store: Pick<IntakeStore, 'add'>;
  readonly project: string;
  readonly counting: Counting;
  /** Epoch ms. */
  readonly at: number;
}

/** What a text brought and is not stored yet. */
export interface TextBasket {
  add(some: Pick<LogYield, 'events' | 'rejects' | 'notes'>): void;
  isFull(): boolean;
  /** Stores all of it. */
  flush(timings?: TimingBatch): Promise<void>;
}

export function createTextBasket(reading: TextReading, where: NotePlace): TextBasket {
  let [events, rejects, notes]: [ErrorEvent[], Reject[], Reject[]] = [[], [], []];
  const { name, prefix } = where;
  return {
    add(some) {
      events.push(...some.events);
      for (const it of some.rejects)
        rejects.push({ ...it, id: `${name}:${it.id}`, place: `${name}, byte ${it.place.slice(prefix.length)}` });
      for (const it of some.notes) notes.push(remarkOf(it, where));
    },
    isFull: () => Math.max(events.length, rejects.length, notes.length) >= MOST_EVENTS,
    async flush(timings) {
      const [all, refused, said] = [events, rejects, notes];
      [events, rejects, notes] = [[], [], []];
      const first = { rejects: refused, notes: said, ...(timings === undefined ? {} : { timings }) };
      const [some = [], ...others] = chunks(all, MOST_EVENTS);
      if (some.length + refused.length + said.length > 0 || timings !== undefined) await store(some, first, reading);
      for (const more of others) await store(more, { rejects: [] }, reading);
    },
  };
}

async function store(
  events: readonly ErrorEvent[],
  beside: { readonly rejects: readonly Reject[]; readonly notes?: readonly Reject[]; readonly timings?: TimingBatch },
  { store: into, project, counting, plan }: TextReading,
): Promise<void> {
  const { noise } = plan.rules;
  counting.add(events, await into.add({ project, events, noise, ...beside }), beside.rejects.length);
}
