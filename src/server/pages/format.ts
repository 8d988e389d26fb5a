import { count } from '../../core/chart/count.ts';
import { DAY_MS, isoOf, type Window } from '../../core/model/window.ts';
import { html, type Html } from './html.ts';

export { count };

/** With one decimal where it tells something. */
export function decimal(value: number | null): string {
  if (value === null) return '–';
  return Math.abs(value) >= 100 || Number.isInteger(value) ? count(value) : value.toFixed(1).replace(/^-0\.0$/, '0.0');
}

/** 1 filter, 2 filters */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** A few of the names, and how many more there are. */
export function some(names: readonly string[], most = 3): string {
  if (names.length <= most) return names.join(', ');
  return `${names.slice(0, most).join(', ')} and ${count(names.length - most)} more`;
}

/** 09:45, UTC. */
export function clock(at: number): string {
  const minutes = Math.floor((((at % DAY_MS) + DAY_MS) % DAY_MS) / 60_000);
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** 19 Nov, UTC. */
export function dayOf(at: number): string {
  const date = new Date(at);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]!}`;
}

/** Thu 19 Nov, UTC. */
function weekday(at: number): string {
  return `${DAYS[new Date(at).getUTCDay()]!} ${dayOf(at)}`;
}

/** 09:45, or 19 Nov 09:45 of another day than today; UTC. */
export function moment(at: number, now: number): string {
  const isToday = Math.floor(at / DAY_MS) === Math.floor(now / DAY_MS);
  return `${isToday ? '' : `${dayOf(at)} `}${clock(at)}`;
}

export function time(at: number, now: number): Html {
  return html`<time datetime="${isoOf(at)}">${moment(at, now)}</time>`;
}

/** 09:45–09:50, or 19 Nov 09:45–09:50 of another day than today; who tells it in another zone needs the end. */
export function span({ start, end }: Window, now: number): Html {
  const [from, to] = [isoOf(start), isoOf(end)];
  return html`<time datetime="${from}" data-end="${to}">${moment(start, now)}–${clock(end)}</time>`;
}

/** Thu 19 Nov, 09:45–09:50; of a whole day `Thu 19 Nov`. */
export function spanOfDay({ start, end }: Window): string {
  if (end - start === DAY_MS && start % DAY_MS === 0) return weekday(start);
  return `${weekday(start)}, ${clock(start)}–${clock(end)}`;
}

/** How long ago, in words. */
export function ago(ms: number): string {
  if (ms < 60_000) return 'just now';
  return `${lasting(ms)} ago`;
}

/** `09:45 12 min ago`; what a clock ahead of ours has told is just now. */
export function timeAgo(at: number, now: number): Html {
  return html`${time(at, now)} <small>${ago(Math.max(0, now - at))}</small>`;
}

export function lasting(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;
  if (minutes < 120) return `${minutes} min`;
  return minutes < 2880 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1440)} days`;
}
