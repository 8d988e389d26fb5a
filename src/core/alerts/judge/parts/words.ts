import { DAY_MS, HOUR_MS, isoOf, type Window } from '../../../model/window.ts';

/** `10:00–10:05 UTC`; with days where it is longer than one. */
export function spanText({ start, end }: Window): string {
  if (end - start > DAY_MS) return `${dayText(start)} – ${dayText(end)} UTC`;
  return `${clockText(start)}–${clockText(end)} UTC`;
}

function dayText(at: number): string {
  return `${isoOf(at).slice(0, 10)} ${clockText(at)}`;
}

function clockText(at: number): string {
  return isoOf(at).slice(11, 16);
}

/** `30 min`, `2 h`, `7 d`. */
export function lengthText(ms: number): string {
  if (ms % DAY_MS === 0) return `${ms / DAY_MS} d`;
  return ms % HOUR_MS === 0 ? `${ms / HOUR_MS} h` : `${ms / 60_000} min`;
}

/** At most one decimal. */
export function numberText(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** `1 event`, `at least 3 events`. */
export function countText(count: number, what: 'event' | 'user', atLeast = false): string {
  return `${atLeast ? 'at least ' : ''}${count} ${what}${count === 1 ? '' : 's'}`;
}

const NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/** `three windows in a row`, `a window`. */
export function rowText(windows: number): string {
  return windows === 1 ? 'a window' : `${NUMBERS[windows] ?? windows} windows in a row`;
}
