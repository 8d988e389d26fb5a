import { chunks } from '../../../../core/model/chunks.ts';
import type { ErrorEvent, Reject } from '../../../../core/model/events/event.ts';
import { type EventBatch, type EventStore, MOST_EVENTS } from '../../../../core/ports/events/event-store.ts';
import type { Taken } from '../../../../core/ports/events/intake.ts';
import { positionText, type Tracked } from '../position.ts';

/** What a look stores, with the place that it came to. */
export interface Writer {
  add(events: readonly ErrorEvent[], rejects: readonly Reject[]): void;
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
  /** As in `EventBatch`. */
  readonly noise: readonly string[];
  readonly limit: number | undefined;
  /** Begin of the look, epoch ms. */
  readonly at: number;
  /** See `Position`. */
  readonly passed: readonly string[];
}

/** Of text, until what it brought is stored. */
const BATCH_BYTES = 8 * 1024 * 1024;

export function createWriter({ store, project, reader, noise, limit = Infinity, at, passed }: WriterOptions): Writer {
  const files = new Map<number, Tracked>();
  const issues = new Set<string>();
  const sum = { stored: 0, repeats: 0, rejects: 0 };
  let [events, rejects]: [ErrorEvent[], Reject[]] = [[], []];
  let [bytes, counted] = [0, 0];
  const add = async (batch: Omit<EventBatch, 'project'>): Promise<void> => {
    const { stored, repeats } = await store.add({ project, noise, ...batch });
    sum.stored += stored;
    sum.repeats += repeats;
    sum.rejects += batch.rejects?.length ?? 0;
  };
  const place = (): string =>
    positionText({ at, passed, files: [...files].toSorted(([a], [b]) => a - b).map(([, it]) => it) });
  return {
    add(more, refused) {
      events.push(...more);
      rejects.push(...refused);
      counted += more.length;
      for (const { issueId } of more) issues.add(issueId);
    },
    place: (index, tracked) => void (tracked === null ? files.delete(index) : files.set(index, tracked)),
    readBytes: (count) => void (bytes += count),
    isFull: () => events.length >= MOST_EVENTS || rejects.length >= MOST_EVENTS || bytes >= BATCH_BYTES,
    left: () => limit - counted,
    async flush(watermark = null) {
      const batches = [...chunks(events, MOST_EVENTS)];
      const [last = [], refused] = [batches.pop(), rejects];
      [events, rejects, bytes] = [[], [], 0];
      // NOTE: the place goes with the last of them: what was stored before it is known when it is read again.
      for (const some of batches) await add({ events: some });
      await add({ events: last, rejects: refused, cursor: { name: reader, position: place(), watermark } });
    },
    taken: (isDrained) => ({ ...sum, read: sum.stored + sum.repeats + sum.rejects, issues, isDrained }),
  };
}
