import ICAL from 'ical.js';
import type { Calendar, CalendarItem, ClockChange } from '../../../core/model/people/calendar.ts';
import type { ZoneOf } from './moments.ts';
import { type JCalComponent, Odd, textOf } from './property.ts';
import { itemOf } from './read-event.ts';
import { textsOf } from './texts.ts';
import { changesOf, knownZone } from './zones.ts';

/** More is refused. */
export const MOST_EVENTS = 10_000;

/** A text is no calendar; why, for people, as the end of a sentence about it. */
export class NoCalendar extends Error {
  override readonly name = 'NoCalendar';
}

/** What a calendar says. `zone`: where it is kept; undefined: as it says itself. Throws a NoCalendar. */
export function readCalendar(text: string, zone?: string): Calendar {
  const lines = text
    .replace(/^\uFEFF/, '')
    .trim()
    .split(/\r\n|\r|\n/);
  if (!/^BEGIN:VCALENDAR\s*$/i.test(lines[0]!)) throw new NoCalendar('is no calendar: it does not begin like one');
  if (!/^END:VCALENDAR\s*$/i.test(lines.at(-1)!)) throw new NoCalendar('is cut off: its end is missing');
  const { events, zones, head } = blocksIn(lines);
  if (events.length > MOST_EVENTS)
    throw new NoCalendar(`has more than ${MOST_EVENTS} events; publish a calendar of what is to come`);
  const found = zones.map(parsed).flatMap((it) => (it === null ? [] : [[textOf(it, 'tzid') ?? '', it] as const]));
  const own = zone ?? knownZone(head);
  return { zone: own, ...read(events, new Map(found), own) };
}

interface Blocks {
  readonly events: readonly string[];
  readonly zones: readonly string[];
  /** The zone that the calendar says itself, as it writes it; empty: it does not. */
  readonly head: string;
}

/** NOTE: events are parsed one by one, so that a bad one is left out alone. What is within another is part of it. */
function blocksIn(lines: readonly string[]): Blocks {
  const found = { VEVENT: [] as string[], VTIMEZONE: [] as string[] };
  let head = '';
  let block: { readonly kind: keyof typeof found; readonly lines: string[] } | null = null;
  for (const line of lines) {
    const [, what, name] = /^(BEGIN|END):(VEVENT|VTIMEZONE)\s*$/i.exec(line) ?? [];
    const kind = name?.toUpperCase() as keyof typeof found | undefined;
    if (what?.toUpperCase() === 'BEGIN' && block === null) block = { kind: kind!, lines: [] };
    block?.lines.push(line);
    if (what?.toUpperCase() === 'END' && block?.kind === kind) {
      found[kind!].push(block!.lines.join('\r\n'));
      block = null;
    }
    if (block === null) head = /^X-WR-TIMEZONE(?:;[^:]*)?:(.*)$/i.exec(line)?.[1] ?? head;
  }
  if (block !== null) throw new NoCalendar('is cut off: an event has no end');
  return { events: found.VEVENT, zones: found.VTIMEZONE, head };
}

function parsed(block: string): JCalComponent | null {
  try {
    return ICAL.parse(block) as JCalComponent;
  } catch {
    return null;
  }
}

function read(
  events: readonly string[],
  written: ReadonlyMap<string, JCalComponent>,
  zone: string | null,
): Pick<Calendar, 'items' | 'zones' | 'leftOut'> {
  const zones: Record<string, readonly ClockChange[]> = {};
  const zoneOf = namesIn(written, zones);
  const items: CalendarItem[] = [];
  const leftOut: string[] = [];
  for (const block of events) {
    const event = parsed(block);
    try {
      if (event === null) throw new Odd('cannot be read');
      items.push(itemOf(event, { zoneOf, hasZone: zone !== null }));
    } catch (error) {
      if (!(error instanceof Odd)) throw error;
      leftOut.push(`${nameOf(event)} ${error.message}`);
    }
  }
  return { items, zones, leftOut };
}

function nameOf(event: JCalComponent | null): string {
  return event === null ? 'An event' : `"${textsOf(event).title.slice(0, 100)}"`;
}

/** The calendar's own zones are noted in `zones` when they are met. */
function namesIn(written: ReadonlyMap<string, JCalComponent>, zones: Record<string, readonly ClockChange[]>): ZoneOf {
  const known = new Map<string, string>();
  const find = (name: string): string => {
    const found = knownZone(name);
    if (found !== null) return found;
    const zone = written.get(name);
    if (zone === undefined) throw new Odd(`is in a zone that nobody knows: ${name.slice(0, 60)}`);
    const own = `own: ${name}`;
    zones[own] = changesOf(zone);
    return own;
  };
  return (name) => {
    const zone = known.get(name) ?? find(name);
    known.set(name, zone);
    return zone;
  };
}
