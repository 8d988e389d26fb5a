import type { Filter } from '../model/filter.ts';
import type { Item, JsonObject } from '../model/item.ts';
import type { Report } from '../model/report.ts';

/** What a sink gets in a day. */
export interface SentADay {
  /** Those that are sent to it. */
  readonly filters: readonly Filter[];
  readonly records: number;
  /** Of the records as JSON, UTF-8. */
  readonly bytes: number;
}

/** What a day comes to at the vendor. */
export interface StoredADay {
  /** For machines. */
  readonly figures: JsonObject;
  /** For people, on one line. */
  readonly text: string;
  /** The same for the top of a generated text. */
  readonly note: string;
  /** What does not fit, each with what to do. */
  readonly warnings: readonly string[];
}

/** What a sink's records cost, whatever its settings: nothing is sent. Pure: the same arguments give the same cost. */
export interface SinkCost {
  /** The vendor's name for people. */
  readonly title: string;
  /**
   * Names in the plan for machines: of the vendor, and of a filter's bytes in a run where the vendor is paid by them.
   */
  readonly keys: { readonly vendor: string; readonly bytes?: string };
  /** The records of a report, as with the settings that most have. */
  encode(report: Report): readonly Item[];
  ofDay(sent: SentADay): StoredADay;
}
