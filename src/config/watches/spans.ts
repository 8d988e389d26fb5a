import { DAY_MS, HOUR_MS } from '../../core/model/window.ts';
import { quote } from '../formats.ts';

const MINUTE_MS = 60_000;

/** Ms of `30m`, `2h30m` or `1d`, or what is wrong with the text, which it names; what to write. */
export function readTime(
  text: string,
  { min, max }: { readonly min: number; readonly max: number },
): { readonly ms: number } | { readonly fault: string } {
  const [whole, days = '0', hours = '0', minutes = '0'] = /^(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?$/.exec(text) ?? [];
  const fault = (said: string) => ({ fault: `${quote(text)} ${said}` });
  if (whole === undefined || whole === '') return fault('is not a time; write one such as 30m, 2h30m or 1d');
  const ms = Number(days) * DAY_MS + Number(hours) * HOUR_MS + Number(minutes) * MINUTE_MS;
  if (ms < min) return fault(`is too short; write at least ${timeText(min)}`);
  return ms > max ? fault(`is too long; write at most ${timeText(max)}`) : { ms };
}

/** `2h30m` of whole minutes. */
export function timeText(ms: number): string {
  const parts = [
    [Math.floor(ms / DAY_MS), 'd'],
    [Math.floor((ms % DAY_MS) / HOUR_MS), 'h'],
    [Math.floor((ms % HOUR_MS) / MINUTE_MS), 'm'],
  ] as const;
  return parts.map(([count, unit]) => (count === 0 ? '' : `${count}${unit}`)).join('') || '0m';
}
