import type { KeptMessage } from '../../../ports/alerting/outbox.ts';
import type { ChannelTrouble, ChannelWork } from './relay-parts.ts';
import type { WorkedOff } from './work-off.ts';

/** What came of a channel, for people and for who sees to troubles. */
export function workText(
  channel: string,
  { done, left }: WorkedOff,
  now: number,
): Pick<ChannelWork, 'status' | 'detail' | 'left' | 'troubles'> {
  const count = (fate: KeptMessage['fate']): number => done.filter((kept) => kept.fate === fate).length;
  const later = done.filter(({ nextAt, error }) => nextAt !== Infinity && error !== null);
  const next = Math.min(...later.map(({ nextAt }) => nextAt));
  const parts = [
    ...(['sent', 'refused', 'given up', 'uncertain'] as const).map((fate) => said(count(fate), fate)),
    said(later.filter(({ fate }) => fate === 'pending').length, `to try again ${inTime(next - now)}`),
    said(left, 'left for the next run'),
  ].filter((part) => part !== '');
  const error = done.findLast((kept) => kept.error !== null)?.error ?? null;
  const detail = parts.length === 0 ? 'nothing to send' : parts.join(', ');
  return {
    status: error === null ? 'done' : 'failed',
    detail: error === null ? detail : `${detail}: ${error}`,
    left,
    troubles: done.flatMap((kept) => troubleOf(channel, kept)),
  };
}

function said(count: number, what: string): string {
  return count === 0 ? '' : `${count} ${what}`;
}

function inTime(ms: number): string {
  return ms <= 60_000 ? 'within a minute' : `in ${Math.ceil(ms / 60_000)} minutes`;
}

function troubleOf(channel: string, { fate, nextAt, message, error }: KeptMessage): readonly ChannelTrouble[] {
  if (nextAt !== Infinity || (fate !== 'refused' && fate !== 'given up' && fate !== 'uncertain')) return [];
  return [{ channel, fate, messageId: message.id, alerts: message.alerts.length, why: error ?? 'no answer' }];
}
