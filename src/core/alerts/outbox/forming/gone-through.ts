import type { KeptMessage, KeptTelling } from '../../../ports/alerting/outbox.ts';

/** What a message has behind it, as it is kept. */
type GoneThrough = Pick<KeptMessage, 'tries' | 'nextAt' | 'error' | 'waitsSince'>;

/**
 * What a message that is formed at `now` keeps of those whose place it takes: it is tried no sooner than they. What
 * says something new has a day of its own; that something lasts is no reason to go on with what nobody takes.
 */
export function goneThrough(
  before: readonly KeptMessage[],
  tellings: readonly KeptTelling[],
  now: number,
): GoneThrough {
  const known = new Set(before.map(({ message }) => message.id));
  const isNews = tellings.some(({ messageId, news }) => !known.has(messageId ?? '') && !LASTS.has(news));
  return {
    tries: Math.max(0, ...before.map(({ tries }) => tries)),
    nextAt: Math.max(now, ...before.map(({ nextAt }) => nextAt)),
    error: before.at(-1)?.error ?? null,
    ...(isNews || before.length === 0
      ? {}
      : { waitsSince: Math.min(...before.map(({ waitsSince, createdAt }) => waitsSince ?? createdAt)) }),
  };
}

/** News that nothing changed. */
const LASTS: ReadonlySet<KeptTelling['news']> = new Set(['repeat', 'restored']);
