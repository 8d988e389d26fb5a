import assert from 'node:assert/strict';
import { fakeChannel, relayBench } from '../../../../support/alerting/relay.ts';
import { alertOf, MINUTE, TEN, tellingOf } from '../../../../support/alerting/tellings.ts';

describe('an alert that somebody is at', () => {
  const alert = alertOf();
  const again = tellingOf({ ...alert, value: 99 }, { news: 'repeat', key: 'again' });
  const other = tellingOf(alertOf({ subject: { id: '2' } }), { news: 'repeat', key: 'other' });
  const ended = tellingOf({ ...alert, state: 'resolved' }, { key: 'ended' });

  it('is not told again; its end is, and so are repeats of others', async () => {
    const channel = fakeChannel();
    const bench = relayBench([channel]);
    await bench.add(tellingOf(alert));
    await bench.pass();
    const { id } = alert;
    const text = 'trending of crm-checkout';
    await bench.outbox.keepAction({ id: 'a', at: TEN, by: 'ann', kind: 'acknowledge', target: id, text });
    await bench.add(again, other);
    bench.now += 5 * MINUTE;
    await bench.pass();
    await bench.add(ended);
    bench.now += 5 * MINUTE;
    await bench.pass();
    assert.deepEqual(
      channel.got.map(({ body }) => body.alerts.map(({ subject, state }) => `${subject.id} ${state}`)),
      [['6507376925 firing'], ['2 firing'], ['6507376925 resolved']],
    );
    const [held] = (await bench.tellings()).filter(({ key }) => key === 'again');
    assert.deepEqual([held!.fate, held!.reason], ['dropped', 'not told again: ann is on it']);
  });

  it('has the news of its begin told, also when somebody was at it before', async () => {
    const channel = fakeChannel();
    const bench = relayBench([channel]);
    await bench.outbox.keepAction({ id: 'a', at: TEN, by: 'ann', kind: 'acknowledge', target: alert.id, text: '' });
    await bench.add(tellingOf(alert));
    await bench.pass();
    assert.equal(channel.got.length, 1);
  });
});
