import type { WindowFacts } from '../../../../src/core/model/alerting/facts.ts';
import { createDatabase } from '../../../../src/storage/database/database.ts';
import { createLogBook } from '../../build/scope.ts';
import { createClock } from '../../time/clock.ts';
import { TEN } from '../tellings.ts';
import { eventsOf, eventsSource, numbers } from '../whole/events-source.ts';
import { fillWindow } from '../whole/filling.ts';
import { placeIn } from '../whole/in-ledger.ts';

/** What one process is to fill: `node fill.ts <job as JSON>` ends with 1 and the trouble when anything surfaces. */
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

async function fill(job: FillJob): Promise<void> {
  const clock = createClock(() => true, Date.now());
  const database = createDatabase(job.url, { now: Date.now, leaseMs: 30_000, log: createLogBook() });
  const place = placeIn({ database, clock });
  const next = numbers(job.order);
  const left = [...windowsOf(job)];
  try {
    while (left.length > 0) {
      const [facts] = left.splice(next(left.length), 1);
      await fillWindow(facts!, place);
    }
  } finally {
    await database.close();
  }
}

if (import.meta.main) await fill(JSON.parse(process.argv[2]!) as FillJob);
