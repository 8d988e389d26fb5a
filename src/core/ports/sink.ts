import type { Item, Outcome } from '../model/item.ts';
import type { Gauge } from '../model/watches/gauge.ts';
import type { Report } from '../model/report.ts';
import type { Scope } from './scope.ts';

/** The most that one request of a sink may hold. */
export interface Limits {
  readonly items: number;
  /** Of the JSON array of the bodies, UTF-8, before compression. */
  readonly bytes: number;
}

export interface Sink {
  /** Instance name: keys, receipts and logs use it. */
  readonly name: string;
  /** Sending the same item twice does no harm, so uncertain ones may be sent again. */
  readonly repeatSafe: boolean;
  /** Older windows are lost at this vendor, ms. */
  readonly maxAgeMs?: number | undefined;
  readonly limits: Limits;
  /**
   * The records for `report`; none: this sink wants nothing of it, which counts as delivered and asks nobody. Pure: no
   * clock, no I/O, no randomness.
   */
  encode(report: Report): readonly Item[];
  /** The records of a value that was looked at. Pure, like `encode`. Absent: it takes none. */
  encodeGauge?(gauge: Gauge): readonly Item[];
  /**
   * The records that bring this sink from the totals it was told last to higher ones. Pure, like `encode`. Absent: it
   * cannot be corrected.
   */
  encodeCorrection?(told: Pick<Report, 'totals' | 'gaps'>, report: Report): readonly Item[];
  /** Why it cannot be corrected as it is set up, and what to do. */
  readonly uncorrectable?: string | undefined;
  /** One request; the outcomes have the length and order of the items. Never rejects for what a vendor does. */
  send(items: readonly Item[], scope: Scope): Promise<readonly Outcome[]>;
}
