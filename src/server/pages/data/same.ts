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

/** NOTE: what was not read again is the same object. */
function isSameFilter(one: FilterData, other: FilterData): boolean {
  const keys = ['name', 'team', 'runbook', 'projects', 'configured', 'windows', 'usual', 'report', 'fault'] as const;
  if (keys.some((key) => one[key] !== other[key])) return false;
  if (one.now?.events !== other.now?.events || one.now?.complete !== other.now?.complete) return false;
  const { receipts, before } = other;
  if (one.before.length + before.length > 0 && one.before !== before) return false;
  return one.receipts.length === receipts.length && one.receipts.every((it, index) => it === receipts[index]);
}
