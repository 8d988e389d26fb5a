import { RUN_MS } from '../data/current.ts';
import type { FilterData, PageData } from '../data/model.ts';
import { ago, plural } from '../format.ts';
import { spanWords } from '../words.ts';
import type { View } from '../view/view.ts';
import { type Places, placesOf } from './places.ts';
import { isBeingCounted } from './standing.ts';

/** What the verdicts judge, and how it is called. */
export interface Scene {
  readonly data: PageData;
  readonly places: Places;
  /** An instant that is over is looked at: what is true now is not asked. */
  readonly isPast: boolean;
  /** The window that was counted last is not the one that should have been. */
  readonly isStale: boolean;
  /** A run is at that window. */
  readonly isUnderWay: boolean;
  /** The ledger cannot be read: this server knows of its own runs alone. */
  readonly isBlind: boolean;
  /** `10:00–10:05 UTC`; '' when none was counted. */
  readonly window: string;
  readonly counted: readonly FilterData[];
  readonly uncounted: readonly FilterData[];
}

export function sceneOf(data: PageData, view: View): Scene {
  const { filters, current, origin, onError, overdue, now } = data;
  return {
    data,
    places: placesOf(view),
    isPast: view.at !== undefined,
    isStale: overdue > 0,
    isUnderWay: isBeingCounted(data),
    isBlind: onError !== null && origin.troubles.some(({ of }) => of === 'ledger'),
    window: current === null ? '' : `${spanWords(current, now)} UTC`,
    counted: filters.filter(({ report }) => report !== null),
    uncounted: filters.filter(({ report }) => report === null),
  };
}

/** ` A run began on host-1 just now.`; '' when none is under way. */
export function busyWords({ runs, now }: PageData): string {
  const busy = runs.find(({ endedAt, startedAt }) => endedAt === null && now - startedAt < RUN_MS);
  return busy === undefined ? '' : ` A run began on ${busy.server} ${ago(now - busy.startedAt)}.`;
}

/** `the filter`, `2 of 5 filters`, `all 5 filters` */
export function partWords(part: readonly FilterData[], all: readonly FilterData[]): string {
  if (all.length === 1) return 'the filter';
  return part.length === all.length
    ? `all ${plural(all.length, 'filter')}`
    : `${part.length} of ${plural(all.length, 'filter')}`;
}
