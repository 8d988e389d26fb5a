import assert from 'node:assert/strict';
import type { Ledger } from '../../../src/core/ports/ledger.ts';
import { startRun } from '../../../src/core/run/run.ts';
import { judge } from '../../../src/core/run/verdict.ts';
import { fakeSource, portsOf } from '../../support/build/fakes.ts';
import { statuses } from '../../support/build/run.ts';
import { until } from '../../support/time/until.ts';
import { ORDER, LEASE, sent, setUp, unledgered } from './cut-off-server.ts';

describe('a ledger that cannot be reached', () => {
  it('with the policy safe: sinks where a repeat does no harm are served and marked, the others wait', async () => {
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

  it('with the policy send: all sinks are served and marked', async () => {
    const stage = setUp('send');
    stage.cut.from('began');
    const result = await stage.go();
    assert.deepEqual(
      [statuses(result), sent(stage), unledgered(result), judge(result.reports, result.end).http],
      [[['a', { safe: 'sent', counter: 'sent' }]], [1, 1], [[true, true]], 200],
    );
    assert.equal(await stage.ledger.health(), 'degraded');
  });

  it('with the policy stop: nothing is read or sent, another server may', async () => {
    const stage = setUp('stop');
    stage.cut.from('began');
    const result = await stage.go();
    assert.deepEqual(
      [statuses(result), sent(stage), result.sourceRequests],
      [[['a', { safe: 'failed', counter: 'failed' }]], [0, 0], 0],
    );
    assert.deepEqual([judge(result.reports, result.end).http, await stage.ledger.health()], [503, 'down']);
  });

  it('from before the report is kept: a counter is not sent', async () => {
    const stage = setUp('safe');
    stage.cut.from('keep');
    assert.deepEqual([statuses(await stage.go()), sent(stage)], [[['a', { safe: 'sent', counter: 'failed' }]], [1, 0]]);
  });

  it("for longer than a lease, before a counter is sent: the claim may be another's, and the counter is not sent", async () => {
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
    await until('it keeps', () => stage.cut.calls.includes('keep'));
    stage.cut.from('renew');
    stage.clock.advance(LEASE);
    open();
    assert.deepEqual([statuses(await result), sent(stage)], [[['a', { safe: 'sent', counter: 'failed' }]], [1, 0]]);
    assert.ok(stage.cut.calls.includes('renew'));
  });
});
