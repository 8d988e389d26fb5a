import type { VendorRequest } from '../http/message.ts';
import { seek } from '../events/ordered.ts';
import { badRequest } from '../sentry/errors.ts';
import { linkEntry } from '../sentry/pages.ts';
import type { SandboxEvent } from '../types.ts';

/** `value:offset:is_prev` with an event's time in milliseconds: behind all newer ones and `skip` of the same time. */
export type Place = { readonly time: number; readonly skip: number; readonly back: boolean };

const START: Place = { time: Infinity, skip: 0, back: false };

export function readPlace(cursor: string | null): Place {
  if (cursor === null || cursor === '') return START;
  const parts = /^(\d+):(\d+):([01])$/.exec(cursor);
  if (parts === null) throw badRequest('Invalid cursor parameter.');
  const time = Number(parts[1]);
  return { time: time === 0 ? Infinity : time, skip: Number(parts[2]), back: parts[3] === '1' };
}

/** Where the page begins. A place to go back from is that page's end. */
export function indexOfPlace(list: readonly SandboxEvent[], place: Place, size: number): number {
  const index = seek(list, (event) => event.at > place.time) + place.skip;
  return place.back ? Math.max(0, index - size) : index;
}

export function dateLink(request: VendorRequest, list: readonly SandboxEvent[], start: number, size: number): string {
  return [
    linkEntry(request, 'previous', start > 0, cursorAt(list, start, true)),
    linkEntry(request, 'next', list.length > start + size, cursorAt(list, start + size, false)),
  ].join(', ');
}

function cursorAt(list: readonly SandboxEvent[], index: number, back: boolean): string {
  const time = (list[index] ?? list.at(-1))?.at ?? 0;
  const skip = index - seek(list, (event) => event.at > time);
  return `${String(time)}:${String(skip)}:${back ? '1' : '0'}`;
}
