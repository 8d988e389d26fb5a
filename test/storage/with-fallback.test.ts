import assert from 'node:assert/strict';
import { NOTHING } from '../../src/core/delivery/receipt.ts';
import type { Outcome } from '../../src/core/model/item.ts';
import type { ClaimKey } from '../../src/core/model/receipt.ts';
import type { Settlement } from '../../src/core/ports/claims.ts';
import type { Ledger, OnError } from '../../src/core/ports/ledger.ts';
import type { Order } from '../../src/core/ports/order.ts';
import type { RunResult } from '../../src/core/model/results.ts';
import type { Ports } from '../../src/core/run/ports.ts';
import { startRun } from '../../src/core/run/run.ts';
import { judge } from '../../src/core/run/verdict.ts';
import { memoryLedger } from '../../src/storage/memory/index.ts';
import { MAX_OWED, withFallback } from '../../src/storage/with-fallback.ts';
import { fakeSink, type FakeSink, fakeSource, portsOf } from '../support/build/fakes.ts';
import { filterOf, WINDOW } from '../support/build/reports.ts';
import { statuses } from '../support/build/run.ts';
import { createLogBook, type LogBook } from '../support/build/scope.ts';
import { type Cut, cuttable } from '../support/ledger/cuttable-ledger.ts';
import { type Clock, createClock } from '../support/time/clock.ts';
import { until } from '../support/time/until.ts';

const ORDER: Order = { kind: 'repair', filters: [filterOf({ name: 'a' })], window: WINDOW, windowGiven: true };
const LEASE = 30_000;

interface Stage {
  readonly cut: Cut;
  readonly clock: Clock;
  readonly log: LogBook;
  readonly ledger: Ledger;
  readonly sinks: readonly FakeSink[];
  go(): Promise<RunResult>;
  other(): Promise<RunResult>;
}

const SINKS = ['safe', 'counter'] as const;

function setUp(onError: OnError, answer?: (name: string) => Outcome): Stage {
  const [clock, log] = [createClock(() => true), createLogBook()];
  const real = memoryLedger(clock.now);
  const cut = cuttable(real, onError);
  const ledger = withFallback(cut.ledger, memoryLedger(clock.now), {
    now: clock.now,
    log,
    repeatSafe: new Set(['safe']),
  });
  const sinkOf = (name: string): FakeSink =>
    fakeSink({
      name,
      repeatSafe: name === 'safe',
      answer: (items) => items.map(() => answer?.(name) ?? { status: 'accepted' }),
    });
  const sinks = SINKS.map(sinkOf);
  const deps = { ...clock, log, deadlineMs: 100_000, shutdown: new AbortController().signal };
  const run = (ports: Ports): Promise<RunResult> => startRun(ORDER, 'run-1', ports, deps).result;
  return {
    cut,
    clock,
    log,
    ledger,
    sinks,
    go: () => run(portsOf(clock, fakeSource(), sinks, ledger)),
    other: () => run(portsOf(clock, fakeSource(), SINKS.map(sinkOf), real)),
  };
}

function sent({ sinks }: Stage): readonly number[] {
  return sinks.map(({ requests }) => requests.length);
}

function unledgered({ reports }: RunResult): unknown {
  return reports.map(({ sinks }) =>
    Object.values(sinks).map((receipt) => 'unledgered' in receipt && receipt.unledgered),
  );
}

