import { isTelling, isWhole } from '../../delivery/receipt.ts';
import type { Filter } from '../../model/filter.ts';
import type { ReportResult, RunResult } from '../../model/results.ts';
import type { RunListener } from '../../ports/run-listener.ts';
import type { Log } from '../../ports/scope.ts';

/** So many plain runs in a row are no passing trouble. */
const STREAK = 3;

/** Which vendors have failed in every one of the last plain runs. */
export interface VendorStreaks {
  readonly listener: RunListener;
  /** Names of sources and sinks that failed in the last three plain runs, or more. */
  failing(): readonly string[];
}

export interface VendorStreaksDeps {
  readonly sources: readonly string[];
  /** Name of the source that reads a filter. */
  sourceOf(filter: Filter): string;
  readonly sinks: readonly string[];
  readonly log: Log;
}

/**
 * A source fails when none of its filters in a run can be read, a sink when it takes no report whole. Who was not asked
 * keeps the count that it had.
 */
export function countStreaks({ sources, sourceOf, sinks, log }: VendorStreaksDeps): VendorStreaks {
  const streaks = new Map<string, number>();
  const note = (vendor: string, works: boolean | null): void => {
    if (works === null) return;
    const before = streaks.get(vendor) ?? 0;
    streaks.set(vendor, works ? 0 : before + 1);
    if (works && before >= STREAK) log.info({ vendor, runs: before }, 'works again');
    if (!works && before + 1 === STREAK) log.error({ vendor, runs: STREAK }, 'fails run after run');
  };
  return {
    failing: () => [...streaks].filter(([, runs]) => runs >= STREAK).map(([vendor]) => vendor),
    listener: {
      name: 'vendor streaks',
      ended: async ({ kind }, over) => {
        if (kind !== 'plain' || over === null || isCut(over.result)) return;
        const { reports } = over.result;
        for (const source of sources)
          note(source, isAnyRead(reports.filter(({ filter }) => sourceOf(filter) === source)));
        for (const sink of sinks) note(sink, takesSome(sink, reports));
      },
    },
  };
}

/** By this server itself: that says nothing of a vendor. */
export function isCut({ end }: RunResult): boolean {
  return end === 'shutdown' || end === 'clock';
}

export function isAnyRead(reports: readonly ReportResult[]): boolean | null {
  return reports.length === 0 ? null : reports.some(({ fault }) => fault === undefined);
}

/** Null: it was not asked. What waits for the ledger was not, nor what was answered before. */
export function takesSome(sink: string, reports: readonly ReportResult[]): boolean | null {
  const receipts = reports.flatMap(({ sinks }) => {
    const receipt = sinks[sink];
    if (receipt === undefined || !('accepted' in receipt) || receipt.status === 'sent before') return [];
    return receipt.reason === 'ledger' || !isTelling(receipt) ? [] : [receipt];
  });
  return receipts.length === 0 ? null : receipts.some(isWhole);
}
