import type { Instant, WallClock } from './wall-clock.ts';

const ISO = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(?: ?(Z|[+-]\d\d:?\d\d))?$/;
const COMMON = /^(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?: ([+-]\d{4}))?$/;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * The instant of a time as logs write it: `2026-11-29 00:07:52,181`, `2026-11-29T00:07:52.181+05:30`,
 * `29/Nov/2026:00:10:40 +0000`. An offset in it is believed; without one it is of `clock`. Null: it is no time.
 */
export function instantOf(text: string, clock: WallClock, after: number | null): Instant | null {
  const iso = ISO.exec(text);
  const found = iso?.slice(1) ?? commonIn(text);
  if (found === null) return null;
  const [year, month, day, hour, minute, second, fraction = '', offset] = found;
  const [y, mo, d, h, mi, s] = [year, month, day, hour, minute, second].map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const ms = Number(fraction.padEnd(3, '0').slice(0, 3));
  const wall = Date.UTC(y, mo - 1, d, h, mi, s, ms);
  const isReal = new Date(wall).getUTCDate() === d && mo >= 1 && mo <= 12 && h < 24 && mi < 60 && s < 60;
  if (!isReal) return null;
  return offset === undefined ? clock.instant(wall, after) : { at: wall - offsetMs(offset), isDouble: false };
}

/** In ISO's order. */
function commonIn(text: string): readonly (string | undefined)[] | null {
  const [, day, month, year, ...rest] = COMMON.exec(text) ?? [];
  const number = MONTHS.indexOf(month ?? '') + 1;
  return number === 0 ? null : [year, String(number), day, ...rest];
}

function offsetMs(offset: string): number {
  if (offset === 'Z') return 0;
  const [sign, hours, minutes] = [offset[0], Number(offset.slice(1, 3)), Number(offset.slice(-2))];
  return (sign === '-' ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}
