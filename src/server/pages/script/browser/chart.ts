import type { meantBy } from './chart-keys.ts';
import type { listenTo } from './chart-listen.ts';
import type { openSaid, Said } from './chart-said.ts';
import type { Slots, slotsIn } from './chart-slots.ts';
import type { Times } from './times.ts';

export interface Chart {
  /** Takes over the chart of the content that is there now. */
  take(): void;
}

/** What it is made of. */
interface Uses {
  readonly listenTo: typeof listenTo;
  readonly meantBy: typeof meantBy;
  readonly openSaid: typeof openSaid;
  readonly slotsIn: typeof slotsIn;
}

/** A filter's chart, asked by pointer, touch and keys. What was chosen stays so when the content changes. */
export function keepChart(main: HTMLElement, times: Times, uses: Uses): Chart {
  let taken: HTMLElement | null = null;
  /** Start of the slot that is told, epoch ms; null: the newest is. */
  let chosen: number | null = null;

  const choose = (index: number | null, slots: Slots, said: Said): void => {
    chosen = index === null ? null : slots.startOf(index);
    slots.mark(index);
    said.tell(index);
  };

  const onKey = (event: KeyboardEvent, slots: Slots, said: Said): void => {
    const meant = uses.meantBy(event, chosen === null ? null : slots.indexOf(chosen), slots.count - 1);
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
    const slots = uses.slotsIn(figure, times);
    const said = uses.openSaid(figure, slots);
    uses.listenTo(figure.querySelector<HTMLElement>('.plot')!, {
      choose: (x) => choose(x === null ? null : slots.at(x), slots, said),
      onKey: (event) => onKey(event, slots, said),
    });
    choose(chosen === null ? null : slots.indexOf(chosen), slots, said);
  };

  return { take };
}
