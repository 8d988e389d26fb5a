import type { Database } from '../../../src/storage/database/database.ts';
import { sqlOutbox } from '../../../src/storage/ledger/outbox/index.ts';
import { writeTellings } from '../../../src/storage/ledger/outbox/tellings.ts';
import { messageIn, tellingIn } from '../alerting/stage.ts';
import { claimsDeps } from '../ledger/ledgers.ts';

const START = Date.parse('2026-11-20T10:00:00Z');

/** Letters that a text of a table may have and a line may not. */
export const ODD = 'a\tb\\c\nd\re\u2028f \\N \\. ünï';

/**
 * A ledger with a message that was sent and one that waits, a telling in no message, a mute with odd letters, and the
 * state of a rule.
 */
export async function fill(database: Database): Promise<void> {
  const outbox = sqlOutbox(database, claimsDeps);
  const engine = await database.ready();
  await outbox.post('crm', messageIn('sent'), START);
  await outbox.post('crm', messageIn('waits'), START);
  const sent = { fate: 'sent', next_at: null, posted_at: START + 1, ref: '17' };
  await engine.db.updateTable('sentry_monitor_messages').set(sent).where('message_id', '=', 'sent').execute();
  await writeTellings(engine, [tellingIn('crm', 'crm', START)]);
  await engine.db.insertInto('sentry_monitor_mutes').values({ mute_id: 'm1', mute: ODD }).execute();
  const state = { filter: 'crm', window_start: START, state: '{"since":1}' };
  await engine.db.insertInto('sentry_monitor_rule_states').values(state).execute();
}
