import type { Reject } from '../../../core/model/events/event.ts';
import type { Note } from '../../../core/logs/record.ts';

/** Where a log is read. */
export interface NotePlace {
  /** What it is called, for people. */
  readonly name: string;
  /** Of names that are made of a place. */
  readonly prefix: string;
  /** When it is read, epoch ms. */
  readonly at: number;
}

/** A remark as it is kept: the same remark on the same place is the same one. */
export function remarkOf({ place, reason, text }: Note, { name, prefix, at }: NotePlace): Reject {
  const there = place.startsWith(prefix) ? place.slice(prefix.length) : place;
  return {
    id: `note ${prefix === '' ? `${name} ` : ''}${place} ${reason}`,
    at,
    reason,
    place: `${name}, at ${there}`,
    text,
  };
}

/** Of durations whose names and windows are too many to be kept. */
export function lostTimings(left: number): Note {
  const reason = `${left} durations have more names than are kept; a pattern of timings may take an id for a name`;
  return { place: 'its end', reason, text: '' };
}
