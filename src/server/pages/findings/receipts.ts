import { isWhole } from '../../../core/delivery/receipt.ts';
import type { Delivered } from '../../../core/model/receipt.ts';
import type { ReceiptSeen } from '../../../core/ports/read-model.ts';
import { anchorOfReceipt } from '../../reasons/anchor-of.ts';
import type { Anchor } from '../../reasons/see.ts';
import type { FilterData } from '../data/model.ts';
import { count, plural } from '../format.ts';
import { type Health, worstOf } from './health.ts';

/** A receipt in a few words. */
export interface ReceiptSummary {
  readonly health: Health;
  readonly text: string;
  /** The vendor's words, or ours; '' when there are none. */
  readonly error: string;
  /** The row that explains it; null: nothing is wrong, or not yet. */
  readonly see: Anchor | null;
}

export function summarizeReceipt(seen: ReceiptSeen): ReceiptSummary {
  return { ...troubleOf(seen), text: textOf(seen) };
}

/** The same without the words, for who only adds up. */
function troubleOf(seen: ReceiptSeen): Omit<ReceiptSummary, 'text'> {
  const { receipt } = seen;
  const health = healthOfReceipt(seen);
  if (seen.state === 'skipped' || receipt === null) return { health, error: '', see: null };
  return { health, error: receipt.error ?? receipt.refused[0]?.why ?? '', see: anchorOfReceipt(receipt) };
}

/** The health alone, for who does not need the words. */
export function healthOfReceipt({ state, receipt }: ReceiptSeen): Health {
  if (state === 'skipped' || state === 'in hand') return 'idle';
  if (receipt === null) return 'bad';
  if (isWhole(receipt)) return 'good';
  return receipt.accepted > 0 && state === 'done' ? 'warn' : 'bad';
}

function textOf({ state, receipt }: ReceiptSeen): string {
  if (state === 'skipped') return 'not sent (debug)';
  if (receipt === null) return state === 'in hand' ? 'in hand' : 'not sent yet';
  if (state === 'in hand') return 'in hand again';
  return `${partsOf(receipt)}${state === 'unledgered' ? ', not in the ledger yet' : ''}`;
}

function partsOf({ accepted, refused, uncertain, failed }: Delivered): string {
  const parts = [
    [accepted, 'accepted'],
    [refused.length, 'refused'],
    [uncertain, 'uncertain'],
    [failed, 'failed'],
  ] as const;
  const named = parts.filter(([value]) => value > 0).map(([value, word]) => `${count(value)} ${word}`);
  return named.length === 0 ? 'nothing to send' : named.join(', ');
}

/** All receipts of a sink for some reports. */
export interface SinkSummary {
  readonly name: string;
  readonly health: Health;
  readonly text: string;
  readonly reports: number;
  readonly whole: number;
  readonly accepted: number;
  readonly refused: number;
  readonly uncertain: number;
  readonly failed: number;
  /** Each error with how many reports have it, most first. */
  readonly errors: readonly (readonly [string, number])[];
  /** The rows that explain them. */
  readonly see: readonly Anchor[];
}

export function summarizeSink(name: string, reports: readonly Pick<FilterData, 'receipts'>[]): SinkSummary {
  const receipts = reports.flatMap((report) => report.receipts.filter(({ key }) => key.sink === name));
  const summaries = receipts.map(troubleOf);
  const sum = (read: (receipt: Delivered) => number): number =>
    receipts.reduce((all, { receipt }) => all + (receipt === null ? 0 : read(receipt)), 0);
  const whole = summaries.filter(({ health }) => health === 'good').length;
  return {
    name,
    health: worstOf(summaries.map(({ health }) => health)),
    text: `${whole} of ${plural(receipts.length, 'report')} whole`,
    reports: receipts.length,
    whole,
    accepted: sum((it) => it.accepted),
    refused: sum((it) => it.refused.length),
    uncertain: sum((it) => it.uncertain),
    failed: sum((it) => it.failed),
    see: [...new Set(summaries.flatMap(({ see }) => see ?? []))],
    errors: timesOf(summaries.map(({ error }) => error).filter((error) => error !== '')),
  };
}

function timesOf(errors: readonly string[]): readonly (readonly [string, number])[] {
  const times = new Map<string, number>();
  for (const error of errors) times.set(error, (times.get(error) ?? 0) + 1);
  return [...times].sort(([, a], [, b]) => b - a);
}
