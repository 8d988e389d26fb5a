import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { endProcesses } from '../support/process/processes.ts';
import { itWith, toolHere } from '../support/process/tools.ts';
import { type Alertmanagers, startAlertmanagers } from '../support/telling/servers/alertmanager.ts';
import { tellAtOnce } from '../support/telling/servers/at-once.ts';
import { openSlowReceiver } from '../support/telling/slow-receiver.ts';
import { stopPostgres } from '../support/ledger/postgres.ts';
import { until } from '../support/time/until.ts';

const ALERTS = 20;
const POST_MS = 6_000;
/** After this nothing more comes: groups are looked at again every 5 s. */
const QUIET_MS = 20_000;

describe('two servers beside two Alertmanagers', function () {
  this.timeout(600_000);
  after(async () => {
    await endProcesses();
    await stopPostgres();
  });

  itWith('alertmanager', toolHere('alertmanager'), 'tells twice what is told once here', async (program) => {
    const receiver = await openSlowReceiver();
    let peers: Alertmanagers | undefined;
    try {
      peers = await startAlertmanagers(program, receiver.url, '2s');
      receiver.takes(POST_MS);
      await peers.fire(Array.from({ length: ALERTS }, (_, n) => `alert-${n}`));
      await until('each is told', async () => receiver.posts.length >= ALERTS, 60_000);
      await wait(QUIET_MS);
      const theirs = receiver.posts.length;
      const ours = await tellAtOnce({ channels: 4, filters: ALERTS, issues: 1, servers: 2 });
      const ratio = (theirs / ours.told).toFixed(1);
      process.stdout.write(
        `      ${ALERTS} alerts, ${POST_MS / 1000} s a post: two Alertmanagers told ${theirs}, two servers here ` +
          `${ours.told}, in ${ours.posts} posts: ${ratio} times as many\n`,
      );
      assert.equal(ours.told, ALERTS);
      assert.ok(theirs > ALERTS, `${theirs}`);
    } finally {
      await peers?.close();
      await receiver.close();
    }
  });

  itWith(
    'alertmanager',
    toolHere('alertmanager'),
    'never tells what was over while its receiver was away',
    async (program) => {
      const receiver = await openSlowReceiver();
      let peers: Alertmanagers | undefined;
      try {
        peers = await startAlertmanagers(program, receiver.url, '2s');
        receiver.answers(503);
        await peers.fire(['brief']);
        await until('it was tried', async () => receiver.posts.length > 0, 60_000);
        await peers.fire(['brief'], new Date());
        await wait(QUIET_MS);
        const before = receiver.posts.length;
        receiver.answers(200);
        await wait(QUIET_MS);
        process.stdout.write(
          `      ${before} tries while it was away, ${receiver.posts.length - before} messages afterwards\n`,
        );
        assert.equal(receiver.posts.length, before);
      } finally {
        await peers?.close();
        await receiver.close();
      }
    },
  );
});
