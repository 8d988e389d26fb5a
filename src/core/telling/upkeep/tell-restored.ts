import { isoOf } from '../../model/window.ts';
import type { Restores } from '../../ports/backup/restores.ts';
import type { Admin } from '../own/admin.ts';
import type { Chore } from './chore.ts';

/** Tells the admin once that the ledger was restored, and what of it waits for a person. */
export function tellRestored({
  restores,
  admin,
}: {
  readonly restores: Pick<Restores, 'mark' | 'held' | 'noteTold'>;
  readonly admin: Pick<Admin, 'channel' | 'tell'>;
}): Chore {
  let isOver = admin.channel === undefined;
  return {
    name: 'restored',
    async work() {
      if (isOver) return;
      const mark = await restores.mark();
      if (mark !== null && !mark.isTold) {
        const { messages, tellings } = await restores.held();
        const line =
          `The ledger was restored at ${isoOf(mark.at)} from ${mark.copy}. ` +
          `${messages} messages and ${tellings} pieces of news that it was about to tell are held, ` +
          'because nobody knows whether they were told.';
        const how = 'sentry-monitor restore --send-pending sends them, --drop-pending drops them.';
        if (!(await admin.tell('restored', line, [how]))) return;
        await restores.noteTold();
      }
      isOver = true;
    },
  };
}
