import type { ForChannel, ReminderStore } from '../../../core/ports/reminders/reminder-store.ts';
import { newMessage } from '../../alerts/new-message.ts';
import type { Database } from '../../database/database.ts';
import type { Engine } from '../../database/engine.ts';
import { putMessages } from '../outbox/messages.ts';

/** Up to when reminders were told, in a table, one row each. */
export function sqlReminders(database: Database): ReminderStore {
  return {
    async all() {
      const { db } = await database.ready();
      const rows = await db.selectFrom('sentry_monitor_reminders').selectAll().orderBy('reminder').execute();
      return rows.map((row) => ({ name: row.reminder, loadedAt: row.loaded_at, toldTo: row.told_to }));
    },
    async put(reminders) {
      if (reminders.length === 0) return;
      const { db } = await database.ready();
      await db
        .insertInto('sentry_monitor_reminders')
        .values(
          reminders.map(({ name, loadedAt, toldTo }) => ({ reminder: name, loaded_at: loadedAt, told_to: toldTo })),
        )
        .onConflict((conflict) =>
          conflict
            .column('reminder')
            .doUpdateSet(({ ref }) => ({ loaded_at: ref('excluded.loaded_at') }))
            .whereRef('excluded.loaded_at', '>', 'sentry_monitor_reminders.loaded_at'),
        )
        .execute();
    },
    async forget(names) {
      if (names.length === 0) return;
      const { db } = await database.ready();
      await db.deleteFrom('sentry_monitor_reminders').where('reminder', 'in', names).execute();
    },
    told: async (name, at, messages, now) => tell(await database.ready(), { name, at, messages, now }),
  };
}

interface Telling {
  readonly name: string;
  readonly at: number;
  readonly messages: readonly ForChannel[];
  readonly now: number;
}

/** NOTE: the row is changed before messages are put, and so locked: of two servers one sees that it was told. */
function tell(engine: Engine, { name, at, messages, now }: Telling): Promise<boolean> {
  return engine.db.transaction().execute(async (db) => {
    const rows = await db
      .updateTable('sentry_monitor_reminders')
      .set({ told_to: at })
      .where('reminder', '=', name)
      .where('told_to', '<', at)
      .returning('reminder')
      .execute();
    if (rows.length === 0) return false;
    const all = messages.map(({ channel, message }) => newMessage(channel, message, now));
    await putMessages({ ...engine, db }, all, false);
    return true;
  });
}
