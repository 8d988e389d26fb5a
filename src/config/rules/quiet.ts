import type { Quiet } from '../../core/model/alerting/rule.ts';
import { nearestOf } from '../../platform/nearest.ts';
import { quote } from '../formats.ts';

/** What quiet hours look like, for people. */
export const QUIET_LOOKS = '22-07 Europe/Berlin, or 22:30-06:15 Europe/Berlin';
const PATTERN = /^(\d{1,2})(?::(\d{2}))?-(\d{1,2})(?::(\d{2}))? +(\S{1,60})$/;
const DAY_MINUTES = 24 * 60;

/** Hours of the day with their zone, or what is wrong with the text; what to write. */
export function readQuiet(text: string): { readonly quiet: Quiet } | { readonly fault: string } {
  const [, from, fromMinutes, to, toMinutes, zone = ''] = PATTERN.exec(text) ?? [];
  const [begin, end] = [minuteOf(from, fromMinutes), minuteOf(to, toMinutes)];
  if (/^[\d:-]+$/.test(text)) return { fault: `${quote(text)} has no time zone; write one after it: ${QUIET_LOOKS}` };
  if (begin === undefined || end === undefined)
    return { fault: `${quote(text)} is no span of hours; write ${QUIET_LOOKS}` };
  const wrong = zoneFault(zone);
  if (wrong !== undefined) return { fault: wrong };
  if (begin % DAY_MINUTES === end % DAY_MINUTES)
    return { fault: `${quote(text)} begins when it ends; write two different times` };
  return { quiet: { from: begin % DAY_MINUTES, to: end % DAY_MINUTES, zone } };
}

/** After midnight; 24:00 is midnight. */
function minuteOf(hours: string | undefined, minutes = '0'): number | undefined {
  const minute = Number(hours) * 60 + Number(minutes);
  return hours !== undefined && Number(minutes) < 60 && minute <= DAY_MINUTES ? minute : undefined;
}

/**
 * What is wrong with the name of a time zone; what to write. NOTE: `CET` and `EST` are zones as well, but EST has no
 * summer; a city says what is meant.
 */
export function zoneFault(zone: string): string | undefined {
  if ((zone === 'UTC' || zone.includes('/')) && isZone(zone)) return undefined;
  return `${quote(zone)} is not a time zone by its city; ${zoneRemedy(zone)}`;
}

/** What to write in place of a name that is no time zone's. */
export function zoneRemedy(zone: string): string {
  const near = nearestOf(zone, Intl.supportedValuesOf('timeZone'));
  return near === undefined ? 'write one such as Europe/Berlin, or UTC' : `did you mean ${near}?`;
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
