/** Pages of the same minute of a crowd are made once, ms. */
const KEEP_MS = 2_000;

interface Kept {
  /** When it was asked for, epoch ms. */
  readonly at: number;
  readonly version: number;
  readonly text: Promise<string | null>;
}

export interface KeepOptions {
  now(): number;
  /** Another number when a page would say something new. */
  version(): number;
  /** How many are kept. */
  most(): number;
}

/** Makes a page at most every two seconds, unless there is something new. What is null, or failed, is not kept. */
export function keepPages({ now, version, most }: KeepOptions) {
  const kept = new Map<string, Kept>();
  return (key: string, make: () => Promise<string | null>): Promise<string | null> => {
    const old = kept.get(key);
    if (old !== undefined && old.version === version() && now() - old.at < KEEP_MS) return old.text;
    const text = make();
    kept.set(key, { at: now(), version: version(), text });
    const forget = (): void => void (kept.get(key)?.text === text && kept.delete(key));
    text.then((made) => made === null && forget(), forget);
    if (kept.size > most()) kept.delete(kept.keys().next().value!);
    return text;
  };
}
