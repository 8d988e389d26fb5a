import type { ErrorEvent } from '../../../src/core/model/events/event.ts';
import { sqlEvents } from '../../../src/storage/ledger/events/index.ts';
import type { LedgerBox } from '../../support/ledger/ledgers.ts';
import { spread } from '../measure.ts';
import { type Row, thousands, wanted } from '../rows.ts';
import { insertBare, insertKeyed, makeBare } from './bare.ts';
import { batchesOf, bodies, type EventPlan, FIRST } from './story.ts';

export const BATCH = 500;
/** So many times as long as putting the same rows into the same keys it may take. */
const MOST: Readonly<Record<string, number>> = { SQLite: 2.5, PostgreSQL: 2 };

/** Each batch goes into all tables, one after the other, each from its text on: neighbours have the same weather. */
export async function storingRow(kind: string, box: LedgerBox, section: string, plan: EventPlan): Promise<Row> {
  const [store, engine] = [sqlEvents(box.database), await box.database.ready()];
  await makeBare(engine);
  const times = { bare: [] as number[], keyed: [] as number[], ours: [] as number[] };
  let stored = 0;
  for (const batch of batchesOf(bodies(plan), BATCH)) {
    times.bare.push(await timed(() => insertBare(engine, batch.map(parsed))));
    times.keyed.push(await timed(() => insertKeyed(engine, batch.map(parsed))));
    times.ours.push(
      await timed(async () => {
        const cursor = { name: '', position: null, watermark: FIRST };
        stored += (await store.add({ project: 'web', events: batch.map(parsed), cursor })).stored;
      }),
    );
  }
  if (stored !== plan.events) throw new Error(`${stored} of ${plan.events} events were stored`);
  const [ratio, toBare] = [ratioOf(times.ours, times.keyed), ratioOf(times.ours, times.bare)];
  const sums = [times.ours, times.keyed, times.bare].map((all) => all.reduce((sum, ms) => sum + ms, 0) / 1000);
  const batches = spread(times.ours);
  return {
    section,
    name: `${kind}, ${thousands(plan.events)} events of ${thousands(plan.issues)} issues`,
    time: `${sums[0]!.toFixed(1)} s; the keys alone ${sums[1]!.toFixed(1)} s, no keys ${sums[2]!.toFixed(1)} s`,
    against: wanted(`${ratio.toFixed(2)} ≤ ${MOST[kind]}`, ratio <= MOST[kind]!),
    numbers:
      `each once; ${toBare.toFixed(2)} of what takes events twice; ` +
      `a batch ${batches.median.toFixed(0)} ms, the longest ${batches.max.toFixed(0)} ms`,
  };
}

/** The median of what neighbours say. */
function ratioOf(ours: readonly number[], others: readonly number[]): number {
  return spread(ours.map((ms, index) => ms / others[index]!)).median;
}

const parsed = (body: string): ErrorEvent => JSON.parse(body) as ErrorEvent;

export async function timed(act: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await act();
  return performance.now() - began;
}
