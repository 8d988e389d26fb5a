import type { InForce } from '../../config/reload/in-force.ts';
import { LOG_CHANNEL } from '../../config/filters/parts/section.ts';
import type { Ledger } from '../../core/ports/ledger.ts';
import type { PageAlerting } from '../../server/pages/data/alerts/of-page.ts';
import { channelsInUse, type MadeChannel } from './channels-in-use.ts';
import { isWanted } from './wanted.ts';

export interface ForPagesDeps {
  readonly ledger: Pick<Ledger, 'alerts' | 'outbox'>;
  readonly channels: readonly MadeChannel[];
  readonly adminChannel: string | undefined;
  inForce(): InForce;
}

/** What pages show of alerts and messages. Undefined: this ledger keeps nothing of the kind. */
export function alertingForPages({
  ledger: { alerts, outbox },
  channels,
  adminChannel,
  inForce,
}: ForPagesDeps): PageAlerting | undefined {
  if (alerts === undefined || outbox === undefined) return undefined;
  return {
    alerts,
    outbox,
    // The log takes everything, and has nobody who would miss something.
    channels: () => [...channelsInUse(channels, inForce()).keys()].filter((name) => name !== LOG_CHANNEL),
    fileMutes: () => inForce().mutes,
    isWanted: () => isWanted(inForce(), adminChannel),
    hasActions: false,
  };
}
