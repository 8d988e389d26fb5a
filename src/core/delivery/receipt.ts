import type { Item, Outcome } from '../model/item.ts';
import type { Delivered, Receipt } from '../model/receipt.ts';
import type { ReportResult } from '../model/results.ts';
import type { Hold, Settlement } from '../ports/claims.ts';

/**
 * Whether a receipt says anything of its sink. One that wants only some reports has nothing to take of the others, and
 * that is no sign that it works.
 */
export function isTelling(receipt: Receipt): boolean {
  if (!('accepted' in receipt)) return true;
  const { accepted, refused, uncertain, failed, error } = receipt;
  return accepted + refused.length + uncertain + failed > 0 || error !== undefined;
}

/** What a sink said of these reports. */
export function tellingReceipts(name: string, reports: readonly ReportResult[]): readonly Receipt[] {
  return reports.flatMap(({ sinks }) => sinks[name] ?? []).filter(isTelling);
}

/** It was asked, and took nothing. */
export function isSinkDown(name: string, reports: readonly ReportResult[]): boolean {
  const receipts = tellingReceipts(name, reports);
  return (
    receipts.length > 0 &&
    receipts.every((receipt) => 'accepted' in receipt && receipt.accepted === 0 && !isWhole(receipt))
  );
}

/** What a claim's receipt says before anything was sent. */
export const NOTHING = { accepted: 0, refused: [], uncertain: 0, failed: 0, refs: [] } as const;

/** One for all: a day of a busy server has tens of thousands of receipts, nearly all without any. */
function orNone<T>(list: readonly T[]): readonly T[] {
  return list.length === 0 ? NOTHING.refs : list;
}

/** Why a sink gets nothing while there is no shared ledger. */
const NO_LEDGER = 'not sent: the ledger cannot be';
export const WAITING = `${NO_LEDGER} reached (LEDGER_ON_ERROR)`;

/** `trouble`: a sentence about the ledger. */
export function waitingSince(trouble: string): string {
  return `not sent: ${trouble} (LEDGER_ON_ERROR)`;
}

export function waitingFor(refusal: string): string {
  return `${NO_LEDGER} used: ${refusal}`;
}

/** Outcomes of one report's items at one sink, as counts. */
export function tally(items: readonly Item[], outcomes: readonly Outcome[]): Delivered {
  const refs = new Set<string>();
  const refused = outcomes.flatMap((outcome, index) =>
    outcome.status === 'refused' ? [{ key: items[index]?.key ?? '', why: outcome.why }] : [],
  );
  const errors = outcomes.flatMap((outcome) =>
    outcome.status === 'failed' || outcome.status === 'uncertain' ? [outcome.fault.message] : [],
  );
  for (const outcome of outcomes) {
    if (outcome.status === 'accepted' && outcome.ref !== undefined) refs.add(outcome.ref);
  }
  return {
    accepted: count(outcomes, 'accepted'),
    refused: orNone(refused),
    uncertain: count(outcomes, 'uncertain'),
    failed: count(outcomes, 'failed'),
    refs: orNone([...refs]),
    error: errors[0],
  };
}

function count(outcomes: readonly Outcome[], status: Outcome['status']): number {
  return outcomes.filter((outcome) => outcome.status === status).length;
}

/** `failed` when some items can be sent again (it is not `done`), or when nothing at all was accepted. */
export function receiptOf(delivered: Delivered, done: boolean): Receipt {
  const nothing = delivered.accepted === 0 && delivered.refused.length + delivered.uncertain > 0;
  return { status: !done || nothing ? 'failed' : 'sent', ...delivered };
}

/** Whether everything reached the sink. */
export function isWhole(delivered: Delivered): boolean {
  return (
    delivered.failed === 0 &&
    delivered.uncertain === 0 &&
    delivered.refused.length === 0 &&
    delivered.error === undefined
  );
}

/** What a sink says of what it did not take, for people, after its name; null: nothing is wrong. */
export function troubleIn(name: string, receipt: Receipt): string | null {
  if (!('accepted' in receipt) || isWhole(receipt)) return null;
  const why = receipt.error ?? receipt.refused[0]?.why ?? 'not wholly delivered';
  return why.startsWith(`${name}:`) ? why : `${name}: ${why}`;
}

/**
 * What to remember of a delivery. Failed items may be sent again; uncertain ones only to a sink where a
 * repeat does no harm.
 */
export function settlementOf(
  { key, token }: Hold,
  items: readonly Item[],
  outcomes: readonly Outcome[],
  repeatSafe: boolean,
): Settlement {
  const isOpen = (outcome: Outcome): boolean =>
    outcome.status === 'failed' || (outcome.status === 'uncertain' && repeatSafe);
  const pairs = items.map((item, index): [string, Outcome] => [item.key, outcomes[index]!]);
  return {
    key,
    token,
    receipt: tally(items, outcomes),
    done: !outcomes.some(isOpen),
    delivered: new Map(pairs.filter(([, outcome]) => !isOpen(outcome))),
  };
}
