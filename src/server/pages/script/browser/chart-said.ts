import type { Slots } from './chart-slots.ts';

/** The line above a chart that says what one slot holds. */
export interface Said {
  /** Null: the newest one, which the page itself tells. */
  tell(index: number | null): void;
  /** For who hears it. */
  speak(index: number): void;
}

export function openSaid(figure: HTMLElement, slots: Slots): Said {
  const said = figure.querySelector<HTMLElement>('.slot-said')!;
  const newest = Number(said.dataset['slot']);
  const heard = document.createElement('p');
  heard.className = 'heard unseen';
  heard.setAttribute('role', 'status');
  figure.append(heard);

  const made = (tag: string, text: string): HTMLElement => {
    const element = document.createElement(tag);
    element.textContent = text;
    return element;
  };
  const tell = (index: number | null): void => {
    const [when = '', ...others] = slots.lines(index ?? newest);
    const href = slots.url(index ?? newest);
    const link = Object.assign(made('a', 'Open in Sentry'), { href, rel: 'noreferrer noopener' });
    const pieces = [made('b', when), ...others.map((line) => made('span', line)), ...(href === null ? [] : [link])];
    said.replaceChildren(...pieces.flatMap((it) => [it, ' ']));
  };
  tell(null);
  return { tell, speak: (index) => (heard.textContent = slots.lines(index).join(', ')) };
}
