import type { Formed, KeptMessage, Outbox } from '../../../ports/alerting/outbox.ts';
import type { RelayParts } from './relay-parts.ts';

/** So long a channel is ours, ms; longer than the slowest post by as much again. */
const LEASE_MS = 90_000;
/** It is renewed before a post when less than this is left, ms. */
const LEAST_MS = 60_000;

/** What may be done to a channel while it is ours. False: it is no longer, and nothing was done. */
export interface Held {
  form(formed: Formed): Promise<boolean>;
  note(message: KeptMessage): Promise<boolean>;
  /** Before a post. */
  renew(): Promise<boolean>;
}

/** Works on a channel that nobody else works on meanwhile; null: another server has it. */
export async function underLease<T>(
  name: string,
  { outbox, now }: { readonly outbox: Outbox } & Pick<RelayParts, 'now'>,
  work: (held: Held) => Promise<T>,
): Promise<T | null> {
  let asked = now();
  const token = await outbox.lease(name, LEASE_MS);
  if (token === null) return null;
  const held: Held = {
    form: (formed) => outbox.form(name, token, formed),
    note: (message) => outbox.note(name, token, message),
    async renew() {
      if (asked + LEASE_MS - now() >= LEAST_MS) return true;
      const at = now();
      const isOurs = await outbox.renew(name, token, LEASE_MS);
      if (isOurs) asked = at;
      return isOurs;
    },
  };
  try {
    return await work(held);
  } finally {
    await outbox.release(name, token);
  }
}
