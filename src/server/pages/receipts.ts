import { isWhole } from '../../core/delivery/receipt.ts';
import type { Delivered } from '../../core/model/receipt.ts';
import type { ReceiptSeen } from '../../core/ports/read-model.ts';
import { count, plural } from './format.ts';

export type Mood = 'good' | 'warn' | 'bad' | 'idle';

/** A receipt in a few words. */
export interface Said {
  readonly mood: Mood;
  readonly text: string;
  /** The vendor's words, or ours; '' when there are none. */
  readonly error: string;
}

export function sayReceipt({ state, receipt }: ReceiptSeen): Said {
  if (state === 'skipped') return { mood: 'idle', text: 'not sent (debug)', error: '' };
  if (receipt === null)
    return state === 'in hand'
      ? { mood: 'idle', text: 'in hand', error: '' }
      : { mood: 'bad', text: 'not sent yet', error: '' };
  const error = receipt.error ?? receipt.refused[0]?.why ?? '';
  if (state === 'in hand') return { mood: 'idle', text: 'in hand again', error };
  const mood = moodOf(receipt, state === 'done');
  return { mood, text: `${partsOf(receipt)}${state === 'unledgered' ? ', not in the ledger yet' : ''}`, error };
}

function moodOf(receipt: Delivered, isDone: boolean): Mood {
  if (isWhole(receipt)) return 'good';
  return receipt.accepted > 0 && isDone ? 'warn' : 'bad';
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

/** All receipts of a sink for one window. */
export interface SinkSaid extends Said {
  readonly name: string;
  readonly reports: number;
  readonly whole: number;
  readonly accepted: number;
  readonly refused: number;
  readonly uncertain: number;
  readonly failed: number;
  /** Each error with how many reports have it, most first. */
  readonly errors: readonly (readonly [string, number])[];
}

export function saySink(name: string, receipts: readonly ReceiptSeen[]): SinkSaid {
  const said = receipts.map((receipt) => ({ receipt: receipt.receipt, ...sayReceipt(receipt) }));
  const sum = (read: (receipt: Delivered) => number): number =>
    said.reduce((all, { receipt }) => all + (receipt === null ? 0 : read(receipt)), 0);
  const errors = new Map<string, number>();
  for (const { error } of said) if (error !== '') errors.set(error, (errors.get(error) ?? 0) + 1);
  const moods = said.map(({ mood }) => mood);
  const whole = moods.filter((mood) => mood === 'good').length;
  return {
    name,
    reports: receipts.length,
    whole,
    accepted: sum((it) => it.accepted),
    refused: sum((it) => it.refused.length),
    uncertain: sum((it) => it.uncertain),
    failed: sum((it) => it.failed),
    errors: [...errors].sort(([, a], [, b]) => b - a),
    mood: worst(moods),
    text: `${whole} of ${plural(receipts.length, 'report')} whole`,
    error: '',
  };
}

function worst(moods: readonly Mood[]): Mood {
  return (['bad', 'warn', 'good'] as const).find((mood) => moods.includes(mood)) ?? 'idle';
}
