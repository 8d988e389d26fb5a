export interface Listener {
  /** The slot at this place of the window, pixels; null: none. */
  choose(x: number | null): void;
  onKey(event: KeyboardEvent): void;
}

/** Makes a chart a stop of the Tab key, and hears pointer, touch and keys. */
export function listenTo(plot: HTMLElement, { choose, onKey }: Listener): void {
  let pointer = '';
  plot.id = 'plot';
  plot.tabIndex = 0;
  plot.setAttribute('role', 'application');
  plot.setAttribute(
    'aria-label',
    'Chart of the counts: arrow keys go from bar to bar, Home and End to the ends, Enter opens what the bar leads to',
  );
  plot.addEventListener('pointermove', ({ clientX }) => choose(clientX));
  plot.addEventListener('pointerdown', ({ clientX, pointerType }) => {
    pointer = pointerType;
    choose(clientX);
  });
  plot.addEventListener('pointerleave', ({ pointerType }) => {
    if (pointerType === 'mouse' && document.activeElement !== plot) choose(null);
  });
  // A finger covers what it would open: it asks first, and the line above has the link.
  plot.addEventListener('click', (event) => {
    if (pointer !== 'mouse') event.preventDefault();
  });
  plot.addEventListener('keydown', onKey);
}
