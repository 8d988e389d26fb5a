import type { Digest } from '../../model/alerting/digest.ts';
import { many } from './counts.ts';
import type { ZoneWords } from './times.ts';

/** Code points of what others wrote. */
const TITLE = 160;

export function shortTitle(title: string): string {
  const points = [...title];
  return points.length > TITLE ? `${points.slice(0, TITLE - 1).join('')}…` : title;
}

/** A chart for who sees no picture. */
export function chartLine({ chart }: Digest, words: ZoneWords): readonly string[] {
  if (chart === null) return [];
  const known = chart.bars.map(({ events }) => events ?? 0);
  const most = Math.max(...known);
  const at = chart.bars[known.indexOf(most)];
  if (at === undefined || most === 0) return [`Chart of ${chart.span}: no event`];
  return [
    `Chart of ${chart.span}: most at ${words.instant(at.start)}, ${many(most, 'event')} in ${minutesText(chart.barMs)}`,
  ];
}

function minutesText(ms: number): string {
  const minutes = ms / 60_000;
  return minutes >= 60 ? many(minutes / 60, 'hour') : many(minutes, 'minute');
}
