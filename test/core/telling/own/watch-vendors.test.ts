import assert from 'node:assert/strict';
import type { Outcome } from '../../../../src/core/model/item.ts';
import type { ReportResult, RunResult } from '../../../../src/core/model/results.ts';
import type { RunKind } from '../../../../src/core/ports/order.ts';
import { resultOf } from '../../../../src/core/run/run-result.ts';
import { watchVendors } from '../../../../src/core/telling/own/watch-vendors.ts';
import { filterOf, WINDOW } from '../../../support/build/reports.ts';
import { scopeOf } from '../../../support/build/scope.ts';
import { ruleWith } from '../../../support/build/users-rules.ts';
import { NOW } from '../../../support/time/clock.ts';

const MINUTE_MS = 60_000;
const PLAIN = filterOf({ name: 'a' });
const RULED = filterOf({ name: 'a', alerts: [ruleWith({ kind: 'new' }, 'issue')] });

/** Runs at minutes after the start, and what the admin was told. */
function stage() {
  let now = NOW;
  const told: string[] = [];
  const note = (kind: string): Promise<boolean> => {
    told.push(`${String((now - NOW) / MINUTE_MS)} ${kind}`);
    return Promise.resolve(true);
  };
  const listener = watchVendors({
    sources: ['sentry'],
    sourceOf: () => 'sentry',
    sinks: ['pay'],
    admin: { tell: note, tellDirectly: async (kind) => void (await note(`direct ${kind}`)) },
    now: () => now,
  });
  const deliver = (...outcomes: readonly Outcome[]): void =>
    listener.delivered!({ reportId: 'a', revision: 0, sink: 'pay' }, outcomes);
  const run = async (minute: number, report: Partial<ReportResult>, kind: RunKind = 'plain'): Promise<void> => {
    now = NOW + minute * MINUTE_MS;
    const filter = report.filter ?? PLAIN;
    const whole: ReportResult = { id: 'a', filter, window: WINDOW, report: null, sinks: {}, ...report };
    const rest = { sourceRequests: 0, clockSkewMs: null, durationMs: 0 };
    const result: RunResult = resultOf({ runId: 'r', window: WINDOW, end: null, reports: [whole], ...rest });
    const order = { kind, filters: [filter], window: WINDOW, windowGiven: false };
    await listener.ended!(order, { result, summary: {} as never }, scopeOf());
  };
  return { told, run, deliver };
}

const DOWN = { fault: { message: 'sentry: answered 503', retryable: true } };
const REFUSED = { fault: { message: 'sentry: answered 401', retryable: false } };

describe('the watch over vendors', () => {
  it('says nothing of 20 minutes, one thing of two and a half hours, and one when it is over', async () => {
    const { told, run } = stage();
    for (let minute = 5; minute <= 20; minute += 5) await run(minute, DOWN);
    await run(25, {});
    for (let minute = 30; minute <= 240; minute += 5) await run(minute, DOWN);
    await run(245, {});
    await run(250, {});
    assert.deepEqual(told, ['175 away/sentry', '245 back/sentry']);
  });

  it('has half an hour of patience where rules wait for the source', async () => {
    const { told, run } = stage();
    for (let minute = 5; minute <= 60; minute += 5) await run(minute, { ...DOWN, filter: RULED });
    assert.deepEqual(told, ['30 away/sentry']);
  });

  it('tells at once what will not pass by itself', async () => {
    const { told, run } = stage();
    await run(5, REFUSED);
    await run(10, {});
    assert.deepEqual(told, ['5 failure/sentry', '10 back/sentry']);
  });

  it('waits where only the certificate of a source is wrong', async () => {
    const { told, run } = stage();
    for (let minute = 5; minute <= 150; minute += 5)
      await run(minute, { fault: { message: 'sentry: no trusted TLS connection', retryable: false, passes: true } });
    assert.deepEqual(told, ['150 away/sentry']);
  });

  it('tells at once of a sink that refuses a key, and later of one that is away', async () => {
    const counts = { accepted: 0, refused: [], uncertain: 0, failed: 1, refs: [], error: 'x' };
    const sinks = { pay: { status: 'failed', ...counts } } as const;
    for (const [status, message] of [
      ['0', 'pay: answered 403'],
      ['1', 'pay: answered 503'],
    ] as const) {
      const { told, run, deliver } = stage();
      deliver({ status: 'failed', fault: { message, retryable: status === '1' } });
      await run(5, { sinks });
      for (let minute = 10; minute <= 150; minute += 5) {
        deliver({ status: 'failed', fault: { message: 'pay: answered 503', retryable: true } });
        await run(minute, { sinks });
      }
      assert.deepEqual(told, status === '0' ? ['5 failure/pay'] : ['150 away/pay']);
    }
  });

  it('takes one fault that may pass as a sign that all may', async () => {
    const { told, run, deliver } = stage();
    const counts = { accepted: 0, refused: [], uncertain: 0, failed: 2, refs: [], error: 'x' };
    deliver(
      { status: 'failed', fault: { message: 'pay: answered 400', retryable: false } },
      { status: 'uncertain', fault: { message: 'pay: no answer', retryable: true } },
    );
    await run(5, { sinks: { pay: { status: 'failed', ...counts } } });
    assert.deepEqual(told, []);
  });

  it('tells of a ledger that is away past the ledger, and of no run but plain ones', async () => {
    const { told, run } = stage();
    const receipt = { accepted: 0, refused: [], uncertain: 0, failed: 0, refs: [] };
    const deciding = { status: 'failed', ...receipt, error: 'away', reason: 'ledger' } as const;
    await run(5, { deciding }, 'repair');
    await run(10, { deciding });
    assert.deepEqual(told, ['10 direct ledger']);
  });
});
