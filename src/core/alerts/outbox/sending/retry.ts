import type { SendOutcome } from '../../../ports/alerting/channel.ts';

const MINUTE = 60_000;
/** After so long nobody is waiting for it any more, ms. */
export const GIVEN_UP_MS = 24 * 60 * MINUTE;
/** So often the vendor's word on when is taken as it is; later no sooner than ours. */
const TRUSTED = 5;

/** For how long the vendor wants nothing at all, ms; undefined: it did not say. */
export function askedMs({ afterMs }: Extract<SendOutcome, { status: 'retry' }>): number | undefined {
  return afterMs === undefined ? undefined : Math.min(GIVEN_UP_MS, afterMs);
}

/** How long to wait after so many tries: 1, 2, 4 … 60 minutes, or as the vendor asks; ms. */
export function waitAfter(tries: number, outcome: Extract<SendOutcome, { status: 'retry' }>): number {
  const usual = Math.min(60, 2 ** Math.min(tries - 1, 6)) * MINUTE;
  const asked = askedMs(outcome);
  if (asked === undefined) return usual;
  return tries < TRUSTED ? asked : Math.max(asked, usual);
}
