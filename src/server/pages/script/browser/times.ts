/** Times for people, in UTC and in the zone of who looks. */
export interface Times {
  /** 10:00, UTC. */
  clock(at: number): string;
  /** The stretch in the viewer's zone, with its name; '' where that is UTC. */
  local(start: number, end: number): string;
  /** Gives every time of the page its own in the viewer's zone: beside those in headings, else as a title. */
  tell(): void;
}

export function openTimes(): Times {
  const form = new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  });
  const partsOf = (at: number): Readonly<Record<string, string>> =>
    Object.fromEntries(form.formatToParts(at).map(({ type, value }) => [type, value]));
  const clock = (at: number): string => new Date(at).toISOString().slice(11, 16);

  const local = (start: number, end: number): string => {
    const from = new Date(start);
    if (from.getTimezoneOffset() === 0) return '';
    const [first, last] = [partsOf(start), partsOf(end)];
    const day = from.getDate() === from.getUTCDate() ? '' : `${first['weekday']} `;
    const until = end === start ? '' : `–${last['hour']}:${last['minute']}`;
    return `${day}${first['hour']}:${first['minute']}${until} ${first['timeZoneName']}`;
  };

  const tellOne = (time: HTMLTimeElement): void => {
    const start = Date.parse(time.dateTime);
    const end = Date.parse(time.dataset['end'] ?? time.dateTime);
    const said = Number.isNaN(start) || Number.isNaN(end) ? '' : local(start, end);
    if (said === '' || time.dataset['local'] !== undefined) return;
    time.dataset['local'] = '';
    time.title = said;
    if (time.closest('h1, h2, #made') === null) return;
    const beside = document.createElement('span');
    beside.className = 'local';
    beside.textContent = ` (${said})`;
    // Behind the zone that stands after it.
    const zone = time.nextSibling instanceof Text && time.nextSibling.data.startsWith(' UTC') ? time.nextSibling : null;
    (zone?.splitText(4).previousSibling ?? time).after(beside);
  };

  return { clock, local, tell: () => document.querySelectorAll('time').forEach(tellOne) };
}
