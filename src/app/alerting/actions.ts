import type { InForce } from '../../config/reload/in-force.ts';
import type { JsonObject } from '../../core/model/item.ts';
import type { Outbox } from '../../core/ports/alerting/outbox.ts';
import { deployBody, deployBy } from '../../core/telling/deploys/deploy-by.ts';
import { muteBody } from '../../core/telling/mutes/mute-body.ts';
import { muteBy, unmuteBy } from '../../core/telling/mutes/mute-by.ts';
import type { AppOptions } from '../../server/api/routes.ts';
import type { World } from '../world.ts';
import { muteDeps } from './mute-deps.ts';

type Doing = Pick<World, 'uuid' | 'server'> & { inForce(): InForce };

/** What posts change in the ledger. */
export function actionsOn(outbox: Outbox, { uuid, server, inForce }: Doing): NonNullable<AppOptions['actions']> {
  const deps = async () => muteDeps({ outbox, inForce: inForce(), by: 'post', now: await outbox.now(), uuid, server });
  return {
    mute: async (words) => muteBody(await muteBy(words, await deps())),
    deploys: async (words) =>
      deployBody(await deployBy(words, { outbox, filters: inForce().filters, now: await outbox.now() })),
    unmute: async (words): Promise<JsonObject> => ({ ended: (await unmuteBy(words, await deps())).map(muteBody) }),
  };
}
