import { PERIOD_MS } from '../../../core/model/window.ts';
import type { FilterData, PageData, Slot } from '../data/model.ts';

/** So many slots become one. A range has a number of slots that it divides. */
const TOGETHER = 3;
/** From here on a page has too many charts. */
const CROWD = 200;

export function isCrowd(filters: readonly unknown[]): boolean {
  return filters.length > CROWD;
}

/** The same with fewer bars. */
export function coarse(data: PageData): PageData {
  const filters = data.filters.map((filter): FilterData => ({ ...filter, windows: joined(filter.windows, data) }));
  return { ...data, ...coarseStep(data), filters };
}

export function coarseStep({ step }: Pick<PageData, 'step'>): Pick<PageData, 'step'> {
  return { step: step * TOGETHER };
}

/** Of one chart. */
export function joined(
  slots: FilterData['windows'],
  { span, step }: Pick<PageData, 'span' | 'step'>,
): FilterData['windows'] {
  return Array.from({ length: Math.ceil(slots.length / TOGETHER) }, (_, index) =>
    oneOf(slots, { first: index * TOGETHER, start: span.start + index * TOGETHER * step, step }),
  );
}

/** NOTE: by hand: a crowd has tens of thousands of slots. */
function oneOf(
  slots: FilterData['windows'],
  { first, start, step }: { readonly first: number; readonly start: number; readonly step: number },
): Slot | null {
  let [known, events, revision, counted, due] = [0, 0, 0, 0, 0];
  let [complete, isTold] = [true, true];
  const end = Math.min(slots.length, first + TOGETHER);
  for (let index = first; index < end; index++) {
    const slot = slots[index]!;
    due += slot?.due ?? step / PERIOD_MS;
    if (slot === null) continue;
    known++;
    events += slot.events;
    revision = Math.max(revision, slot.revision);
    counted += slot.counted ?? 1;
    complete &&= slot.complete;
    isTold &&= slot.from === 'source';
  }
  if (known === 0) return null;
  const slot = { start, events, complete: complete && known === end - first, revision, counted, due };
  return isTold ? { ...slot, from: 'source' } : slot;
}
