import assert from 'node:assert/strict';
import { chooseApm, troublesOf } from '../../src/app/apm.ts';
import type { Receipt } from '../../src/core/model/receipt.ts';
import type { Order } from '../../src/core/ports/order.ts';
import type { ReportResult, RunResult } from '../../src/core/model/results.ts';
import type { Runner } from '../../src/core/run/join-runs.ts';
import { resultOf as wholeOf } from '../../src/core/run/run-result.ts';
import { filterOf, reportOf, START, WINDOW } from '../support/build/reports.ts';
import type { LogBook } from '../support/build/scope.ts';
import { TOKEN, fakeAgent, depsOf } from './fake-agent.ts';

const WHOLE: Receipt = { status: 'sent', accepted: 3, refused: [], uncertain: 0, failed: 0, refs: ['r'] };
const DOWN: Receipt = { ...WHOLE, status: 'failed', accepted: 0, failed: 3, error: `anodot: answered 500 to ${TOKEN}` };
const REFUSED: Receipt = { ...WHOLE, refused: [{ key: 'k', why: 'whatever the vendor says' }] };
const ORDER: Order = {
  kind: 'plain',
  filters: [filterOf({ name: 'a' }), filterOf({ name: 'b' })],
  window: WINDOW,
  windowGiven: false,
};

function read(name: string, sinks: Readonly<Record<string, Receipt>>, complete = true): ReportResult {
  const { filter: _filter, splits: _splits, issues, ...view } = reportOf({ complete });
  const report = { ...view, listed: issues, tags: null };
  return { id: name, filter: filterOf({ name }), window: WINDOW, report, sinks };
}

function unread(name: string, message: string): ReportResult {
  return {
    id: name,
    filter: filterOf({ name }),
    window: WINDOW,
    report: null,
    fault: { message, retryable: true },
    sinks: {},
  };
}

function resultOf(...reports: readonly ReportResult[]): RunResult {
  return wholeOf({
    runId: 'run-1',
    window: WINDOW,
    end: null,
    reports,
    sourceRequests: 6,
    clockSkewMs: 2,
    durationMs: 640,
  });
}

async function watch(
  result: RunResult | Error,
  order: Order = ORDER,
  agent = fakeAgent(),
): Promise<{ readonly told: unknown[]; readonly outcome: unknown; readonly runs: number; readonly log: LogBook }> {
  const deps = depsOf();
  let runs = 0;
  const inner: Runner = {
    run: async () => {
      runs++;
      if (result instanceof Error) throw result;
      return result;
    },
  };
  const outcome = await chooseApm(true, { agent }, deps)
    .watch(inner)
    .run(order, 'run-1')
    .catch((error: unknown) => error);
  return { told: agent.told, outcome, runs, log: deps.log };
}

describe('a watched run', () => {
  it('is a background transaction with attributes, and answers as the run does', async () => {
    const result = resultOf(read('a', { anodot: WHOLE }), read('b', { anodot: WHOLE }, false));
    const { told, outcome, runs } = await watch(result);

    assert.equal(outcome, result);
    assert.equal(runs, 1);
    assert.deepEqual(told, [
      ['begins', 'run', 'sentry-monitor'],
      [
        'attributes',
        {
          outcome: 'ok',
          httpStatus: 200,
          filters: 2,
          failed: 0,
          incomplete: 1,
          sourceRequests: 6,
          durationMs: 640,
          windowStart: START,
          debug: false,
          server: 'host-1',
          runId: 'run-1',
        },
      ],
    ]);
  });

  it('has another name with debug', async () => {
    const { told } = await watch(resultOf(), { ...ORDER, kind: 'debug' });
    assert.deepEqual(told[0], ['begins', 'debug run', 'sentry-monitor']);
    assert.equal((told[1] as [string, Record<string, unknown>])[1]['debug'], true);
  });

  it('notices what failed, masked and without a stack', async () => {
    const { told } = await watch(
      resultOf(read('a', { anodot: DOWN, newrelic: WHOLE }), unread('b', 'sentry: answered 401')),
    );
    const message = 'anodot: answered 500 to ***';
    assert.deepEqual(told.slice(2), [
      [
        'error',
        'SinkFailed',
        message,
        `SinkFailed: ${message}`,
        { sink: 'anodot', runId: 'run-1', count: 1, filters: 'a' },
      ],
      [
        'error',
        'FilterNotRead',
        'sentry: answered 401',
        'FilterNotRead: sentry: answered 401',
        { runId: 'run-1', count: 1, filters: 'b' },
      ],
    ]);
    const { outcome, httpStatus, failed } = (told[1] as [string, Record<string, unknown>])[1];
    assert.deepEqual({ outcome, httpStatus, failed }, { outcome: 'partial', httpStatus: 502, failed: 2 });
  });

  it('that breaks is told without the text of the error, and breaks as before', async () => {
    const broken = new Error(`cannot ${TOKEN}`);
    const { told, outcome, runs } = await watch(broken);
    assert.equal(outcome, broken);
    assert.equal(runs, 1);
    const text = 'internal error; the log of this server says more';
    assert.deepEqual(told.slice(1), [['error', 'RunBroke', text, `RunBroke: ${text}`, { runId: 'run-1' }]]);
  });

  it('runs once, whatever the agent does', async () => {
    const result = resultOf(read('a', { anodot: DOWN }));
    const { outcome, runs, log } = await watch(result, ORDER, fakeAgent({ isBroken: true }));
    assert.equal(outcome, result);
    assert.equal(runs, 1);
    assert.deepEqual(log.texts(), ['APM agent broke', 'APM agent broke']);
  });
});

describe('troubles of a run', () => {
  it('are one for each message and sink, with the filters they concern', () => {
    const down = (sink: string, error: string): Receipt => ({ ...DOWN, error: `${sink}: ${error}` });
    assert.deepEqual(
      troublesOf([
        read('a', { anodot: down('anodot', 'x'), newrelic: REFUSED }),
        read('b', { anodot: down('anodot', 'x') }),
        read('c', { anodot: down('anodot', 'y'), newrelic: WHOLE }),
        unread('d', 'sentry: x'),
        unread('e', 'sentry: x'),
        read('f', {
          anodot: { status: 'in hand elsewhere' },
          newrelic: { status: 'skipped', why: 'debug', items: [] },
        }),
      ]),
      [
        { name: 'SinkFailed', message: 'anodot: x', sink: 'anodot', filters: ['a', 'b'] },
        { name: 'SinkFailed', message: 'newrelic: items refused', sink: 'newrelic', filters: ['a'] },
        { name: 'SinkFailed', message: 'anodot: y', sink: 'anodot', filters: ['c'] },
        { name: 'FilterNotRead', message: 'sentry: x', filters: ['d', 'e'] },
      ],
    );
  });
});
