import { faultOf } from '../../../core/model/errors.ts';
import type { RelayParts } from '../../../core/alerts/outbox/relay.ts';
import type { AlertingDeps } from '../deps.ts';

/** A server that had no run for so long, while others had some, is gone, ms. */
const GONE_MS = 15 * 60_000;

/** Whether the server of an owner (`host-1 service`) had no run lately, while others had. Not knowing is no. */
export function goneBy({ ledger, now, log }: Pick<AlertingDeps, 'ledger' | 'now' | 'log'>): RelayParts['isGone'] {
  return async (owner) => {
    try {
      const runs = (await ledger.readModel?.runs(now() - GONE_MS, 1)) ?? [];
      const server = owner.slice(0, owner.lastIndexOf(' '));
      return runs.length > 0 && runs.every((run) => run.server !== server);
    } catch (error) {
      log.warn({ owner, error: faultOf(error).message }, 'not known whether a server is gone');
      return false;
    }
  };
}
