import type { KeptMessage } from '../../../ports/alerting/outbox.ts';

const MINUTE = 60_000;
/**
 * When others repeat what may have been taken, ms after it was posted: of an owner that may come back, and of one that
 * is gone.
 */
const OTHERS_MS = 60 * MINUTE;
const GONE_MS = 15 * MINUTE;
/** Of something critical, by anybody. */
const CRITICAL_MS = 2 * MINUTE;

/** Whoever holds the channel, and what it knows of the others. */
export interface Repeater {
  readonly owner: string;
  readonly repeatSafe: boolean;
  isGone(owner: string): boolean;
}

/** Whether anybody may have got it. */
export function isUnknown({ isPosting, fate }: KeptMessage): boolean {
  return isPosting || fate === 'uncertain';
}

/**
 * From when on it is posted once more, epoch ms; Infinity: never, it was already. Where the vendor knows repeats, at
 * once; else by its owner at once, which holds the channel again, and by others when the owner does not come.
 */
export function repeatAt(kept: KeptMessage, { owner, repeatSafe, isGone }: Repeater): number {
  if (repeatSafe) return 0;
  if (kept.message.mayRepeat) return Infinity;
  if (kept.owner === null || kept.owner === owner) return 0;
  const isCritical = kept.message.alerts.some(({ severity }) => severity === 'critical');
  const others = isGone(kept.owner) ? GONE_MS : OTHERS_MS;
  return (kept.postedAt ?? kept.createdAt) + (isCritical ? CRITICAL_MS : others);
}
