import type { AlertStore } from '../../../core/ports/alerting/alert-store.ts';
import type { Outbox } from '../../../core/ports/alerting/outbox.ts';
import type { Restores } from '../../../core/ports/backup/restores.ts';
import type { Chore } from '../../../core/telling/upkeep/chore.ts';
import { tellLasting } from '../../../core/telling/upkeep/tell-lasting.ts';
import { restoredIn } from './restored.ts';

export interface LastingDeps {
  readonly restores: Pick<Restores, 'mark' | 'begins' | 'tellInstead'>;
  readonly alerts: Pick<AlertStore, 'look'>;
  readonly outbox: Pick<Outbox, 'now'>;
}

/** What lasts after a restore is told. Nothing of rules is loaded as long as nothing is held. */
export function lastingOf({ restores, alerts, outbox }: LastingDeps): Chore {
  return tellLasting({
    restores,
    mark: restoredIn(restores),
    async anew(held, at) {
      const { toldAnew } = await import('../../../core/alerts/decide/after-restore.ts');
      const filters = [...new Set(held.map(({ alert }) => alert.filter))];
      const asks = filters.map((filter) => ({ filter, at: Number.MAX_SAFE_INTEGER }));
      const states = await alerts.look((trx) => trx.statesBefore(asks));
      return toldAnew({ held, states, at, now: await outbox.now() });
    },
  });
}
