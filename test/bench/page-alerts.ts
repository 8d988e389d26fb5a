import type { Database } from '../../src/storage/database/database.ts';
import { sqlAlerts } from '../../src/storage/ledger/alerts/index.ts';
import { sqlOutbox } from '../../src/storage/ledger/outbox/index.ts';
import { keptIn, takeLease } from '../support/alerting/outbox-bench.ts';
import { alertIn, decide, messageIn, tellingIn } from '../support/alerting/stage.ts';

const FIVE = 300_000;
/** Alerts that last, and all that are kept; of each a message. */
const LASTING = 50;
const ALL = 1_000;

/** A rule for each filter, as its file has it. It tells the log, which needs no channel. */
export const RULE = { when: 'events > 100', tell: 'console' };
const CHANNEL = 'console';

/** What rules of these filters came to by the window that ends there: some last, most are over, all were told. */
export async function addAlerts(database: Database, names: readonly string[], end: number): Promise<void> {
  const [alerts, outbox] = [sqlAlerts(database), sqlOutbox(database, { uuid: () => crypto.randomUUID() })];
  const heads = names.map((filter) => ({ filter, newest: end - FIVE, print: 'x', loadedAt: 1 }));
  const all = Array.from({ length: ALL }, (_, n) => {
    const [filter, start] = [names[n % names.length]!, end - FIVE * (1 + (n % 200))];
    const alert = alertIn(filter, start, { id: `${filter}/${n}`, state: n < LASTING ? 'firing' : 'resolved' });
    return { alert, rule: 'events > 100', since: start, until: n < LASTING ? null : start };
  });
  const tellings = all.map(({ alert, since }) => tellingIn(CHANNEL, alert.filter, since, { alert }));
  await decide(alerts, { heads, alerts: all, tellings }, [...names]);
  const token = await takeLease(outbox, CHANNEL);
  const messages = tellings.map(({ alert, window }, n) =>
    keptIn(`m${n}`, window, { channel: CHANNEL, message: messageIn(`m${n}`, { alerts: [alert] }) }),
  );
  const told = tellings.map(({ key }, n) => ({ key, fate: 'pending' as const, messageId: `m${n}`, reason: null }));
  await outbox.form(CHANNEL, token, { messages, tellings: told });
  for (const message of messages)
    await outbox.note(CHANNEL, token, { ...message, fate: 'sent', tries: 1, nextAt: Infinity });
  await outbox.release(CHANNEL, token);
}
