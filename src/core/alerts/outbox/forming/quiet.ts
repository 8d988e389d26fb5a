import type { Quiet } from '../../../model/alerting/rule.ts';

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Whether nobody is told at that instant, epoch ms: by the clock on the wall of the zone, whatever its summer time. */
export function isQuiet({ from, to, zone }: Quiet, at: number): boolean {
  const minute = minuteOf(at, zone);
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}

/** Its end, for people: `07:00 Europe/Berlin`. */
export function quietEnd({ to, zone }: Quiet): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(to / 60))}:${two(to % 60)} ${zone}`;
}

/** Minutes after midnight there. */
function minuteOf(at: number, zone: string): number {
  const known = clocks.get(zone);
  const clock = known ?? new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeStyle: 'short', hourCycle: 'h23' });
  if (known === undefined) clocks.set(zone, clock);
  const [hour, minute] = clock.format(at).split(':').map(Number) as [number, number];
  return hour * 60 + minute;
}
