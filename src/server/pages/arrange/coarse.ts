import { PERIOD_MS } from '../../../core/model/window.ts';
import type { FilterData, PageData, Slot } from '../data/model.ts';

/** So many slots become one. A range has a number of slots that it divides. */
const TOGETHER = 3;

/** The same with fewer bars, for a page that has too many charts. */
export function coarse(data: PageData): PageData {
  const step = data.step * TOGETHER;
  const filters = data.filters.map((filter): FilterData => ({ ...filter, windows: joined(filter.windows, data) }));
  return { ...data, step, filters };
}

function joined(slots: FilterData['windows'], { span, step }: PageData): FilterData['windows'] {
  return Array.from({ length: Math.ceil(slots.length / TOGETHER) }, (_, index) =>
    oneOf(slots.slice(index * TOGETHER, (index + 1) * TOGETHER), span.start + index * TOGETHER * step, step),
  );
}

function oneOf(slots: FilterData['windows'], start: number, step: number): Slot | null {
  const known = slots.filter((slot) => slot !== null);
  if (known.length === 0) return null;
  const sum = (of: (slot: Slot | null) => number): number => slots.reduce((all, slot) => all + of(slot), 0);
  return {
    start,
    events: sum((slot) => slot?.events ?? 0),
    complete: known.length === slots.length && known.every(({ complete }) => complete),
    revision: Math.max(...known.map(({ revision }) => revision)),
    counted: sum((slot) => (slot === null ? 0 : (slot.counted ?? 1))),
    due: sum((slot) => slot?.due ?? step / PERIOD_MS),
    ...(known.every(({ from }) => from === 'source') ? { from: 'source' as const } : {}),
  };
}
