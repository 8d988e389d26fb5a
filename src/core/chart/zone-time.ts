/** An instant as clocks of a zone show it. */
export interface ZoneTime {
  /** Thu */
  readonly weekday: string;
  /** 19 Nov */
  readonly day: string;
  /** 09:00 */
  readonly clock: string;
}

const forms = new Map<string, Intl.DateTimeFormat>();

/** `zone`: IANA name. `at`: epoch ms. The same on every machine. */
export function zoneTime(at: number, zone: string): ZoneTime {
  const parts = formOf(zone).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.find((it) => it.type === type)!.value;
  return {
    weekday: part('weekday'),
    // NOTE: in English September is `Sept` to some versions of ICU, and `Sep` to others.
    day: `${part('day')} ${part('month').slice(0, 3)}`,
    clock: `${part('hour')}:${part('minute')}`,
  };
}

function formOf(zone: string): Intl.DateTimeFormat {
  const known = forms.get(zone);
  if (known !== undefined) return known;
  const form = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  forms.set(zone, form);
  return form;
}

/** Thu 19 Nov 09:00 */
export function momentIn(at: number, zone: string): string {
  const { weekday, day, clock } = zoneTime(at, zone);
  return `${weekday} ${day} ${clock}`;
}
