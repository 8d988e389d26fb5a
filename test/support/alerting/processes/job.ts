import type { WindowFacts } from '../../../../src/core/model/alerting/facts.ts';
import { TEN } from '../tellings.ts';
import { eventsOf, eventsSource } from '../whole/events-source.ts';

/** What one process is to fill. */
export interface FillJob {
  readonly url: string;
  readonly filters: readonly string[];
  readonly windows: number;
  /** Seed of the order in which it does so. */
  readonly order: number;
  /** Of so many processes it is that one, and leaves their windows to the others; null: it fills all. */
  readonly share: { readonly of: number; readonly at: number } | null;
}

/** The windows of a job: the same events for each process. */
export function windowsOf({ filters, windows, share }: Omit<FillJob, 'url' | 'order'>): readonly WindowFacts[] {
  const all = filters.flatMap((filter, index) => {
    const source = eventsSource(filter, eventsOf(index + 1, TEN, windows, 0));
    return Array.from({ length: windows }, (_, window) => source.window(TEN + window * 300_000, Infinity));
  });
  return share === null ? all : all.filter((_, index) => index % share.of === share.at);
}
