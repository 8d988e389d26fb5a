import type { PlaceDeps, rememberPlace } from './place.ts';

/**
 * Puts what another text of a page says in the place of the old. `stay`: the reader's place and focus stay as they are.
 * False: it is none of our pages.
 */
export type Swap = (text: string, stay: boolean) => boolean;

/** What it is made of. */
interface Uses extends PlaceDeps {
  readonly rememberPlace: typeof rememberPlace;
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

  return (text, stay) => {
    const page = new DOMParser().parseFromString(text, 'text/html');
    const next = page.getElementById('main');
    if (next === null || page.getElementById('made') === null) return false;
    changeFrame(page);
    const place = stay ? uses.rememberPlace(main, uses) : null;
    if (next.innerHTML !== shown) {
      shown = next.innerHTML;
      place?.unfold(next);
      main.replaceChildren(...next.childNodes);
      isThere();
      place?.restore();
    } else isThere();
    return true;
  };
}
