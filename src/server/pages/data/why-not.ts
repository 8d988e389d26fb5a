import { faultOf } from '../../../core/model/errors.ts';
import type { Clock } from '../../../core/ports/clock.ts';
import { isDoneWithin } from '../../../platform/done-within.ts';

/** A ledger that does not answer within this is done without, ms. */
const LEDGER_MS = 5_000;

/** Why the ledger's answer is not there in time; null: it is. */
export async function whyNot(work: Promise<unknown>, clock: Clock): Promise<string | null> {
  const fault = work.then(
    () => null,
    (error: unknown) => faultOf(error).message,
  );
  return (await isDoneWithin(LEDGER_MS, fault, clock)) ? fault : `no answer within ${LEDGER_MS / 1000} s`;
}

/** Most reasons speak of the ledger themselves. */
export function unread(why: string): string {
  return why.startsWith('the ledger ') ? `T${why.slice(1)}.` : `The ledger cannot be read: ${why}.`;
}
