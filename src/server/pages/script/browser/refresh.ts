import type { Loader } from './loader.ts';
import type { Swap } from './swap.ts';
import type { Times } from './times.ts';

export interface Refresh {
  /** A page was just loaded: the next one is due so much later. */
  isFresh(): void;
}

/** Loads the page anew every half minute while somebody sees it, and says when that does not work. */
export function openRefresh(swap: Swap, loader: Loader, { clock }: Times): Refresh {
  const [EVERY_MS, STALE_MS] = [30_000, 120_000];
  const age = document.getElementById('age')!;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let readAt = Date.now();

  const say = (text: string): void => {
    age.classList.toggle('stale', text !== '');
    if (age.textContent !== text) age.textContent = text;
  };
  const plan = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void load(), EVERY_MS);
  };
  const isFresh = (): void => {
    readAt = Date.now();
    say('');
    plan();
  };
  const load = async (): Promise<void> => {
    if (document.hidden || loader.isBusy()) return;
    const loaded = await loader.load(location.pathname + location.search);
    if ('stale' in loaded) return;
    if ('text' in loaded && swap(loaded.text, 'all')) return isFresh();
    const refusal = 'refusal' in loaded ? loaded.refusal : null;
    const why = refusal === null ? 'the server does not answer' : `the server answers ${refusal}`;
    say(`No new numbers since ${clock(readAt)} UTC: ${why}. What is shown is old. `);
    plan();
  };
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) return clearTimeout(timer);
    if (Date.now() - readAt > STALE_MS)
      say(`These numbers are from ${clock(readAt)} UTC; new ones are being fetched. `);
    void load();
  });
  addEventListener('online', () => void load());
  addEventListener('offline', () => say(`This device is offline; the numbers are from ${clock(readAt)} UTC. `));
  plan();
  return { isFresh };
}
