import { DAY_MS } from '../../../core/model/window.ts';
import { isBeingCounted } from '../findings/standing.ts';
import type { FilterData, PageData } from './model.ts';

/** A page says how old things are in minutes. */
const MINUTE_MS = 60_000;

/** Whether a page of the one would say the same as a page of the other, within the same minute. */
export function isSame(one: PageData, other: PageData): boolean {
  if (Math.floor(one.now / MINUTE_MS) !== Math.floor(other.now / MINUTE_MS)) return false;
  if (one.filters.length !== other.filters.length || one.files !== other.files) return false;
  return headOf(one) === headOf(other) && one.filters.every((it, index) => isSameFilter(it, other.filters[index]!));
}

/** Whether the rows of their filters would say the same, on the same day. */
export function isSameRows(one: PageData, other: PageData): boolean {
  if (one.filters.length !== other.filters.length || aroundRows(one) !== aroundRows(other)) return false;
  return one.filters.every((it, index) => isSameFilter(it, other.filters[index]!));
}

/** NOTE: all that a row of a filter or team is made of beside the filter: what it needs more belongs here. */
function aroundRows(data: PageData): string {
  const { current, span, step, overdue, dryRun, alerts, now } = data;
  const firing = alerts === null || alerts === 'unread' ? alerts : alerts.byFilter;
  const day = Math.floor(now / DAY_MS);
  return JSON.stringify([current, span, step, overdue, dryRun, firing, isBeingCounted(data), day]);
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
