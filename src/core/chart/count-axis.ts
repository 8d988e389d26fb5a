import { count } from './count.ts';

/** What stands at an axis of counts: from zero, in equal steps of whole events, the last not below the peak. */
export function countTicks(peak: number): readonly number[] {
  const most = Math.max(1, Math.ceil(peak));
  const size = 10 ** Math.max(0, Math.floor(Math.log10(most)) - 1);
  const step = [1, 2, 5, 10, 20, 50].map((it) => it * size).find((it) => Math.ceil(most / it) <= MOST_STEPS)!;
  return Array.from({ length: Math.ceil(most / step) + 1 }, (_, index) => index * step);
}

const MOST_STEPS = 5;

/** 9,500, 12k, 1.5M */
export function brief(value: number): string {
  if (value < 10_000) return count(value);
  const [unit, sign] = value < 1_000_000 ? [1_000, 'k'] : [1_000_000, 'M'];
  return `${Number((value / unit).toFixed(2))}${sign}`;
}
