import { DAY_MS, HOUR_MS, PERIOD_MS } from '../../core/model/window.ts';
import { quote } from '../formats.ts';

/** Ms. */
export const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: HOUR_MS, d: DAY_MS };

/** From and to, ms; both count. */
export interface SpanBounds {
  readonly min: number;
  readonly max: number;
  /** Spans are whole multiples of it: a window or a day. */
  readonly step: number;
  /** Why it is no longer; completes "at most 7d, because …". */
  readonly why: string;
}

/** Ms, or what is wrong with the text, which it names; what to write. */
export type ReadSpan = { readonly ms: number } | { readonly fault: string };

/** `15m`, `1h`, `7d`. */
export function readSpan(text: string, { min, max, step, why }: SpanBounds): ReadSpan {
  const [, digits, unit = ''] = /^(\d+)([a-z])$/.exec(text) ?? [];
  const fault = (said: string): ReadSpan => ({ fault: `${quote(text)} ${said}` });
  const like = step === DAY_MS ? 'whole days, such as 7d' : 'one such as 15m, 1h or 7d';
  if (digits === undefined || !Object.hasOwn(UNITS, unit)) return fault(`is not a time; write ${like}`);
  const ms = Number(digits) * UNITS[unit]!;
  if (ms < min) return fault(`is too short; write at least ${spanText(min)}`);
  if (ms > max) return fault(`is too long; write at most ${spanText(max)}, because ${why}`);
  if (ms % step === 0) return { ms };
  if (step === DAY_MS) return fault(`is not whole days; write ${like}`);
  const below = ms - (ms % step);
  return fault(`is no multiple of 5m; write ${spanText(below)} or ${spanText(below + step)}`);
}

/** Whole minutes in their largest unit: 60 are `1h`. */
export function spanText(ms: number): string {
  const [unit, unitMs] = Object.entries(UNITS).findLast(([, it]) => ms % it === 0)!;
  return `${ms / unitMs}${unit}`;
}

/** Of times that are told by windows. */
export const WINDOWS: SpanBounds = {
  min: PERIOD_MS,
  max: 7 * DAY_MS,
  step: PERIOD_MS,
  why: 'all of its windows are looked at each time',
};

/** Of times that are told by days. */
export const DAYS: SpanBounds = {
  min: DAY_MS,
  max: 90 * DAY_MS,
  step: DAY_MS,
  why: 'counts of issues are kept so long',
};
