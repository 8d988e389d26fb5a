import { DAY_MS, HOUR_MS } from '../../../../core/model/window.ts';

/** Says that users over a span are not, or not all, known. `why`: a sentence. No secrets. */
export function uncountedWarning(spanMs: number, why: string): string {
  return `users in ${spanText(spanMs)} are not all counted, and rules take the largest window there: ${why}`;
}

/** As rules write it: `15m`, `36h`, `7d`. */
function spanText(spanMs: number): string {
  if (spanMs > DAY_MS && spanMs % DAY_MS === 0) return `${spanMs / DAY_MS}d`;
  return spanMs % HOUR_MS === 0 ? `${spanMs / HOUR_MS}h` : `${spanMs / 60_000}m`;
}
