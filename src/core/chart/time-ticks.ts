import { HOUR_MS, type Window } from '../model/window.ts';
import { zoneTime } from './zone-time.ts';

/** An instant at an axis of time. */
export interface TimeTick {
  /** Epoch ms. */
  readonly at: number;
  /** Null: there is no room for it. */
  readonly text: string | null;
  /** A new day begins there. */
  readonly isDay: boolean;
}

/** All zones are ahead of UTC by a multiple of this, ms. */
const QUARTER_MS = HOUR_MS / 4;

/** How far apart marks and texts are, hours; texts of days alone where that is a day. */
interface Apart {
  readonly upToMs: number;
  readonly marks: number;
  readonly texts: number;
}
const APART: readonly Apart[] = [
  { upToMs: 13 * HOUR_MS, marks: 1, texts: 2 },
  { upToMs: 26 * HOUR_MS, marks: 1, texts: 3 },
  { upToMs: Infinity, marks: 6, texts: 24 },
];

/**
 * Full hours of a span by the clock of its zone, and the days that begin in it. `room`: part of the span that a text
 * takes: where two would touch, one is left out.
 */
export function timeTicks(span: Window, zone: string, room: number): readonly TimeTick[] {
  const { marks, texts } = APART.find(({ upToMs }) => span.end - span.start <= upToMs)!;
  const ticks: TimeTick[] = [];
  // Whatever minute a span begins at: hours and days begin on quarters.
  const first = Math.ceil(span.start / QUARTER_MS) * QUARTER_MS;
  let before = zoneTime(first - QUARTER_MS, zone);
  for (let at = first; at <= span.end; at += QUARTER_MS) {
    const time = zoneTime(at, zone);
    const isDay = time.day !== before.day;
    const hour = Number(time.clock.slice(0, 2));
    const isFull = time.clock.endsWith(':00') && hour % marks === 0;
    before = time;
    if (!isDay && !isFull) continue;
    const clock = hour % texts === 0 && texts < 24 ? time.clock : null;
    const day = texts < 24 ? time.day : `${time.weekday} ${time.day.split(' ')[0]!}`;
    ticks.push({ at, isDay, text: isDay ? day : clock });
  }
  return withRoom(ticks, (span.end - span.start) * room);
}

/** Days keep their texts. */
function withRoom(ticks: readonly TimeTick[], room: number): readonly TimeTick[] {
  const days = ticks.filter(({ isDay }) => isDay).map(({ at }) => at);
  let last = -Infinity;
  return ticks.map((tick) => {
    if (tick.text === null) return tick;
    const isNearDay = !tick.isDay && days.some((at) => Math.abs(at - tick.at) < room);
    if (isNearDay || (!tick.isDay && tick.at - last < room)) return { ...tick, text: null };
    last = tick.at;
    return tick;
  });
}
