/** What came of a request for a page. */
export type Loaded =
  | { readonly text: string }
  /** Null: no answer. */
  | { readonly refusal: number | null }
  /** Another request took its place: nobody waits for this one. */
  | { readonly stale: true };

export interface Loader {
  /** Asks for a page; whatever was asked for before is given up. */
  load(address: string): Promise<Loaded>;
  isBusy(): boolean;
}

export function openLoader(): Loader {
  const LIMIT_MS = 20_000;
  let current: AbortController | null = null;

  const load = async (address: string): Promise<Loaded> => {
    current?.abort();
    const mine = new AbortController();
    current = mine;
    const limit = setTimeout(() => mine.abort(), LIMIT_MS);
    try {
      const response = await fetch(address, { cache: 'no-store', signal: mine.signal, redirect: 'error' });
      const text = response.ok ? await response.text() : '';
      if (current !== mine) return { stale: true };
      return response.ok ? { text } : { refusal: response.status };
    } catch {
      return current === mine ? { refusal: null } : { stale: true };
    } finally {
      clearTimeout(limit);
      if (current === mine) current = null;
    }
  };

  return { load, isBusy: () => current !== null };
}
