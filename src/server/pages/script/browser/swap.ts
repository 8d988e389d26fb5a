import type { keepTyped, PlaceDeps, rememberPlace } from './place.ts';

/**
 * What stays of what the reader was at. Place: focus, and where it lies in the window. All: what was typed, too, since
 * nobody asked for the new content.
 */
export type Stays = 'nothing' | 'place' | 'all';

/** Puts what another text of a page says in the place of the old. False: it is none of our pages. */
export type Swap = (text: string, stays: Stays) => boolean;

/** What it is made of. */
interface Uses extends PlaceDeps {
  readonly rememberPlace: typeof rememberPlace;
  readonly keepTyped: typeof keepTyped;
}

/** `isThere` is called whenever content has come. */
export function openSwap(main: HTMLElement, isThere: () => void, uses: Uses): Swap {
  let shown = main.innerHTML;
  isThere();

  /** Around the content: which page it is, when it was made, by whom, and how it stands. */
  const changeFrame = (page: Document): void => {
    document.title = page.title;
    for (const selector of ['nav.pages', '#made', 'footer.foot']) {
      const [old, next] = [document.querySelector(selector), page.querySelector(selector)];
      if (old !== null && next !== null && old.outerHTML !== next.outerHTML) old.replaceWith(next);
    }
    const href = page.querySelector('#icon')?.getAttribute('href') ?? null;
    const icon = document.querySelector('#icon');
    if (href !== null && icon?.getAttribute('href') !== href) icon?.setAttribute('href', href);
  };

  return (text, stays) => {
    const page = new DOMParser().parseFromString(text, 'text/html');
    const next = page.getElementById('main');
    if (next === null || page.getElementById('made') === null) return false;
    changeFrame(page);
    const place = stays !== 'nothing' ? uses.rememberPlace(main, uses) : null;
    if (next.innerHTML !== shown) {
      shown = next.innerHTML;
      place?.unfold(next);
      if (stays === 'all') uses.keepTyped(main, next);
      main.replaceChildren(...next.childNodes);
      isThere();
      place?.restore();
    } else isThere();
    return true;
  };
}
