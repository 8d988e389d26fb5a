import assert from 'node:assert/strict';
import { messageOf } from '../../../../support/alerting/messages.ts';
import { fakeChannel, relayBench } from '../../../../support/alerting/relay.ts';
import { alertOf, MINUTE, TEN, tellingOf } from '../../../../support/alerting/tellings.ts';

describe('copies of what several are told', () => {
  function stage() {
    const [bob, cara] = [fakeChannel({ name: 'bob' }), fakeChannel({ name: 'cara' })];
    const also = { channels: ['bob', 'cara'], lines: ['It is your turn.'] };
    const first = fakeChannel({ name: 'crm', also });
    return { first, bob, cara, bench: relayBench([first, bob, cara]) };
  }

  it('go in the same pass, each with the alerts, by its own channel, once', async () => {
    const { first, bob, cara, bench } = stage();
    await bench.add(tellingOf(alertOf()));
    assert.deepEqual(
      (await bench.pass()).map(({ name, detail }) => `${name}: ${detail}`),
      ['crm: 1 sent', 'bob: 1 sent', 'cara: 1 sent'],
    );
    const [{ body }] = bob.got as [(typeof bob.got)[0]];
    assert.deepEqual([body.id, body.copyOf, body.lines, body.thread], ['m1/bob', 'm1', ['It is your turn.'], null]);
    assert.deepEqual(body.alerts, first.got[0]!.body.alerts);
    assert.deepEqual([first.got.length, bob.got.length, cara.got.length], [1, 1, 1]);
    bench.now += 5 * MINUTE;
    assert.deepEqual(await bench.pass(), []);
  });

  it('have a fate of their own: neither waits for another that is away, and none comes twice', async () => {
    const { first, bob, cara, bench } = stage();
    for (let count = 0; count < 3; count++) first.answers.push({ status: 'retry', why: 'crm: answered 503' });
    bob.answers.push({ status: 'retry', why: 'bob: answered 503' });
    await bench.add(tellingOf(alertOf()));
    await bench.pass();
    for (let minute = 12; minute < 60; minute += 5) {
      bench.now = TEN + minute * MINUTE;
      await bench.pass();
    }
    assert.deepEqual([first.got.length, bob.got.length, cara.got.length], [4, 2, 1]);
    const fates = (await bench.messages()).map(({ message: { id }, fate }) => `${id} ${fate}`);
    assert.deepEqual(fates.toSorted(), ['m1 sent', 'm1/bob sent', 'm1/cara sent']);
  });

  it('tell later news too, while the first cannot be reached', async () => {
    const { first, bob, bench } = stage();
    for (let count = 0; count < 2; count++) first.answers.push({ status: 'retry', why: 'crm: answered 503' });
    await bench.add(tellingOf(alertOf()));
    await bench.pass();
    const over = { state: 'resolved', since: '2026-11-20T10:00:00.000Z', at: TEN + 15 * MINUTE } as const;
    await bench.add(tellingOf(alertOf(over)));
    for (let minute = 12; minute < 40; minute += 5) {
      bench.now = TEN + minute * MINUTE;
      await bench.pass();
    }
    const got = ({ got: all }: typeof bob) => all.map(({ body }) => body.alerts.map(({ state }) => state).join());
    assert.deepEqual([got(first).at(-1), got(bob)], ['resolved', ['firing', 'resolved']]);
  });

  it('are of messages without alerts too, and of no picture', async () => {
    const { bob, cara, bench } = stage();
    await bench.outbox.post('crm', messageOf({ id: 'd', type: 'message', alerts: [], lines: ['Hello'] }), bench.now);
    await bench.outbox.post('crm', messageOf({ id: 'p', part: 'picture', alerts: [] }), bench.now);
    await bench.pass();
    assert.deepEqual(
      [...bob.got, ...cara.got].map(({ body }) => [body.id, ...body.lines]),
      [
        ['d/bob', 'It is your turn.', 'Hello'],
        ['d/cara', 'It is your turn.', 'Hello'],
      ],
    );
  });
});
