/** Remembers what has the focus, before the content changes. Finds the same, or the likest, afterwards; null: none. */
export function rememberFocus(main: HTMLElement): () => HTMLElement | null {
  const active = document.activeElement;
  if (active === null || active === main || !main.contains(active)) return () => null;
  const rowOf = (it: Element): string | null =>
    it.closest('[data-issue]')?.getAttribute('data-issue') ??
    it.closest('[data-window]')?.getAttribute('data-window') ??
    null;
  const row = rowOf(active);
  const isSame = (it: Element, attribute: string): boolean =>
    it.getAttribute(attribute) === active.getAttribute(attribute);
  return () => {
    if (active.id !== '') return document.getElementById(active.id);
    const all = [...main.querySelectorAll<HTMLElement>(active.tagName)];
    const alike = all.filter((it) => isSame(it, 'href') && isSame(it, 'name') && isSame(it, 'type'));
    return (
      alike.find((it) => rowOf(it) === row) ??
      all.find((it) => it.textContent === active.textContent) ??
      alike[0] ??
      null
    );
  };
}
