import type { Times } from './times.ts';

/** The slots of a filter's chart: what each says and where it leads is in the page. */
export interface Slots {
  readonly count: number;
  /** Epoch ms. */
  startOf(index: number): number;
  /** Of the slot that starts then; null: there is none any more. */
  indexOf(start: number): number | null;
  /** What it says, line by line, with the time of the viewer's zone. */
  lines(index: number): readonly string[];
  /** The same search in Sentry; null: nobody knows its address. */
  url(index: number): string | null;
  /** Goes there; `isApart`: in another tab. */
  open(index: number, isApart: boolean): void;
  /** The slot at this place of the window, pixels. */
  at(x: number): number;
  /** Shows which one is told; null: none. */
  mark(index: number | null): void;
}

/** Takes the titles away, which would be shown beside what is told. */
export function slotsIn(figure: HTMLElement, times: Times): Slots {
  const slots = [...figure.querySelectorAll<SVGElement>('.slots > *')];
  const [from, step] = [Number(figure.dataset['from']), Number(figure.dataset['step'])];
  for (const slot of slots) {
    const title = slot.querySelector('title');
    slot.dataset['said'] = title?.textContent ?? '';
    title?.remove();
  }
  const startOf = (index: number): number => from + index * step;
  return {
    count: slots.length,
    startOf,
    indexOf: (start) => {
      const index = Math.floor((start - from) / step);
      return index >= 0 && index < slots.length ? index : null;
    },
    lines: (index) => {
      const [first = '', ...others] = slots[index]!.dataset['said']!.split('\n');
      const local = times.local(startOf(index), startOf(index + 1));
      return [local === '' ? first : `${first} (${local})`, ...others];
    },
    url: (index) => slots[index]!.getAttribute('href'),
    open: (index, isApart) => {
      const link = document.createElement('a');
      const href = slots[index]!.getAttribute('href');
      Object.assign(link, { href, rel: 'noreferrer noopener', target: isApart ? '_blank' : '' });
      if (href !== null) link.click();
    },
    at: (x) => {
      const { left, width } = figure.querySelector('.counts')!.getBoundingClientRect();
      return Math.min(slots.length - 1, Math.max(0, Math.floor(((x - left) / width) * slots.length)));
    },
    mark: (index) => slots.forEach((slot, n) => slot.classList.toggle('on', n === index)),
  };
}
