import { DAY_MS, HOUR_MS } from '../../../model/window.ts';
import type { KeptTelling } from '../../../ports/alerting/outbox.ts';
import type { Around } from './around.ts';
import type { Hold } from './hold.ts';

/** So much sooner than it is forgotten, ms: passes are minutes apart. */
const BEFORE_MS = HOUR_MS;

/** The same holds; but what has waited for as long as it is kept is given up, so that somebody hears of it. */
export function outlived(
  holds: ReadonlyMap<string, Hold>,
  tellings: readonly KeptTelling[],
  { sure, keepsMs = Infinity }: Pick<Around, 'sure' | 'keepsMs'>,
): ReadonlyMap<string, Hold> {
  const old = tellings.filter(({ decidedAt }) => sure - decidedAt >= keepsMs - BEFORE_MS).map(({ key }) => key);
  const reason = `it could not be told within ${keepsMs / DAY_MS} days`;
  const isOver = (key: string): boolean => WAITS.has(holds.get(key)?.fate ?? '');
  return new Map([...holds, ...old.filter(isOver).map((key) => [key, { fate: 'given up', reason }] as const)]);
}

const WAITS: ReadonlySet<string> = new Set(['pending', 'muted', 'quiet', 'grouped']);
