import { DAY_MS, HOUR_MS, PERIOD_MS, type Window } from '../../../core/model/window.ts';
import { clock, dayOf } from '../format.ts';

/** An instant at the axis of time. */
export interface TimeTick {
  readonly at: number;
  readonly text: string;
  /** A new day begins there. */
  readonly isDay: boolean;
  /** It is shown where there is little room, too. */
  readonly isMain: boolean;
}

/** Each twice or more as far apart as the one before; a main one may stand at a multiple. */
const APART = [
  PERIOD_MS,
  ...[10, 20, 30].map((minutes) => minutes * 60_000),
  ...[1, 2, 4, 12].map((hours) => hours * HOUR_MS),
  ...[1, 2, 4, 8, 16].map((days) => days * DAY_MS),
];
const MOST = { all: 15, main: 6 };

/** Times of a span, on round hours and days of UTC; none so near an end that its text would not fit. */
export function timeTicks(span: Window): readonly TimeTick[] {
  const length = span.end - span.start;
  const apart = (most: number): number => APART.find((it) => length / it <= most) ?? DAY_MS * 32;
  const [all, main] = [apart(MOST.all), apart(MOST.main)];
  const origin = main >= DAY_MS ? Math.floor(span.start / DAY_MS) * DAY_MS : 0;
  const ticks: TimeTick[] = [];
  for (let at = origin + Math.ceil((span.start - origin) / all) * all; at <= span.end; at += all) {
    const isDay = at % DAY_MS === 0;
    ticks.push({ at, text: isDay ? dayOf(at) : clock(at), isDay, isMain: (at - origin) % main === 0 });
  }
  return ticks.filter(({ at }) => at - span.start > length * EDGE && span.end - at > length * EDGE);
}

/** Part of a span at either end. */
const EDGE = 0.02;
