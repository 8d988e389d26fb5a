import * as z from 'zod/mini';
import { HOUR_MS, type Window } from '../../../../core/model/window.ts';
import type { Scope } from '../../../../core/ports/scope.ts';
import type { Client } from '../api/client.ts';
import type { Project } from '../api/projects.ts';
import { within } from '../api/read-deadline.ts';

const FIELD = 'sum(quantity)';
/** Longest wait, ms: without an answer the pages of the hour before are read, which need the rest. */
const WAIT_MS = 15_000;

const Stats = z.object({
  intervals: z.array(z.string()),
  groups: z.array(z.object({ series: z.record(z.string(), z.array(z.nullable(z.number()))) })),
});

/**
 * Events an hour that these projects had before the window, by GlitchTip's own counts: one request. The counts are by
 * clock hour of arrival, so it is the rate of the last whole hour and what of the next had passed. Null: it has none.
 */
export async function hourlyRate(
  projects: readonly Project[],
  { start }: Window,
  client: Client,
  scope: Scope,
): Promise<number | null> {
  const hour = Math.floor(start / HOUR_MS) * HOUR_MS;
  const params: [string, string][] = [
    ['category', 'error'],
    ['interval', '1h'],
    ['field', FIELD],
    ['start', new Date(hour - HOUR_MS).toISOString()],
    ['end', new Date(start).toISOString()],
    ...projects.map(({ id }): [string, string] => ['project', id]),
  ];
  const early = within(scope, WAIT_MS, `it had ${WAIT_MS / 1000} s`);
  try {
    const { body } = await client.get(client.url('stats_v2'), params, early);
    const { intervals, groups } = Stats.parse(body);
    const counts = groups[0]?.series[FIELD] ?? [];
    const events = intervals.reduce((sum, text, index) => {
      const at = Date.parse(text);
      return sum + (at >= hour - HOUR_MS && at <= hour ? (counts[index] ?? 0) : 0);
    }, 0);
    return (events * HOUR_MS) / (start - hour + HOUR_MS);
  } catch {
    return null;
  } finally {
    early.close();
  }
}
