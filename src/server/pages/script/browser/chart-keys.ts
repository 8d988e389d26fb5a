/** What a key asks of a chart; null: nothing. */
export type Meant =
  { readonly go: number } | { readonly open: number; readonly isApart: boolean } | { readonly leave: true } | null;

/** `chosen`: the slot that is told; null: the newest. `last`: the last one. */
export function meantBy(event: KeyboardEvent, chosen: number | null, last: number): Meant {
  const FAR = 12;
  const now = chosen ?? last;
  const isAlone = !event.altKey && !event.ctrlKey && !event.metaKey;
  if (event.key === 'Enter') return { open: now, isApart: event.ctrlKey || event.metaKey };
  if (event.key === 'Escape') return { leave: true };
  const places: Readonly<Record<string, number>> = {
    ArrowLeft: chosen === null ? last : now - 1,
    ArrowRight: chosen === null ? last : now + 1,
    PageUp: now - FAR,
    PageDown: now + FAR,
    Home: 0,
    End: last,
  };
  const place = places[event.key];
  return place === undefined || !isAlone ? null : { go: Math.min(last, Math.max(0, place)) };
}
