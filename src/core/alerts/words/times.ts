import { isoOf } from '../../model/window.ts';

const MINUTE_MS = 60_000;

/** An ISO instant for people: `2026-11-20 10:00 UTC`. */
export function instantText(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}

/** Epoch ms to the minute: `2026-11-20 10:00 UTC`. */
export function minuteText(at: number): string {
  return instantText(isoOf(at));
}

/** Epoch ms to the second: `2026-11-20 10:00:05 UTC`. */
export function secondText(at: number): string {
  return `${isoOf(at).slice(0, 19).replace('T', ' ')} UTC`;
}

/** From one to the other; the day once where both lie in it. */
export function spanText(from: string, to: string): string {
  const [start, end] = [instantText(from), instantText(to)];
  const isOneDay = start.slice(0, 10) === end.slice(0, 10);
  return `from ${start.slice(0, 16)} to ${isOneDay ? end.slice(11) : end}`;
}

/** An age as people say it, whole: 25 h are a day and an hour, never an hour. */
export function ageText(ms: number): string {
  const minutes = Math.floor(ms / MINUTE_MS);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return hours % 24 === 0 ? `${hours / 24} d` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}
