import type { Fault } from '../model/fault.ts';
import type { Receipt } from '../model/receipt.ts';
import type { ReportResult } from '../model/results.ts';
import { ALERTS } from '../ports/alerting/decider.ts';

/** What became of a report at its sinks, and apart from them of its rules. */
export function toldApart(receipts: readonly (readonly [string, Receipt])[]): Pick<ReportResult, 'sinks' | 'deciding'> {
  const deciding = receipts.find(([name]) => name === ALERTS)?.[1];
  const sinks = Object.fromEntries(receipts.filter(([name]) => name !== ALERTS));
  return deciding === undefined ? { sinks } : { sinks, deciding };
}

/** By the names of claims: those of its sinks, and its rules'. */
export function receiptsOf({
  sinks,
  deciding,
}: Pick<ReportResult, 'sinks' | 'deciding'>): Readonly<Record<string, Receipt>> {
  return deciding === undefined ? sinks : { ...sinks, [ALERTS]: deciding };
}

/** A filter that goes to no sink is in hand where its rules are; else they have no say in what a run came to. */
export function tellingReceiptsOf(result: Pick<ReportResult, 'sinks' | 'deciding'>): readonly Receipt[] {
  const sinks = Object.values(result.sinks);
  const { deciding } = result;
  return sinks.length === 0 && deciding?.status === 'in hand elsewhere' ? [deciding] : sinks;
}

/** It has nothing but rules, and nobody read it for them: they wait for the ledger. */
export function waitsAlone({ report, sinks, deciding }: ReportResult): Fault | undefined {
  const isRead = report !== null || Object.keys(sinks).length > 0;
  if (isRead || deciding === undefined || !('reason' in deciding) || deciding.reason !== 'ledger') return undefined;
  return { message: deciding.error ?? 'the ledger cannot be reached', retryable: true };
}
