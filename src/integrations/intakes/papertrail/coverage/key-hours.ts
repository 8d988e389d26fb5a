import { DAY_MS, HOUR_MS, type Window } from '../../../../core/model/window.ts';

/** What an archive covers by its key, `…/dt=2026-11-29/2026-11-29-03.tsv.gz`; null: its name says nothing of it. */
export function hoursOf(key: string): Window | null {
  const [, day, hour] = /(?:^|\/)(\d{4}-\d\d-\d\d)(?:-(\d\d))?\.tsv(?:\.gz)?$/.exec(key) ?? [];
  if (day === undefined) return null;
  const midnight = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(midnight) || Number(hour ?? 0) > 23) return null;
  if (hour === undefined) return { start: midnight, end: midnight + DAY_MS };
  return { start: midnight + Number(hour) * HOUR_MS, end: midnight + (Number(hour) + 1) * HOUR_MS };
}
