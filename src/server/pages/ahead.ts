import { HOUR_MS } from '../../core/model/window.ts';

/** A view that nobody looked at for so long is not made ahead, ms. */
const LATELY_MS = HOUR_MS;
/** Views that are made ahead, those that were looked at last: each takes up to a MB and a tenth of a second. */
export const MOST_AHEAD = 6;

/** Makes what people look at before they look. */
export interface Ahead {
  /** Somebody looks at a view. `make`: as a look would; what it rejects with is for the next look to tell. */
  looked(key: string, make: () => Promise<unknown>): void;
  /** There is something new: views that were looked at lately are made, one after the other. Never rejects. */
  news(): Promise<void>;
}

export function makeAhead({ now }: { now(): number }): Ahead {
  const lately = new Map<string, { readonly at: number; readonly make: () => Promise<unknown> }>();
  let isAtIt = false;
  let isMore = false;
  const makeAll = async (): Promise<void> => {
    for (const [key, { at, make }] of [...lately]) {
      if (now() - at < LATELY_MS) await make().catch(() => undefined);
      else lately.delete(key);
    }
  };
  return {
    looked: (key, make) => {
      lately.delete(key);
      lately.set(key, { at: now(), make });
      if (lately.size > MOST_AHEAD) lately.delete(lately.keys().next().value!);
    },
    news: async () => {
      isMore = true;
      if (isAtIt) return;
      isAtIt = true;
      for (; isMore; await makeAll()) isMore = false;
      isAtIt = false;
    },
  };
}
