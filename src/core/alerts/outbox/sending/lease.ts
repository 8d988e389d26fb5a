import { faultOf } from '../../../model/errors.ts';
import type { Formed, KeptMessage } from '../../../ports/alerting/outbox.ts';
import type { Scope } from '../../../ports/scope.ts';
import type { RelayParts } from './relay-parts.ts';

/** What may be done to a channel while it is ours. False: it is no longer, and nothing was done. */
export interface Held {
  form(formed: Formed): Promise<boolean>;
  note(message: KeptMessage): Promise<boolean>;
  /** Before a post. */
  renew(): Promise<boolean>;
}

type Leasing = Pick<RelayParts, 'outbox' | 'leaseMs' | 'now' | 'sleep'>;

/**
 * Works on a channel that nobody else works on meanwhile, however long a post takes; null: another server has it. Of a
 * server that dies it is free when the lease is over.
 */
export async function underLease<T>(
  name: string,
  parts: Leasing,
  scope: Scope,
  work: (held: Held) => Promise<T>,
): Promise<T | null> {
  const { outbox, leaseMs, now } = parts;
  let asked = now();
  const token = await outbox.lease(name, leaseMs);
  if (token === null) return null;
  const renew = async (): Promise<boolean> => {
    const at = now();
    const isOurs = await outbox.renew(name, token, leaseMs);
    if (isOurs) asked = at;
    return isOurs;
  };
  const over = new AbortController();
  void keepRenewing(renew, parts, scope, over.signal);
  try {
    return await work({
      form: (formed) => outbox.form(name, token, formed),
      note: (message) => outbox.note(name, token, message),
      // Where this process slept, or was too busy to renew, a post must not begin at the end of a lease.
      renew: async () => now() - asked <= leaseMs / 2 || renew(),
    });
  } finally {
    over.abort();
    await outbox.release(name, token);
  }
}

/** A third of a lease after the other, for as long as the run may last. What fails, the next turn tries again. */
async function keepRenewing(
  renew: () => Promise<boolean>,
  { leaseMs, sleep }: Leasing,
  { signal, log }: Scope,
  over: AbortSignal,
): Promise<void> {
  if (leaseMs === Infinity) return;
  const turn = (): Promise<boolean> =>
    sleep(leaseMs / 3, AbortSignal.any([signal, over])).then(
      () => true,
      () => false,
    );
  while (await turn())
    await renew().catch((error: unknown) => log.warn({ error: faultOf(error).message }, 'leases not renewed'));
}
