import { DAY_MS } from '../../core/model/window.ts';
import type { Kept, Ledger, Sharing } from '../../core/ports/ledger.ts';
import type { Reach } from './alerts/past.ts';

/** Nobody else works on the same filters. */
const ALONE: Sharing = { leaseMs: Infinity, parts: 1, lingers: false, onError: 'send' };

/** How far back a process remembers what rules need, and messages. */
export const A_DAY: Reach = { windowsMs: DAY_MS, daysMs: 0, messagesMs: 2 * DAY_MS };

/** What a ledger that no other server shares has no say in. */
export const UNSHARED: Pick<Ledger, 'sharing' | 'servesBlind' | 'health' | 'open' | 'close'> = {
  sharing: ALONE,
  servesBlind: () => true,
  health: async () => 'ready',
  open: async () => undefined,
  close: async () => undefined,
};

/** Whatever is kept may be sent. */
export function allOf(kept: readonly Kept[]): readonly (readonly boolean[])[] {
  return kept.map(({ parcels }) => parcels.map(() => true));
}
