import type { OnError } from '../../core/ports/ledger.ts';

export interface Settings {
  /** The address, and the password in it: both are secrets. */
  readonly url: readonly string[];
  readonly leaseSeconds: number;
  readonly retentionDays: number;
  readonly catchUpHours: number;
  readonly onError: OnError;
  /** Ages of windows, rising: `10m`. */
  readonly recount: readonly string[];
  readonly recountSinks: readonly string[];
}
