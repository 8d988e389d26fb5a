import assert from 'node:assert/strict';
import type { Receipt } from '../../../../src/core/model/receipt.ts';
import type { ReportResult } from '../../../../src/core/model/results.ts';
import { countStreaks } from '../../../../src/core/run/vendors/vendor-streaks.ts';
import { resultOf } from '../../../../src/core/run/run-result.ts';
import { filterOf, WINDOW } from '../../../support/build/reports.ts';
import { createLogBook, scopeOf } from '../../../support/build/scope.ts';

const NOTHING = { accepted: 0, refused: [], uncertain: 0, failed: 0, refs: [] };
const TAKEN: Receipt = { status: 'sent', ...NOTHING, accepted: 3 };
const BAD: Receipt = { status: 'failed', ...NOTHING, failed: 3, error: 'answered 403' };
const WAITS: Receipt = { status: 'failed', ...NOTHING, error: 'not sent', reason: 'ledger' };

function stageOf() {
  const log = createLogBook();
  const streaks = countStreaks({ sources: ['sentry'], sourceOf: () => 'sentry', sinks: ['anodot'], log });
  const run = async (receipt: Receipt | null, kind: 'plain' | 'repair' = 'plain'): Promise<readonly string[]> => {
    const filter = filterOf({ name: 'a' });
    const head = { id: 'a', filter, window: WINDOW, report: null };
    const fault = { message: 'answered 503', retryable: true };
    const report: ReportResult =
      receipt === null ? { ...head, fault, sinks: {} } : { ...head, sinks: { anodot: receipt } };
    const numbers = { sourceRequests: 0, clockSkewMs: null, durationMs: 1 };
    const result = resultOf({ runId: 'r', window: WINDOW, end: null, reports: [report], ...numbers });
    const order = { kind, filters: [filter], window: WINDOW, windowGiven: true };
    await streaks.listener.ended!(order, { result, summary: {} as never }, scopeOf());
    return streaks.failing();
  };
  return { run, log };
}

describe('vendors that fail run after run', () => {
  it('are named from the third plain run on, until one works; the log says both once', async () => {
    const { run, log } = stageOf();
    assert.deepEqual(
      [await run(BAD), await run(BAD), await run(BAD), await run(BAD)],
      [[], [], ['anodot'], ['anodot']],
    );
    assert.deepEqual(await run(TAKEN), []);
    assert.deepEqual(log.texts(), ['fails run after run', 'works again']);
  });

  it('are the source too, when no filter can be read; the sink, which was not asked, keeps its count', async () => {
    const { run } = stageOf();
    assert.deepEqual([await run(BAD), await run(null), await run(null), await run(null)], [[], [], [], ['sentry']]);
    assert.deepEqual([await run(BAD), await run(BAD)], [[], ['anodot']]);
  });

  it('are none that waits for the ledger, and other runs than plain ones are not counted', async () => {
    const { run } = stageOf();
    for (let count = 0; count < 4; count++) assert.deepEqual(await run(WAITS), []);
    for (let count = 0; count < 4; count++) assert.deepEqual(await run(BAD, 'repair'), []);
  });
});