describe('a ledger that cannot be reached', () => {
  it('safe: sinks where a repeat does no harm are served and marked, the others wait', async () => {
    const stage = setUp('safe');
    stage.cut.from('began');
    const result = await stage.go();
    assert.deepEqual(
      [statuses(result), sent(stage), unledgered(result)],
      [[['a', { safe: 'sent', counter: 'failed' }]], [1, 0], [[true, false]]],
    );
    const counter = result.reports[0]!.sinks['counter']!;
    assert.equal('error' in counter && counter.error, 'not sent: the ledger cannot be reached (LEDGER_ON_ERROR)');
    const { http, sent: what } = judge(result.reports, result.end);
    assert.deepEqual([http, what, await stage.ledger.health()], [502, 'some', 'degraded']);
    assert.deepEqual(
      stage.log.texts().filter((text) => text.startsWith('ledger')),
      ['ledger cannot be reached'],
    );
  });

  it('send: all are served and marked', async () => {
    const stage = setUp('send');
    stage.cut.from('began');
    const result = await stage.go();
    assert.deepEqual(
      [statuses(result), sent(stage), unledgered(result), judge(result.reports, result.end).http],
      [[['a', { safe: 'sent', counter: 'sent' }]], [1, 1], [[true, true]], 200],
    );
    assert.equal(await stage.ledger.health(), 'degraded');
  });

  it('stop: nothing is read or sent, another server may', async () => {
    const stage = setUp('stop');
    stage.cut.from('began');
    const result = await stage.go();
    assert.deepEqual(
      [statuses(result), sent(stage), result.sourceRequests],
      [[['a', { safe: 'failed', counter: 'failed' }]], [0, 0], 0],
    );
    assert.deepEqual([judge(result.reports, result.end).http, await stage.ledger.health()], [503, 'down']);
  });

  it('what was sent meanwhile is not sent again by this server, and the ledger learns of it when it is back', async () => {
    const stage = setUp('safe');
    stage.cut.from('began');
    await stage.go();
    const again = await stage.go();
    assert.deepEqual(
      [statuses(again), unledgered(again)],
      [[['a', { safe: 'sent before', counter: 'failed' }]], [[true, false]]],
    );
    stage.cut.heal();
    stage.clock.advance(10_000);
    const back = await stage.go();
    assert.deepEqual(
      [statuses(back), sent(stage), unledgered(back), await stage.ledger.health()],
      [[['a', { safe: 'sent before', counter: 'sent' }]], [1, 1], [[false, false]], 'ready'],
    );
    assert.ok(stage.log.texts().includes('ledger is back'));
    assert.deepEqual(statuses(await stage.other()), [['a', { safe: 'sent before', counter: 'sent before' }]]);
  });

  it('gone before the report is kept: a counter is not sent', async () => {
    const stage = setUp('safe');
    stage.cut.from('keep');
    assert.deepEqual([statuses(await stage.go()), sent(stage)], [[['a', { safe: 'sent', counter: 'failed' }]], [1, 0]]);
  });

  it('gone before the receipt: it is told when it is back, and nobody sends again', async () => {
    const stage = setUp('safe');
    stage.cut.from('settle');
    const result = await stage.go();
    assert.deepEqual(
      [statuses(result), unledgered(result)],
      [[['a', { safe: 'sent', counter: 'sent' }]], [[true, true]]],
    );
    stage.cut.heal();
    stage.clock.advance(10_000);
    assert.deepEqual(
      [statuses(await stage.go()), sent(stage)],
      [[['a', { safe: 'sent before', counter: 'sent before' }]], [1, 1]],
    );
    assert.deepEqual(statuses(await stage.other()), [['a', { safe: 'sent before', counter: 'sent before' }]]);
  });

  it('gone before the receipt, and still gone: this server does not send again, a counter neither', async () => {
    const stage = setUp('send');
    stage.cut.from('settle');
    assert.deepEqual(statuses(await stage.go()), [['a', { safe: 'sent', counter: 'sent' }]]);
    const again = await stage.go();
    assert.deepEqual(
      [statuses(again), unledgered(again), sent(stage)],
      [[['a', { safe: 'sent before', counter: 'sent before' }]], [[true, true]], [1, 1]],
    );
  });

  it('is not waited for again and again: after a failure it is left alone for two seconds', async () => {
    const stage = setUp('safe');
    stage.cut.from('began');
    await stage.go();
    assert.deepEqual(stage.cut.calls, ['began']);
    stage.clock.advance(1_999);
    await stage.go();
    assert.deepEqual(stage.cut.calls, ['began']);
    stage.clock.advance(1);
    await stage.go();
    assert.deepEqual(stage.cut.calls, ['began', 'began']);
  });

  it("gone for longer than a lease, before a counter is sent: it may be another's, and is not", async () => {
    let open: () => void = () => undefined;
    const stage = setUp('safe');
    const gate = new Promise<void>((done) => (open = done));
    const slow = {
      ...stage.ledger,
      keep: async (kept: Parameters<Ledger['keep']>[0]) => {
        const answers = await stage.ledger.keep(kept);
        await gate;
        return answers;
      },
    };
    const deps = { ...stage.clock, log: stage.log, deadlineMs: 100_000, shutdown: new AbortController().signal };
    const result = startRun(ORDER, 'run-1', portsOf(stage.clock, fakeSource(), stage.sinks, slow), deps).result;
    await until('the reports are being kept', () => stage.cut.calls.includes('keep'));
    stage.cut.from('renew');
    stage.clock.advance(LEASE);
    open();
    assert.deepEqual([statuses(await result), sent(stage)], [[['a', { safe: 'sent', counter: 'failed' }]], [1, 0]]);
    assert.ok(stage.cut.calls.includes('renew'));
  });

  const keyOf = (n: number): ClaimKey => ({ reportId: `f-${n}@2026-11-20T10:00:00.000Z`, revision: 0, sink: 'safe' });
  const claimOne = async ({ ledger: { claims } }: Stage): Promise<string> => {
    const [claimed] = await claims.claim([keyOf(0)], LEASE);
    return claimed?.status === 'ours' ? claimed.token : assert.fail(claimed?.status);
  };

  it('what this process has in hand meanwhile stays in its hand for longer than a lease', async () => {
    const stage = setUp('safe');
    stage.cut.from('claim');
    const hold = { key: keyOf(0), token: await claimOne(stage) };
    for (let third = 0; third < 6; third++) {
      stage.clock.advance(LEASE / 3);
      assert.deepEqual(await stage.ledger.claims.renew([hold], LEASE), [true]);
    }
    assert.deepEqual(
      (await stage.ledger.claims.claim([keyOf(0)], LEASE)).map(({ status }) => status),
      ['held'],
    );
    assert.deepEqual(
      await stage.ledger.claims.renew([{ ...hold, token: `${hold.token}0` }], LEASE),
      [false],
      'of another claim',
    );
  });

  it('what was sent in part meanwhile is not sent again in whole', async () => {
    const stage = setUp('send');
    stage.cut.from('claim');
    await stage.ledger.claims.settle([
      {
        key: keyOf(0),
        token: await claimOne(stage),
        receipt: { ...NOTHING, accepted: 1, failed: 1 },
        done: false,
        delivered: new Map([['x', { status: 'accepted' }]]),
      },
    ]);
    stage.cut.heal();
    stage.clock.advance(2_000);
    const [claimed] = await stage.ledger.claims.claim([keyOf(0)], LEASE);
    assert.ok(
      claimed?.status === 'ours' && stage.cut.calls.filter((name) => name === 'claim').length === 2,
      'granted by the ledger',
    );
    assert.deepEqual([...claimed.delivered.keys()], ['x']);
  });

  it('what is too much to be remembered for it is said, once and with its count', async () => {
    const stage = setUp('safe');
    stage.cut.from('settle');
    const settlements = Array.from({ length: MAX_OWED + 3 }, (_, n): Settlement => ({
      key: keyOf(n),
      token: 't',
      receipt: { ...NOTHING, accepted: 1 },
      done: true,
      delivered: new Map(),
    }));
    assert.ok((await stage.ledger.claims.settle(settlements)).every((said) => said === 'unledgered'));
    const told = (): unknown =>
      stage.log.lines
        .filter(({ text }) => /forgotten/.test(text))
        .map(({ level, fields, text }) => [level, fields, text]);
    const first = [
      'error',
      { most: MAX_OWED },
      'more was sent without the ledger than can be remembered for it, the oldest is forgotten',
    ];
    assert.deepEqual(told(), [first]);
    stage.cut.heal();
    stage.clock.advance(2_000);
    for (let n = 0; n < 2; n++) assert.deepEqual((await stage.ledger.claims.claim([keyOf(0)], LEASE)).length, 1);
    assert.deepEqual(told(), [
      first,
      ['error', { reports: 3 }, 'was sent without the ledger and is forgotten: it may be sent again'],
    ]);
  });
});
