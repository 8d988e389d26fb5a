import { DAY_MS, PERIOD_MS } from '../../../core/model/window.ts';
import type { Mark, Slot } from '../data/model.ts';
import { clock, count, dayOf, decimal, plural, spanOfDay } from '../format.ts';
import type { Slots } from './bars.ts';
import { marksIn } from './marks.ts';
import { type ChartSeries, stretchOf } from './series.ts';
import type { Usual } from './usual.ts';

/** All that is known of a stretch of time on a chart. */
export interface Asked {
  readonly start: number;
  readonly step: number;
  readonly slot: Slot | null;
  readonly usual: Usual | null;
  /** Of the same stretch in the period before; undefined: not asked for. */
  readonly before: Slot | null | undefined;
  readonly marks: readonly Mark[];
}

/** What is known of one slot of a chart. `usual`: of each. */
export function askedOf(series: ChartSeries, usual: readonly (Usual | null)[], index: number): Asked {
  const { windows, before, marks, step } = series;
  const stretch = stretchOf(series, index);
  return {
    start: stretch.start,
    step,
    slot: windows[index] ?? null,
    usual: usual[index] ?? null,
    before: before.length === 0 ? undefined : (before[index] ?? null),
    marks: marksIn(marks, stretch),
  };
}

/** A line each: when, how many, what was usual, what was before, how sure that is, what happened. */
export function wordsOf({ start, step, slot, usual, before, marks }: Asked): readonly string[] {
  return [
    `${spanOfDay({ start, end: start + step })} UTC`,
    countWords(slot),
    usual === null ? '' : usualWords(usual),
    before === undefined ? '' : `period before: ${before === null ? 'not counted' : atLeast(before)}`,
    slot === null ? '' : stateWords(slot, step),
    ...marks.map(({ kind, text }) => `${kind}: ${text}`),
  ].filter((line) => line !== '');
}

function countWords(slot: Slot | null): string {
  if (slot === null) return 'not counted';
  return `${atLeast(slot)} ${slot.events === 1 ? 'event' : 'events'}`;
}

function atLeast({ events, complete }: Slot): string {
  return `${complete ? '' : 'at least '}${count(events)}`;
}

function usualWords({ low, high }: Usual): string {
  const [from, to] = [decimal(low), decimal(high)];
  return from === to ? `usual ${from}` : `usual ${from} to ${to}`;
}

function stateWords({ complete, from, counted, revision }: Slot, step: number): string {
  if (from === 'source') return `${complete ? '' : 'incomplete, '}told by Sentry, not counted here`;
  const all = Math.round(step / PERIOD_MS);
  const isPart = counted !== undefined && counted < all;
  const isUnderWay = isPart && complete;
  return [
    complete ? '' : 'incomplete',
    isUnderWay ? 'under way' : '',
    isPart ? `${count(counted)} of ${count(all)} windows counted` : '',
    revision > 0 ? `revision ${revision}` : '',
  ]
    .filter((text) => text !== '')
    .join(', ');
}

/** A drawing in words, with days unless all of it is of today. `now`: absent where nobody knows when it is read. */
export function describe(windows: Slots, from: number, step: number, now = Infinity): string {
  const known: Slot[] = [];
  for (const slot of windows) if (slot !== null) known.push(slot);
  const to = from + windows.length * step;
  const isToday = [from, to - 1].every((at) => Math.floor(at / DAY_MS) === Math.floor(now / DAY_MS));
  const when = (at: number): string => (isToday ? clock(at) : `${dayOf(at)} ${clock(at)}`);
  if (known.length === 0) return `${when(from)} to ${when(to)} UTC: nothing was counted`;
  const peak = known.reduce((most, it) => (it.events > most.events ? it : most));
  const notes = [
    [known.filter(({ complete }) => !complete).length, 'incomplete'],
    [windows.length - known.length, 'not counted'],
  ] as const;
  const said = notes
    .filter(([value]) => value > 0)
    .map(([value, word]) => `, ${count(value)} ${word}`)
    .join('');
  const many = plural(known.length, step === PERIOD_MS ? 'window' : 'bar');
  const highest = `highest ${count(peak.events)} at ${when(peak.start)}`;
  return `${when(from)} to ${when(to)} UTC: ${many}, ${highest}${said}`;
}
