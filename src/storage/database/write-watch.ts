import { faultOf } from '../../core/model/errors.ts';

/** How the last write went. */
export interface WriteWatch {
  /** Why it failed, for people; null: it did not, or there was none. */
  failure(): string | null;
  note(error: unknown): void;
}

export function createWriteWatch(): WriteWatch {
  let failed: string | null = null;
  return { failure: () => failed, note: (error) => (failed = error === null ? null : faultOf(error).message) };
}
