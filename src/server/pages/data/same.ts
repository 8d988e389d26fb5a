import type { FilterData, PageData } from './model.ts';

/** A page says how old things are in minutes. */
const MINUTE_MS = 60_000;

/** Whether a page of the one would say the same as a page of the other, within the same minute. */
export function isSame(one: PageData, other: PageData): boolean {
  if (Math.floor(one.now / MINUTE_MS) !== Math.floor(other.now / MINUTE_MS)) return false;
  if (one.filters.length !== other.filters.length || one.files !== other.files) return false;
  return headOf(one) === headOf(other) && one.filters.every((it, index) => isSameFilter(it, other.filters[index]!));
}

/** All but the filters, as text: some kilobytes. */
function headOf({ now: _now, files: _files, filters: _filters, ...head }: PageData): string {
  return JSON.stringify(head);
}

/** NOTE: what was not read again is the same object. The address of a search follows from filter and time. */
function isSameFilter(one: FilterData, other: FilterData): boolean {
  const { searchUrl: _one, now, receipts, before, ...rest } = one;
  const keys = Object.keys(rest) as (keyof typeof rest)[];
  return (
    keys.every((key) => one[key] === other[key]) &&
    now?.events === other.now?.events &&
    now?.complete === other.now?.complete &&
    (before === other.before || before.length + other.before.length === 0) &&
    receipts.length === other.receipts.length &&
    receipts.every((it, index) => it === other.receipts[index])
  );
}
