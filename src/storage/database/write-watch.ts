import { faultOf } from '../../core/model/errors.ts';

/** What befell the writes since the last one that proved that all is well. */
export interface WriteWatch {
  /** Why the last one that failed did, for people; null: none failed. */
  failure(): string | null;
  failed(error: unknown): void;
  /** Before a proof begins; call what it gives when the proof was good. What fails meanwhile is not forgotten. */
  proving(): () => void;
}

export function createWriteWatch(): WriteWatch {
  let last: { readonly why: string } | null = null;
  return {
    failure: () => last?.why ?? null,
    failed: (error) => void (last = { why: faultOf(error).message }),
    proving: () => {
      const before = last;
      return () => {
        if (last === before) last = null;
      };
    },
  };
}
