/** How much of events there is, and how much there may be. */
export interface EventRoom {
  /** What they take with all that is known of their issues, an estimate. */
  readonly bytes: number;
  readonly mostBytes: number;
  /** Why intakes pause, for people; null: there is room. */
  readonly full: string | null;
}

/** What is full is so until this much of its room is free: else a batch would go in whenever a few events went. */
const FREE = 0.1;

/** `wasFull`: it was so when that was judged last. */
export function roomOf(bytes: number, mostBytes: number, wasFull: boolean): EventRoom {
  const below = mostBytes * (1 - FREE);
  const isFull = bytes >= (wasFull ? below : mostBytes);
  return { bytes, mostBytes, full: isFull ? fullText(bytes, mostBytes, below) : null };
}

function fullText(...sizes: readonly number[]): string {
  const [held, most, below] = sizes.map(sizeText);
  return (
    `Intakes pause: the ledger holds ${held!} of events, and may hold ${most!} (EVENT_MAX_GB); they go on below ` +
    `${below!}, when older events were forgotten (EVENT_DAYS)`
  );
}

/** `4.1 GB`, `3.2 MB` */
export function sizeText(bytes: number): string {
  return bytes < 1e8 ? `${Number((bytes / 1e6).toPrecision(2))} MB` : `${Number((bytes / 1e9).toFixed(1))} GB`;
}
