import { chunks } from '../../../../core/model/chunks.ts';
import type { LogPlan, LogReading } from '../../../../core/logs/read-log.ts';
import { joinTimings } from '../../../../core/logs/timings/merge.ts';
import { type EventBatch, type EventStore, MOST_EVENTS } from '../../../../core/ports/events/event-store.ts';
import type { Taken } from '../../../../core/ports/events/intake.ts';
import { lostTimings, remarkOf } from '../../../vendors/logs/remarks.ts';
import { hashOf } from '../finding/prints.ts';
import { type Position, positionText, type Tracked } from '../position.ts';
import type { FileYield } from './follow-log.ts';
import { createPile } from './pile.ts';

/** What a look stores, with the place that it came to. */
export interface Writer {
  add(some: FileYield): void;
  addTimings(taken: ReturnType<LogReading['takeTimings']>): void;
  /** How far files are, the older ones of a path first. It is stored with the next batch. */
  place(index: number, tracked: Tracked | null): void;
  /** Bytes that were read since the last batch. */
  readBytes(count: number): void;
  /** There is enough for a batch. */
  isFull(): boolean;
  /** How many events more are wanted. */
  left(): number;
  /** Stores what there is, with the place; `watermark`: see `Cursor`. */
  flush(watermark?: number | null): Promise<void>;
  taken(isDrained: boolean): Taken;
}

export interface WriterOptions {
  readonly store: Pick<EventStore, 'add'>;
  readonly project: string;
  readonly reader: string;
  /** Where it stood before this look; null: nowhere. */
  readonly after: string | null;
  readonly plan: LogPlan;
  readonly limit: number | undefined;
  /** What happened before is not looked for, epoch ms; undefined: all is. */
  readonly since?: number | undefined;
  /** Begin of the look, epoch ms. */
  readonly at: number;
  readonly place: Pick<Position, 'at' | 'passed'>;
}

/** Of text, until what it brought is stored. */
const BATCH_BYTES = 8 * 1024 * 1024;

export function createWriter(options: WriterOptions): Writer {
  const { project, reader, after, plan, limit = Infinity, since, at, place } = options;
  const files = new Map<number, Tracked>();
  const issues = new Set<string>();
  const pile = createPile();
  let [bytes, counted, stands] = [0, 0, after];
  const isTimed = (plan.timings ?? []).length > 0;
  const { add, sum } = adding(options);
  return {
    add(more) {
      pile.add(more);
      counted += more.events.length;
      for (const { issueId } of more.events) issues.add(issueId);
    },
    addTimings({ timings, left }) {
      pile.addTimings(timings);
      const lost = left > 0 ? [remarkOf(lostTimings(left), { name: project, prefix: '', at })] : [];
      pile.add({ events: [], rejects: [], notes: lost });
    },
    place: (index, tracked) => void (tracked === null ? files.delete(index) : files.set(index, tracked)),
    readBytes: (count) => void (bytes += count),
    isFull: () => pile.size() >= MOST_EVENTS || bytes >= BATCH_BYTES,
    left: () => limit - counted,
    async flush(watermark = null) {
      const { events, timings: parts, ...others } = pile.take();
      const batches = [...chunks(events, MOST_EVENTS)];
      const last = batches.pop() ?? [];
      bytes = 0;
      // NOTE: the place goes with the last of them: what was stored before it is known when it is read again.
      for (const some of batches) await add({ events: some });
      const position = positionText({ ...place, files: inOrder(files) });
      const timings = { part: `${reader} ${hashOf(position)}`, timings: joinTimings(parts), after: stands };
      const cursor = { name: reader, position, watermark, ...(since === undefined ? {} : { since }) };
      await add({ events: last, ...others, ...(isTimed ? { timings } : {}), cursor });
      stands = position;
    },
    taken: (isDrained) => ({ ...sum, read: sum.stored + sum.repeats + sum.rejects, issues, isDrained }),
  };
}

/** Stores batches, and adds up what became of them. */
function adding({ store, project, plan }: WriterOptions) {
  const sum = { stored: 0, repeats: 0, rejects: 0 };
  const add = async (batch: Omit<EventBatch, 'project'>): Promise<void> => {
    const { stored, repeats } = await store.add({ project, noise: plan.rules.noise, ...batch });
    sum.stored += stored;
    sum.repeats += repeats;
    sum.rejects += batch.rejects?.length ?? 0;
  };
  return { add, sum };
}

function inOrder(files: ReadonlyMap<number, Tracked>): readonly Tracked[] {
  return [...files].toSorted(([a], [b]) => a - b).map(([, it]) => it);
}
