import type { rememberFocus } from './focus.ts';

/** What a person was at: focus, what is unfolded, and where what is seen lies in the window. */
export interface Place {
  /** Before the new content takes the place of the old. */
  unfold(next: HTMLElement): void;
  /** After that. */
  restore(): void;
}

/** What it is made of. */
export interface PlaceDeps {
  readonly rememberFocus: typeof rememberFocus;
}

/** Remembers it, before the content of a page changes. */
export function rememberPlace(main: HTMLElement, { rememberFocus }: PlaceDeps): Place {
  const isInView = (it: Element): boolean => {
    const { top, bottom } = it.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  };
  const focusAgain = rememberFocus(main);
  const open = [...main.querySelectorAll('details[open]')].map(({ id }) => id).filter((id) => id !== '');
  const active = document.activeElement;
  const candidates = [
    ...(active === main || !main.contains(active) ? [] : [active!]),
    ...main.querySelectorAll('[id]'),
  ];
  const anchor = candidates.find((it) => it.id !== '' && isInView(it)) ?? null;
  const top = anchor?.getBoundingClientRect().top ?? 0;

  return {
    unfold: (next) => {
      for (const id of open) next.querySelector(`#${CSS.escape(id)}`)?.setAttribute('open', '');
    },
    restore: () => {
      focusAgain()?.focus({ preventScroll: true });
      const after = anchor === null ? null : document.getElementById(anchor.id);
      if (after !== null) scrollBy(0, after.getBoundingClientRect().top - top);
    },
  };
}

/** Fields that somebody has typed into are taken over into the content that comes: also what is half a date. */
export function keepTyped(main: HTMLElement, next: HTMLElement): void {
  for (const field of main.querySelectorAll<HTMLInputElement>('input[id]'))
    if (field.value !== field.defaultValue) next.querySelector(`input#${CSS.escape(field.id)}`)?.replaceWith(field);
}
