import type { Receipt } from '../../../core/model/receipt.ts';
import type {
  ReadModel,
  ReceiptSeen,
  ReceiptState,
  ReportSeen,
  RunView,
  WindowCount,
} from '../../../core/ports/read-model.ts';
import { byHour } from './counts/by-hour.ts';

/** A window as this process saw it. */
export interface Seen {
  report: ReportSeen;
  /** Events, as they were counted at first. */
  readonly first: number;
  readonly sinks: Map<string, Receipt>;
}

export function eventsIn({ totals }: Pick<ReportSeen, 'totals'>): number {
  return totals.reduce((sum, { events }) => sum + events, 0);
}

/** What this process saw, as people look at it. */
export function memoryReadModel(runs: readonly RunView[], seen: ReadonlyMap<string, Seen>, server: string): ReadModel {
  const windowsOf = (filters: readonly string[], from: number, to: number): ReadonlyMap<string, WindowCount[]> => {
    const found = [...seen.values()].filter(
      ({ report: { filter, window } }) => filters.includes(filter) && window.start >= from && window.start < to,
    );
    const byFilter = Map.groupBy(found, ({ report }) => report.filter);
    return new Map([...byFilter].map(([name, all]) => [name, all.map(countOf).sort((a, b) => a.start - b.start)]));
  };
  return {
    runs: async (since, limit, until = Infinity) =>
      runs.filter(({ startedAt }) => startedAt >= since && startedAt < until).slice(0, limit),
    counts: async (filters, from, to) => ({ counts: windowsOf(filters, from, to), until: 0 }),
    hours: async (filters, from, to) => ({ hours: byHour(windowsOf(filters, from, to)), until: 0, from: null }),
    firsts: async (filters) =>
      new Map([...windowsOf(filters, -Infinity, Infinity)].map(([name, [first]]) => [name, first!.start])),
    recorded: async () => [...seen].map(([id, { report }]) => `${id} ${report.revision}`).join(' '),
    countedIn: async (filters, spans) => spans.filter(({ start, end }) => windowsOf(filters, start, end).size > 0),
    late: async (filter, { start, end }) =>
      [...seen.values()]
        .filter(({ report: { filter: of, window } }) => of === filter && window.start >= start && window.start < end)
        .map(({ report, first }) => ({ start: report.window.start, first, events: eventsIn(report) }))
        .filter(({ first, events }) => first !== events)
        .sort((a, b) => a.start - b.start),
    reports: async (ids) => ids.flatMap((id) => seen.get(id)?.report ?? []),
    receipts: async (keys) =>
      keys.flatMap((key): readonly ReceiptSeen[] => {
        const receipt = seen.get(key.reportId)?.sinks.get(key.sink);
        if (receipt === undefined || key.revision !== seen.get(key.reportId)?.report.revision) return [];
        return [{ key, server, state: stateOf(receipt), receipt: 'accepted' in receipt ? receipt : null }];
      }),
  };
}

function countOf({ report }: Seen): WindowCount {
  const { window, complete, revision } = report;
  return { start: window.start, events: eventsIn(report), complete, revision };
}

function stateOf(receipt: Receipt): ReceiptState {
  if (!('accepted' in receipt)) return receipt.status === 'skipped' ? 'skipped' : 'in hand';
  if (receipt.unledgered === true) return 'unledgered';
  return receipt.failed > 0 || (receipt.status === 'failed' && receipt.refused.length === 0) ? 'open' : 'done';
}
