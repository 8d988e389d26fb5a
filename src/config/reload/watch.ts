import type { Clock } from '../../core/ports/clock.ts';

/** How often is looked, ms; and how long a change must have stood still before it is taken for whole. */
export const LOOK_MS = 5_000;
export const STILL_MS = 1_000;

export interface WatchDeps<T> extends Pick<Clock, 'sleep'> {
  /** Looks now. */
  look(): Promise<T>;
  /** Whether what was seen first counts already. */
  isKnown(seen: T): boolean;
  /** Something else was seen than before: all of it is there. */
  changed(seen: T): void;
}

export interface Watch<T> {
  /** Looks and tells at once, whether anything changed or not. Resolves when it was told. */
  now(): Promise<T>;
  /** Looks until the signal is aborted. Never rejects. */
  go(signal: AbortSignal): Promise<void>;
}

/**
 * Looks again and again instead of asking the disk to call: that is not done on network disks, and where a folder is
 * changed by a link that is swapped. One look at a time, however long it takes.
 */
export function createWatch<T extends { readonly print: string }>(deps: WatchDeps<T>): Watch<T> {
  let told: string | null = null;
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <R>(work: () => Promise<R>): Promise<R> => {
    const done = turn.then(work);
    turn = done.catch(() => undefined);
    return done;
  };
  const tell = (seen: T): T => {
    told = seen.print;
    deps.changed(seen);
    return seen;
  };
  /** The print of a change that may still be going on; null: there is none. */
  const step = async (before: string | null): Promise<string | null> => {
    const seen = await deps.look();
    if (told === null && deps.isKnown(seen)) told = seen.print;
    if (seen.print === told) return null;
    if (seen.print !== before) return seen.print;
    tell(seen);
    return null;
  };
  return {
    now: () => inTurn(async () => tell(await deps.look())),
    async go(signal) {
      for (let pending: string | null = null; !signal.aborted;) {
        await deps.sleep(pending === null ? LOOK_MS : STILL_MS, signal).catch(() => undefined);
        if (!signal.aborted) pending = await inTurn(() => step(pending));
      }
    },
  };
}
