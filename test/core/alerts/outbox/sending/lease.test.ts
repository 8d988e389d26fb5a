import assert from 'node:assert/strict';
import { fakeChannel, relayBench, type RelayBench } from '../../../../support/alerting/relay.ts';
import { alertOf, tellingOf } from '../../../../support/alerting/tellings.ts';
import { gate } from '../../../../support/time/clock.ts';

const LEASE = 30_000;

/** A channel with something to tell, and turns of the one that renews its lease. */
async function begun(onSend: (bench: RelayBench, turn: () => Promise<void>) => Promise<void>) {
  const channel = fakeChannel();
  const bench = relayBench([channel]);
  const turns: (() => void)[] = [];
  const waited: number[] = [];
  const sleep = (ms: number, signal?: AbortSignal): Promise<void> => {
    waited.push(ms);
    return new Promise((done, fail) => {
      turns.push(done);
      signal?.addEventListener('abort', () => fail(new Error('over')));
    });
  };
  channel.send = async () => {
    await onSend(bench, async () => {
      turns.shift()!();
      await gate();
    });
    return { status: 'accepted' };
  };
  await bench.add(tellingOf(alertOf()));
  return { bench, waited, pass: () => bench.pass({ leaseMs: LEASE, sleep }) };
}

describe('the lease of a channel', () => {
  it('is renewed while a post takes longer', async () => {
    const taken: unknown[] = [];
    const { bench, waited, pass } = await begun(async (it, turn) => {
      for (let thirds = 0; thirds < 9; thirds++) {
        it.now += LEASE / 3;
        await turn();
        taken.push(await it.outbox.lease('crm', LEASE));
      }
    });
    const [work] = await pass();
    assert.deepEqual(taken, Array<null>(9).fill(null));
    assert.deepEqual(waited, Array<number>(10).fill(LEASE / 3));
    assert.equal(work!.detail, '1 sent');
    assert.notEqual(await bench.outbox.lease('crm', LEASE), null, 'it was given back');
  });

  it('is over at its end where its server renews it no more, and that one notes nothing then', async () => {
    const taken: boolean[] = [];
    const { bench, pass } = await begun(async (it) => {
      it.now += LEASE - 1;
      taken.push((await it.outbox.lease('crm', LEASE)) !== null);
      it.now += 1;
      taken.push((await it.outbox.lease('crm', LEASE)) !== null);
    });
    const [work] = await pass();
    assert.deepEqual(taken, [false, true]);
    assert.deepEqual([work!.status, work!.detail], ['held', 'another server has taken it over']);
    const [kept] = await bench.messages();
    assert.deepEqual([kept!.fate, kept!.isPosting], ['pending', true]);
  });

  it('is renewed before a post that would begin at its end', async () => {
    const left: boolean[] = [];
    const { bench, pass } = await begun(async (it) => {
      it.now += LEASE - 1;
      left.push((await it.outbox.lease('crm', LEASE)) === null);
    });
    await bench.add(...['a', 'b'].map((filter) => tellingOf(alertOf({ filter }))));
    assert.equal((await pass())[0]!.detail, '3 sent');
    assert.deepEqual(left, [true, true, true]);
  });
});
