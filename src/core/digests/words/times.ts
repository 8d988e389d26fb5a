/** Instants as the clock on the wall of a zone shows them. */
export interface ZoneWords {
  /** `Fri 2026-11-20 09:00` */
  instant(iso: string): string;
  /** `09:00` */
  time(iso: string): string;
  /** From one to the other, the day only where it is another one than the slot's last: `02:10–02:25`. */
  span(start: string, end: string, day: string): string;
}

export function zoneWords(zone: string): ZoneWords {
  const parts = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const;
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', weekday: 'short', ...parts });
  const read = (iso: string) => {
    const found = Object.fromEntries(clock.formatToParts(Date.parse(iso)).map(({ type, value }) => [type, value]));
    return {
      day: `${found['weekday']} ${found['year']}-${found['month']}-${found['day']}`,
      time: `${found['hour']}:${found['minute']}`,
    };
  };
  const instant = (iso: string): string => `${read(iso).day} ${read(iso).time}`;
  return {
    instant,
    time: (iso) => read(iso).time,
    span(start, end, day) {
      const [from, to] = [read(start), read(end)];
      const begin = from.day === read(day).day ? from.time : `${from.day} ${from.time}`;
      return `${begin}–${to.day === from.day ? to.time : `${to.day} ${to.time}`}`;
    },
  };
}
