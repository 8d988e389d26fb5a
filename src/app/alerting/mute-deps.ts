import type { InForce } from '../../config/reload/in-force.ts';
import { LOG_CHANNEL } from '../../config/filters/parts/section.ts';
import { groupOf } from '../../core/model/alerting/recipients.ts';
import type { Outbox } from '../../core/ports/alerting/outbox.ts';
import type { MuteDeps } from '../../core/telling/mutes/mute-by.ts';

/** `now`: by the ledger's clock, which all servers share, epoch ms. */
interface Muting extends Pick<MuteDeps, 'by' | 'now' | 'server' | 'uuid'> {
  readonly outbox: Outbox;
  readonly inForce: InForce;
}

/** What it takes to mute, and to end a mute, by what is in force now. */
export function muteDeps({ outbox, inForce, ...who }: Muting): MuteDeps {
  const { filters, watches, channels, mutes } = inForce;
  const named = [...filters, ...watches.map(({ name, rules }) => ({ name, alerts: rules }))];
  const told = [
    ...channels.map(({ name }) => name),
    ...named.flatMap(({ alerts = [] }) => alerts.flatMap(({ tell }) => tell)),
  ];
  const names = [...new Set(told)];
  return {
    outbox,
    known: { filters: named, channels: [...new Set([...names.flatMap((name) => [groupOf(name), name]), LOG_CHANNEL])] },
    told: names,
    ofFiles: mutes,
    ...who,
  };
}
