import type { ReadModel, WindowCount } from '../../../core/ports/read-model.ts';

/**
 * What was recorded so long before the newest is read again, ms: a transaction may become visible after one that began
 * later.
 */
const MARGIN_MS = 120_000;

export type ReadCounts = (
  filters: readonly string[],
  from: number,
  to: number,
) => Promise<ReadonlyMap<string, readonly WindowCount[]>>;

interface Kept {
  readonly filters: string;
  readonly from: number;
  /** When the newest of it was recorded, by the ledger's clock. */
  until: number;
  readonly counts: Map<string, Map<number, WindowCount>>;
}

/** Counts of a span that moves on: what was read before is kept, and only what was recorded since is read. */
export function recentCounts(readModel: Pick<ReadModel, 'counts'>): ReadCounts {
  let kept: Kept | null = null;
  const start = (filters: readonly string[], key: string, from: number): Kept => ({
    filters: key,
    from,
    until: 0,
    counts: new Map(filters.map((name) => [name, new Map<number, WindowCount>()])),
  });
  return async (filters, from, to) => {
    const key = filters.join(' ');
    const old = kept !== null && kept.filters === key && kept.from <= from ? kept : start(filters, key, from);
    const read = await readModel.counts(filters, from, to, Math.max(0, old.until - MARGIN_MS));
    if (read.until === 0) return read.counts;
    for (const [name, windows] of read.counts) {
      const known = old.counts.get(name)!;
      for (const count of windows)
        if ((known.get(count.start)?.revision ?? -1) <= count.revision) known.set(count.start, count);
    }
    for (const windows of old.counts.values()) for (const at of windows.keys()) if (at < from) windows.delete(at);
    old.until = Math.max(old.until, read.until);
    kept = old;
    const inSpan = [...old.counts].map(([name, windows]): [string, WindowCount[]] => [
      name,
      [...windows.values()].filter((count) => count.start < to).sort((a, b) => a.start - b.start),
    ]);
    return new Map(inSpan.filter(([, windows]) => windows.length > 0));
  };
}
