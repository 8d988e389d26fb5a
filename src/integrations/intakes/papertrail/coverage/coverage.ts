import { DAY_MS, HOUR_MS, type Window } from '../../../../core/model/window.ts';
import type { ObjectStatus } from '../../../../core/ports/events/object-book.ts';
import { hoursOf } from './key-hours.ts';

/** What archives and live search brought together; null: nothing yet. */
export interface Coverage {
  readonly since: number;
  readonly until: number;
  /** Between the two, in their order. */
  readonly missing: readonly Window[];
}

/** An archive is written within this, ms: what then is not there was not named to us. */
export const AWAITED_MS = 3 * HOUR_MS;
/** An hour of which nothing came for so long had no lines, ms: no archive is written of such a one. */
const EMPTY_MS = DAY_MS;

/**
 * NOTE: what is missing is so for ever, but for hours between two archives that were read: hours whose archive is known
 * and was not read had something, and of a stretch of over a day, or one that the live search missed, nothing is known.
 */
export function coverageOf(objects: readonly ObjectStatus[], live: readonly Window[], now: number): Coverage | null {
  const hours = (wanted: (it: ObjectStatus) => boolean): readonly Window[] =>
    objects.filter(wanted).flatMap(({ name }) => hoursOf(name) ?? []);
  const [archives, others] = [hours(({ status }) => status === 'read'), hours(({ status }) => status !== 'read')];
  const read = joined([...archives, ...live]);
  const [first, last] = [read[0], read.at(-1)];
  if (first === undefined || last === undefined) return null;
  const isEmpty = ({ start, end }: Window): boolean =>
    end - start <= DAY_MS &&
    now >= end + EMPTY_MS &&
    archives.some((it) => it.end === start) &&
    archives.some((it) => it.start === end) &&
    !others.some((it) => it.start < end && start < it.end);
  const holes = read.slice(1).map(({ start: end }, n): Window => ({ start: read[n]!.end, end }));
  return { since: first.start, until: last.end, missing: holes.filter((hole) => !isEmpty(hole)) };
}

/** Spans in their order, those that touch made one. */
export function joined(spans: readonly Window[]): readonly Window[] {
  const all: Window[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    const last = all.at(-1);
    if (last === undefined || last.end < span.start) all.push(span);
    else all[all.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
  }
  return all;
}
