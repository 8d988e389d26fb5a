import { isTelling, isWhole } from '../delivery/receipt.ts';
import { tellingReceiptsOf } from '../delivery/told-apart.ts';
import type { Receipt } from '../model/receipt.ts';
import type { ReportResult } from '../model/results.ts';
import type { RunEnd, Verdict } from '../model/verdict.ts';

export function countIncomplete(reports: readonly ReportResult[]): number {
  return reports.filter(({ report }) => report !== null && !report.complete).length;
}

/** It was read, and each of its sinks took all of it; one that another server has in hand is no trouble. */
export function isWhollyDelivered({ fault, sinks }: ReportResult): boolean {
  return fault === undefined && Object.values(sinks).every(isGood);
}

export function judge(results: readonly ReportResult[], end: RunEnd | null): Verdict {
  const receipts = results.flatMap(tellingReceiptsOf);
  const sent = sentOf(results, receipts);
  if (results.every(isWhollyDelivered)) {
    const inHand = receipts.some((receipt) => receipt.status === 'in hand elsewhere');
    return inHand
      ? { http: 202, status: 'in hand', sent, outcome: 'ok' }
      : { http: 200, status: 'ok', sent, outcome: 'ok' };
  }
  const some = results.some((result) => result.fault === undefined && isSomeGood(result));
  const status = some ? 'partial' : 'failed';
  return { http: badStatus(results, sent, end), status, sent, outcome: status };
}

function badStatus(results: readonly ReportResult[], sent: Verdict['sent'], end: RunEnd | null): Verdict['http'] {
  if (end === 'deadline') return 504;
  const nothingRead = results.every((result) => result.fault !== undefined || isWaiting(result));
  return nothingRead || (end !== null && sent === 'none') ? 503 : 502;
}

/** Every sink waits for the ledger: another server may reach it. */
function isWaiting({ sinks }: ReportResult): boolean {
  const receipts = Object.values(sinks);
  return receipts.length > 0 && receipts.every((receipt) => 'reason' in receipt && receipt.reason === 'ledger');
}

function isGood(receipt: Receipt): boolean {
  return 'accepted' in receipt ? isWhole(receipt) : true;
}

function isSomeGood(result: ReportResult): boolean {
  const receipts = Object.values(result.sinks).filter(isTelling);
  return (
    receipts.length === 0 ||
    receipts.some((receipt) => isGood(receipt) || ('accepted' in receipt && receipt.accepted > 0))
  );
}

function sentOf(results: readonly ReportResult[], receipts: readonly Receipt[]): Verdict['sent'] {
  const counted = receipts.flatMap((receipt) => ('accepted' in receipt ? [receipt] : []));
  if (counted.some((receipt) => receipt.accepted > 0)) {
    const all =
      results.every((result) => result.fault === undefined) &&
      counted.length === receipts.length &&
      counted.every(isWhole);
    return all ? 'all' : 'some';
  }
  return counted.some((receipt) => receipt.uncertain > 0) ? 'unknown' : 'none';
}
