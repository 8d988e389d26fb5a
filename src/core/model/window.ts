/** Half-open stretch of time [start, end), epoch milliseconds UTC, both on the five-minute grid. */
export interface Window {
  readonly start: number;
  readonly end: number;
}

/** Five minutes: the grid of all windows, ms. */
export const PERIOD_MS = 300_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** The last window that was over for at least `settleMs` at the instant `at` (epoch ms). */
export function windowAt(at: number, settleMs: number): Window {
  const end = Math.floor((at - settleMs) / PERIOD_MS) * PERIOD_MS;
  return { start: end - PERIOD_MS, end };
}

/** The window that ends at `end` (epoch ms), or null when that is not on the grid. */
export function windowEndingAt(end: number): Window | null {
  return end % PERIOD_MS === 0 ? { start: end - PERIOD_MS, end } : null;
}

/** The windows of a span, the oldest first. Both ends lie on the grid. */
export function windowsOf({ start, end }: Window): readonly Window[] {
  return Array.from({ length: (end - start) / PERIOD_MS }, (_, index) => ({
    start: start + index * PERIOD_MS,
    end: start + (index + 1) * PERIOD_MS,
  }));
}

/** Whether the window was over for at least `settleMs` at the instant `at`. */
export function isSettled(window: Window, at: number, settleMs: number): boolean {
  return window.end + settleMs <= at;
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;

/**
 * Epoch ms of an ISO instant with zone (`2026-11-20T10:00:00Z`), or null: a text without zone means something else on
 * every host.
 */
export function parseInstant(text: string): number | null {
  if (!INSTANT.test(text)) return null;
  const at = Date.parse(text);
  if (Number.isNaN(at)) return null;
  // NOTE: Date.parse rolls a day that does not exist (30 February) over into the next month.
  const day = text.slice(0, 10);
  return isoOf(Date.parse(`${day}T00:00:00Z`)).startsWith(day) ? at : null;
}

/** No source keeps events so long, ms; a number that lost a digit is older than that. */
const LONG_AGO_MS = 3_652 * DAY_MS;

/** Sentry is younger: whatever the clock says, such an instant is a wrong number. */
const FIRST_YEAR = 2000;

/** In words, that an instant is so long before `now` (epoch ms) that a wrong number must be meant; null: it is not. */
export function longAgo(at: number, now: number): string | null {
  if (at < Date.UTC(FIRST_YEAR)) return `before the year ${FIRST_YEAR}`;
  return at < now - LONG_AGO_MS ? 'ten years ago or more' : null;
}

/** `2026-11-20T10:00:00.000Z` */
export function isoOf(at: number): string {
  return new Date(at).toISOString();
}

export function reportId(filter: string, window: Window): string {
  return `${filter}@${isoOf(window.start)}`;
}

/** Filter and window start (epoch ms) of a report's id, or null when it is none. */
export function partsOf(id: string): { readonly filter: string; readonly start: number } | null {
  const at = id.indexOf('@');
  const start = at < 0 ? null : parseInstant(id.slice(at + 1));
  return start === null ? null : { filter: id.slice(0, at), start };
}
