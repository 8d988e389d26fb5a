import type { Said } from './chart-said.ts';
import type { Slots } from './chart-slots.ts';
import type { Functions } from './start.ts';
import type { Times } from './times.ts';

export interface Chart {
  /** Takes over the chart of the content that is there now. */
  take(): void;
}

/** A filter's chart, asked by pointer, touch and keys. What was chosen stays so when the content changes. */
export function keepChart(main: HTMLElement, times: Times, functions: Functions): Chart {
  let taken: HTMLElement | null = null;
  /** Start of the slot that is told, epoch ms; null: the newest is. */
  let chosen: number | null = null;

  const choose = (index: number | null, slots: Slots, said: Said): void => {
    chosen = index === null ? null : slots.startOf(index);
    slots.mark(index);
    said.tell(index);
  };

  const onKey = (event: KeyboardEvent, slots: Slots, said: Said): void => {
    const meant = functions.meantBy(event, chosen === null ? null : slots.indexOf(chosen), slots.count - 1);
    if (meant === null) return;
    event.preventDefault();
    if ('open' in meant) return slots.open(meant.open, meant.isApart);
    choose('go' in meant ? meant.go : null, slots, said);
    if ('go' in meant) said.speak(meant.go);
  };

  const take = (): void => {
    const figure = main.querySelector<HTMLElement>('#chart');
    if (figure === null || figure === taken) return;
    taken = figure;
    const slots = functions.slotsIn(figure, times);
    const said = functions.openSaid(figure, slots);
    functions.listenTo(figure.querySelector<HTMLElement>('.plot')!, {
      choose: (x) => choose(x === null ? null : slots.at(x), slots, said),
      onKey: (event) => onKey(event, slots, said),
    });
    choose(chosen === null ? null : slots.indexOf(chosen), slots, said);
  };

  return { take };
}
