import { isSinkDown, tellingReceipts } from '../delivery/receipt.ts';
import type { Missing } from '../model/aftermath.ts';
import type { Fault } from '../model/fault.ts';
import type { Filter } from '../model/filter.ts';
import type { ReportResult } from '../model/results.ts';
import { sourceNameOf } from '../run/sources/down-sources.ts';

/** Windows in a row that nothing came of: the sink, source or filter is left alone for the rest of the run. */
const IN_A_ROW = 3;

/** What is known before the first window. */
export interface KnownTrouble {
  /** Names of sinks that just now take nothing. */
  readonly downSinks: ReadonlySet<string>;
  /** Names of sources (`sourceNameOf`) of which nothing can be read just now. */
  readonly downSources: ReadonlySet<string>;
  /** Names of filters that cannot be read, however often it is tried. */
  readonly lostFilters: ReadonlySet<string>;
}

export const NO_TROUBLE: KnownTrouble = { downSinks: new Set(), downSources: new Set(), lostFilters: new Set() };

/** Who fails, so that the trouble of one sink or source does not cost the others their time. */
export interface Trouble {
  passes(it: Missing): boolean;
  note(reports: readonly ReportResult[]): void;
}

/** `all`: the filters whose windows are filled. */
export function watchTrouble(
  { downSinks, downSources, lostFilters }: KnownTrouble,
  all: readonly Pick<Filter, 'name' | 'source'>[],
): Trouble {
  const sourceOf = new Map(all.map((filter) => [filter.name, sourceNameOf(filter)]));
  const sinks = countInARow(downSinks);
  const filters = countInARow(lostFilters);
  const sources = countInARow(downSources);
  return {
    passes: ({ sink, filter, kept }) =>
      !sinks.isOver(sink) && (kept || !(sources.isOver(sourceOf.get(filter)!) || filters.isOver(filter))),
    note(reports) {
      for (const { filter, fault } of reports) filters.note(filter.name, isFinal(fault));
      // NOTE: a filter that can never be read says nothing of the source: the others' windows would wait for it.
      for (const [source, own] of Map.groupBy(reports, ({ filter }) => sourceNameOf(filter)))
        if (!own.every(({ fault }) => isFinal(fault)))
          sources.note(
            source,
            own.every(({ fault }) => fault !== undefined),
          );
      for (const name of new Set(reports.flatMap((report) => Object.keys(report.sinks))))
        if (tellingReceipts(name, reports).length > 0) sinks.note(name, isSinkDown(name, reports));
    },
  };
}

function isFinal(fault: Fault | undefined): boolean {
  return fault !== undefined && !fault.retryable;
}

interface InARow {
  isOver(name: string): boolean;
  note(name: string, isBad: boolean): void;
}

/** `over`: names that are over the limit from the beginning. */
function countInARow(over: Iterable<string>): InARow {
  const counts = new Map([...over].map((name) => [name, IN_A_ROW]));
  return {
    isOver: (name) => (counts.get(name) ?? 0) >= IN_A_ROW,
    note: (name, isBad) => void counts.set(name, isBad ? (counts.get(name) ?? 0) + 1 : 0),
  };
}
