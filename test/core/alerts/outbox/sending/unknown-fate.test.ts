import assert from 'node:assert/strict';
import { fakeChannel, relayBench, type RelayBench } from '../../../../support/alerting/relay.ts';
import { alertOf, type AlertInput, MINUTE, tellingOf } from '../../../../support/alerting/tellings.ts';

const CUT = { status: 'uncertain', why: 'crm: the connection broke' } as const;

/** A message whose first post may have been taken, by a channel that knows no repeats. */
async function cutOnce(alert: AlertInput = {}) {
  const channel = fakeChannel({ repeatSafe: false });
  const bench = relayBench([channel]);
  channel.answers.push(CUT);
  await bench.add(tellingOf(alertOf(alert)));
  await bench.pass();
  return { channel, bench };
}

/** Minutes after the post at which another server repeats it, when it looks every minute. */
async function repeatedBy(
  { channel, bench }: { channel: ReturnType<typeof fakeChannel>; bench: RelayBench },
  over: object,
) {
  const begun = bench.now;
  for (let minute = 1; minute <= 70; minute++) {
    bench.now = begun + minute * MINUTE;
    await bench.pass({ owner: 'host-2', ...over });
    if (channel.got.length > 1) return minute;
  }
  return null;
}

describe('a message of unknown fate', () => {
  it('goes again with the same id and words, where the vendor knows repeats', async () => {
    const channel = fakeChannel();
    const bench = relayBench([channel]);
    channel.answers.push(CUT);
    await bench.add(tellingOf(alertOf()));
    await bench.pass();
    bench.now += MINUTE;
    await bench.pass({ owner: 'host-2' });
    assert.equal(channel.got.length, 2);
    assert.deepEqual(channel.got[0], channel.got[1]);
    assert.deepEqual(
      (await bench.messages()).map(({ fate }) => fate),
      ['sent'],
    );
  });

  it('is repeated once by its owner, marked', async () => {
    const { channel, bench } = await cutOnce();
    bench.now += MINUTE;
    await bench.pass();
    assert.deepEqual(
      channel.got.map(({ body }) => [body.id, body.mayRepeat]),
      [
        ['m1', false],
        ['m1', true],
      ],
    );
    assert.deepEqual(
      (await bench.messages()).map(({ fate, message }) => [fate, message.mayRepeat]),
      [['sent', true]],
    );
  });

  it('is uncertain for good when that was cut too, and somebody hears of it', async () => {
    const { channel, bench } = await cutOnce();
    channel.answers.push(CUT);
    bench.now += MINUTE;
    const [work] = await bench.pass();
    assert.deepEqual(
      work!.troubles.map(({ fate, why }) => [fate, why]),
      [['uncertain', 'crm: the connection broke']],
    );
    bench.now += 300 * MINUTE;
    assert.deepEqual(await bench.pass(), []);
    assert.equal(channel.got.length, 2);
  });

  it('is tried later when the repeat is not taken', async () => {
    const { channel, bench } = await cutOnce();
    channel.answers.push({ status: 'retry', why: 'crm: answered 503' });
    for (const minutes of [1, 5, 60]) {
      bench.now += minutes * MINUTE;
      await bench.pass();
    }
    assert.deepEqual(
      channel.got.map(({ body }) => body.mayRepeat),
      [false, true, true],
    );
  });

  for (const [name, alert, over, minutes] of [
    ['after an hour', {}, {}, 60],
    ['after 15 minutes, when its owner is gone', {}, { isGone: (owner: string) => owner === 'host-1' }, 15],
    ['after two minutes, when it is critical', { severity: 'critical' }, {}, 2],
  ] as const) {
    it(`is repeated by another server ${name}`, async () => {
      const cut = await cutOnce(alert);
      assert.equal(await repeatedBy(cut, over), minutes);
      assert.equal(cut.channel.got[1]!.body.mayRepeat, true);
    });
  }

  it('is what a server leaves that died while it posted', async () => {
    const channel = fakeChannel({ repeatSafe: false });
    const bench = relayBench([channel]);
    let isDead = false;
    const die = (act: () => Promise<never>) => (isDead ? Promise.reject(new Error('dead')) : act());
    channel.answers.push(async () => {
      isDead = true;
      return { status: 'accepted' };
    });
    await bench.add(tellingOf(alertOf()));
    const { outbox } = bench;
    await bench.pass({
      outbox: {
        ...outbox,
        note: (...given) => die(() => outbox.note(...given) as Promise<never>),
        release: (...given) => die(() => outbox.release(...given) as Promise<never>),
      },
    });
    assert.deepEqual(
      (await bench.messages()).map(({ isPosting, owner }) => [isPosting, owner]),
      [[true, 'host-1']],
    );
    bench.now += MINUTE;
    assert.deepEqual(
      (await bench.pass()).map(({ status }) => status),
      ['held'],
      'its lease is not over yet',
    );
    bench.now += MINUTE;
    await bench.pass();
    assert.deepEqual(
      channel.got.map(({ body }) => body.mayRepeat),
      [false, true],
    );
  });

  it('holds back what follows it about the same subject, and nothing else', async () => {
    const { channel, bench } = await cutOnce();
    await bench.add(
      tellingOf(alertOf({ state: 'resolved', since: '2026-11-20T10:00:00.000Z', at: bench.now })),
      tellingOf(alertOf({ subject: { id: '2' }, at: bench.now })),
    );
    bench.now += MINUTE;
    await bench.pass({ owner: 'host-2' });
    assert.deepEqual(
      channel.got.slice(1).map(({ body }) => body.alerts.map(({ subject }) => subject.id)),
      [['2']],
    );
    bench.now += 60 * MINUTE;
    await bench.pass({ owner: 'host-2' });
    bench.now += MINUTE;
    await bench.pass({ owner: 'host-2' });
    assert.deepEqual(
      channel.got.slice(2).map(({ body }) => body.alerts.map(({ state, late }) => [state, late])),
      [[['firing', false]], [['resolved', false]]],
    );
  });
});
