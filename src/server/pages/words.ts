import { DAY_MS, type Window } from '../../core/model/window.ts';
import { clock, dayOf } from './format.ts';

/** `09:00–10:00`; with their days where they are not both today, and with a year that is not this one. */
export function spanWords({ start, end }: Window, now: number): string {
  const isToday = isSameDay(start, now) && isSameDay(end, now);
  if (isToday) return `${clock(start)}–${clock(end)}`;
  if (isSameDay(start, end)) return `${dayIn(start, now)} ${clock(start)}–${clock(end)}`;
  return `${dayIn(start, now)} ${clock(start)} – ${dayIn(end, now)} ${clock(end)}`;
}

/** `20 Nov`, of another year `20 Nov 2025`. */
function dayIn(at: number, now: number): string {
  const year = new Date(at).getUTCFullYear();
  return `${dayOf(at)}${year === new Date(now).getUTCFullYear() ? '' : ` ${year}`}`;
}

function isSameDay(a: number, b: number): boolean {
  return Math.floor(a / DAY_MS) === Math.floor(b / DAY_MS);
}

/**
 * The beginning of a text of more than `most` characters, up to a space: a word is never cut, since half a secret would
 * not be known as one. What has no space there stays whole.
 */
export function cut(text: string, most: number): string {
  const end = text.lastIndexOf(' ', most);
  return text.length <= most || end <= 0 ? text : `${text.slice(0, end)} …`;
}
