import type { Ask } from '../../../src/core/model/reading.ts';
import { HOUR_MS, PERIOD_MS } from '../../../src/core/model/window.ts';
import type { EventStore } from '../../../src/core/ports/events/event-store.ts';
import { createSource } from '../../../src/integrations/sources/events/source.ts';
import { filterOf } from '../../support/build/reports.ts';
import { scopeOf } from '../../support/build/scope.ts';
import { spread, type Spread } from '../measure.ts';
import { BATCH, timed } from './storing.ts';
import { batchesOf, bodies, type EventPlan, FIRST } from './story.ts';
import { createObjectBook } from '../../support/intakes/object-book.ts';

const DAYS = 14;

/** Stores a plan's events whose ids begin so; `at`: when the first of them happened. */
export async function fill(
  store: Pick<EventStore, 'add'>,
  plan: EventPlan,
  { prefix, at }: { readonly prefix: string; readonly at: number },
): Promise<void> {
  for (const batch of batchesOf(bodies(plan), BATCH)) {
    const events = batch.map((body) => {
      const event = JSON.parse(body) as Parameters<EventStore['add']>[0]['events'][number];
      return { ...event, id: prefix + event.id, at: event.at - FIRST + at };
    });
    await store.add({ project: 'web', events, cursor: { name: '', position: null, watermark: at + 2 * PERIOD_MS } });
  }
}

export interface ReportTimes {
  readonly times: Spread;
  readonly events: number;
  readonly issues: number;
}

/** A filter's window, read as a run reads it: every event, details and the past. */
export async function reportTimes(
  store: Omit<EventStore, 'keptMs' | 'objects'>,
  start: number,
  reps: number,
): Promise<ReportTimes> {
  const window = { start, end: start + PERIOD_MS };
  const source = createSource({
    name: 'events',
    store: { keptMs: DAYS * 24 * HOUR_MS, objects: createObjectBook(), ...store },
    names: ['web'],
    settleMs: 120_000,
    pageOf: (id) => id,
    taken: async () => undefined,
    listener: { name: 'intakes' },
    maxRows: 10_000,
    baselines: ['1h', '1d', '7d'],
    now: () => window.end + 180_000,
  });
  const ask: Ask = { filter: filterOf({ projects: ['web'], tags: ['browser'] }), window, want: 'full' };
  let found = { events: 0, issues: 0 };
  const times: number[] = [];
  for (let n = 0; n < reps; n++)
    times.push(
      await timed(async () => {
        for await (const answer of source.read([ask], scopeOf())) {
          if ('fault' in answer) throw new Error(answer.fault.message);
          const { totals, issues, gaps } = answer.reading;
          if (gaps.length > 0) throw new Error(JSON.stringify(gaps));
          found = { events: totals[0]!.events, issues: issues.length };
        }
      }),
    );
  return { times: spread(times), ...found };
}

/** The past of so many issues in the hour before, asked for at once; how many of them had any. */
export async function pastTimes(
  store: Pick<EventStore, 'counts'>,
  ids: readonly string[],
  before: number,
  reps: number,
): Promise<{ readonly times: Spread; readonly found: number }> {
  const times: number[] = [];
  let found = 0;
  const wish = { projects: ['web'], environments: [], levels: [] };
  for (let n = 0; n < reps; n++)
    times.push(
      await timed(async () => {
        found = (await store.counts(wish, ids, { start: before - HOUR_MS, end: before })).size;
      }),
    );
  return { times: spread(times), found };
}
