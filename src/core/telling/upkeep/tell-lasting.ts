import type { Telling } from '../../model/alerting/alert.ts';
import type { KeptTelling } from '../../ports/alerting/outbox.ts';
import type { RestoreMark, Restores } from '../../ports/backup/restores.ts';
import type { Chore } from './chore.ts';

export interface TellLastingDeps {
  readonly restores: Pick<Restores, 'begins' | 'tellInstead'>;
  /** Null: the ledger was never restored. */
  mark(): Promise<Pick<RestoreMark, 'at'> | null>;
  /** Of what is held since then, epoch ms, what is told anew because it lasts. */
  anew(held: readonly KeptTelling[], at: number): Promise<readonly Telling[]>;
}

/** Tells once what was held by a restore and lasts. */
export function tellLasting({ restores, mark, anew }: TellLastingDeps): Chore {
  return {
    name: 'what lasts after a restore',
    async work() {
      const restored = await mark();
      if (restored === null) return;
      const held = await restores.begins();
      if (held.length > 0) await restores.tellInstead(await anew(held, restored.at));
    },
  };
}
