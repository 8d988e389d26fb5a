import assert from 'node:assert/strict';
import { memoryAlerts } from '../../../../../src/storage/memory/alerts/index.ts';
import { fakeChannel, relayBench } from '../../../../support/alerting/relay.ts';
import { alertOf, DAY, HOUR, TEN, tellingOf } from '../../../../support/alerting/tellings.ts';

const FOR_GOOD = { id: 'm', what: { kind: 'filter', name: 'crm-checkout' }, since: 0, why: 'known' } as const;

describe('what waits for as long as it is kept', () => {
  it('is given up, and somebody hears of it; what waits for less is told when it may be', async () => {
    const channel = fakeChannel();
    const bench = relayBench([channel]);
    bench.mutes = [{ ...FOR_GOOD, until: { kind: 'instant', at: TEN + 900 * HOUR } }];
    const begun = bench.now;
    const troubles: unknown[] = [];
    const posted: string[] = [];
    const work = async (): Promise<void> => {
      const heard = (name: string, outcome: string): void => void posted.push(`${name} ${outcome}`);
      for (const { troubles: some } of await bench.pass({ keepsMs: 15 * DAY, posted: heard }))
        troubles.push(...some.map(({ messageId: _none, ...it }) => ({ ...it, at: (bench.now - begun) / HOUR })));
    };
    await bench.add(tellingOf(alertOf()), tellingOf(alertOf({ subject: { id: '2' } })));
    for (; bench.now < begun + 16 * DAY; bench.now += HOUR) {
      if (bench.now === begun + 10 * DAY) await bench.add(tellingOf(alertOf({ at: TEN + 10 * DAY, rule: 'new' })));
      await work();
    }
    const why = 'it could not be told within 15 days';
    assert.deepEqual(troubles, [{ channel: 'crm', fate: 'given up', alerts: 2, why, at: 15 * 24 - 1 }]);
    assert.deepEqual(posted, ['crm given_up']);
    bench.mutes = [];
    await work();
    assert.deepEqual(
      channel.got.map(({ body }) => body.alerts.map(({ rule }) => rule)),
      [['new']],
    );
  });

  it('takes no room for longer in the memory of a process', async () => {
    let now = TEN;
    const memory = memoryAlerts(() => now);
    const bench = relayBench([fakeChannel()], { ...memory, set: (at) => void (now = at) });
    bench.mutes = [{ ...FOR_GOOD, until: { kind: 'resolved' } }];
    for (let hour = 0; hour < 200; hour++) {
      bench.now = TEN + hour * HOUR;
      await bench.add(tellingOf(alertOf({ at: bench.now, rule: 'any', state: 'told' })));
      await bench.pass({ keepsMs: 2 * DAY });
    }
    assert.equal((await bench.tellings()).length, 49);
  });
});
