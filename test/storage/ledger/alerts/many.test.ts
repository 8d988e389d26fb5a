import assert from 'node:assert/strict';
import { sqlAlerts } from '../../../../src/storage/ledger/alerts/index.ts';
import { sqlOutbox } from '../../../../src/storage/ledger/outbox/index.ts';
import { alertIn, decide, factsIn, issueIn, keptAlertIn, tellingIn } from '../../../support/alerting/stage.ts';
import { claimsDeps, KINDS } from '../../../support/ledger/ledgers.ts';

const START = 1_795_168_800_000;
/** One more than a statement takes. */
const NAMES = Array.from({ length: 2_001 }, (_, n) => `i${n}`);

for (const { kind, open } of KINDS)
  it(`of more than a statement takes nothing is lost, in ${kind}`, async () => {
    const box = await open();
    try {
      const alerts = sqlAlerts(box.database);
      const made = NAMES.map((id) => alertIn('crm', START, { id }));
      await alerts.learn([factsIn('crm', START, { issues: NAMES.map((id) => issueIn(id, 1)) })]);
      await decide(alerts, {
        alerts: made.map((alert) => keptAlertIn('crm', START, { alert })),
        tellings: made.map((alert) => tellingIn('ops', 'crm', START, { alert, key: `${alert.id}#ops` })),
        told: NAMES.map((subject) => ({ filter: 'crm', rule: 'new', subject, channel: 'ops', at: START })),
      });
      const kept = await alerts.look(async (trx) => [
        (await trx.issues('crm', NAMES)).size,
        (await trx.alerts([{ filter: 'crm', at: 0 }])).get('crm')!.length,
        (await trx.told(NAMES.map((subject) => ({ filter: 'crm', rule: 'new', subject, channel: 'ops' })))).length,
      ]);
      const { tellings } = await sqlOutbox(box.database, claimsDeps).open('ops');
      assert.deepEqual([...kept, tellings.length], [2_001, 2_001, 2_001, 2_001]);
    } finally {
      await box.close();
    }
  });
