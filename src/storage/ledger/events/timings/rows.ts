import * as z from 'zod/mini';
import type { ProjectTiming, TimingBatch } from '../../../../core/model/events/timing.ts';
import type { Window } from '../../../../core/model/window.ts';
import type { Columns, Engine } from '../../../database/engine.ts';
import type { EventTimingRow } from '../../../database/event-tables.ts';
import { allGiven, withGiven } from '../../../database/given-rows.ts';
import { safeText, textIn } from '../../alerts/safe-text.ts';
import { parse } from '../../codec.ts';

const ROW: Columns<EventTimingRow> = { project: 'text', start: 'bigint', name: 'text', part: 'text', content: 'text' };
const COLUMNS = Object.keys(ROW) as (keyof EventTimingRow)[];

/** In the place of what the same part told before. */
export async function putTimings(engine: Engine, project: string, { part, timings }: TimingBatch): Promise<void> {
  if (timings.length === 0) return;
  const rows = timings.map(({ name, window, ...content }): EventTimingRow => {
    return { project, start: window, name: safeText(name), part: safeText(part), content: JSON.stringify(content) };
  });
  await withGiven(engine, ROW, rows)
    .insertInto('sentry_monitor_event_timings')
    .columns(COLUMNS)
    .expression(allGiven(COLUMNS, ['start', 'name']))
    .onConflict((conflict) =>
      conflict
        .columns(['project', 'start', 'name', 'part'])
        .doUpdateSet(({ ref }) => ({ content: ref('excluded.content') })),
    )
    .execute();
}

const Content = z.object({
  count: z.number(),
  sum: z.number(),
  min: z.number(),
  max: z.number(),
  seen: z.array(z.tuple([z.number(), z.number()])),
});

export async function timingsIn(
  { db }: Engine,
  projects: readonly string[],
  { start, end }: Window,
): Promise<readonly ProjectTiming[]> {
  const rows = await db
    .selectFrom('sentry_monitor_event_timings')
    .select(['project', 'start', 'name', 'content'])
    .where('project', 'in', projects)
    .where('start', '>=', start)
    .where('start', '<', end)
    .orderBy('project')
    .orderBy('start')
    .orderBy('name')
    .execute();
  return rows.map(({ project, start: window, name, content }) => {
    return { project, window, name: textIn(name), ...parse(Content, content, 'durations') };
  });
}
