import type { addressAsked } from './asked.ts';
import type { Loader } from './loader.ts';
import type { Refresh } from './refresh.ts';
import type { Swap } from './swap.ts';

export interface NavigationDeps {
  readonly swap: Swap;
  readonly loader: Loader;
  readonly refresh: Refresh;
  readonly addressAsked: typeof addressAsked;
  readonly settleAt: typeof settleAt;
}

/** Links and forms that lead to a page of ours change the content in place. Whatever is odd is left to the browser. */
export function openNavigation(main: HTMLElement, deps: NavigationDeps): void {
  const { swap, loader, refresh, addressAsked, settleAt } = deps;
  let shown = location.pathname + location.search;

  /** `y`: where the page lay when it was left; null: it is asked for anew. */
  const go = async (url: URL, y: number | null): Promise<void> => {
    const address = url.pathname + url.search;
    main.setAttribute('aria-busy', 'true');
    const loaded = await loader.load(address);
    if ('stale' in loaded) return;
    main.removeAttribute('aria-busy');
    const stay = url.pathname === new URL(shown, url).pathname;
    if (!('text' in loaded) || !swap(loaded.text, stay ? 'place' : 'nothing')) return location.assign(url);
    if (y === null) history.pushState({ y: 0 }, '', url);
    shown = address;
    refresh.isFresh();
    if (y === null) settleAt(url, main, stay);
    else scrollTo(0, y);
  };

  const onAsked = (event: MouseEvent | SubmitEvent): void => {
    const url = addressAsked(event);
    if (url === null || (url.hash !== '' && url.pathname + url.search === shown)) return;
    event.preventDefault();
    history.replaceState({ y: scrollY }, '');
    void go(url, null);
  };

  document.addEventListener('click', onAsked);
  document.addEventListener('submit', onAsked);
  addEventListener('popstate', ({ state }: PopStateEvent) => {
    // What is still asked for may be another page, which must not come in this one's place.
    if (location.pathname + location.search === shown && !loader.isBusy()) return;
    void go(new URL(location.href), (state as { readonly y?: number } | null)?.y ?? 0);
  });
}

/** Where a page begins for who came to it: at what its address names, else at its top. `stay`: it was there before. */
export function settleAt(url: URL, main: HTMLElement, stay: boolean): void {
  if (stay) return;
  main.focus({ preventScroll: true });
  const target = url.hash === '' ? null : document.getElementById(decodeURIComponent(url.hash.slice(1)));
  if (target === null) scrollTo(0, 0);
  else target.scrollIntoView();
}
