import assert from 'node:assert/strict';
import { isSinkDown } from '../../../src/core/delivery/receipt.ts';
import type { Receipt } from '../../../src/core/model/receipt.ts';
import type { ReportResult } from '../../../src/core/model/results.ts';
import { fakeSink, fakeSource } from '../../support/build/fakes.ts';
import { filterOf, WINDOW } from '../../support/build/reports.ts';
import { setUp } from './runner-to-fakes.ts';

const NOTHING = { accepted: 0, refused: [], uncertain: 0, failed: 0, refs: [] };
const WANTED_NONE: Receipt = { ...NOTHING, status: 'sent' };
const FAILED: Receipt = { ...NOTHING, status: 'failed', failed: 3, error: 'down' };
const SENT: Receipt = { ...NOTHING, status: 'sent', accepted: 3 };

function results(receipts: readonly Receipt[]): readonly ReportResult[] {
  return receipts.map((receipt) => ({
    id: 'r',
    filter: filterOf(),
    window: WINDOW,
    report: null,
    sinks: { hook: receipt },
  }));
}

describe('a sink that wants nothing of a report', () => {
  it('is not asked, the report counts as delivered to it, and is known as delivered', async () => {
    const all = fakeSink({ name: 'all' });
    const some = fakeSink({
      name: 'some',
      encode: ({ filter: { name } }) => (name === 'a' ? [] : [{ key: name, body: {} }]),
    });
    const { runner, order } = setUp(fakeSource(), [all, some]);
    const first = await runner.run(order(), 'r-1');
    assert.deepEqual(
      first.reports.map(({ filter: { name }, sinks }) => [name, sinks['some']?.status, sinks['all']?.status]),
      [
        ['a', 'sent', 'sent'],
        ['b', 'sent', 'sent'],
      ],
    );
    assert.deepEqual(some.requests, [['b']]);
    assert.deepEqual([first.verdict.http, first.verdict.status], [200, 'ok']);
    const again = await runner.run(order(), 'r-2');
    assert.deepEqual(
      again.reports.map(({ sinks }) => sinks['some']?.status),
      ['sent before', 'sent before'],
    );
    assert.deepEqual(some.requests, [['b']]);
  });

  for (const [what, receipts, down] of [
    ['nothing but such reports', [WANTED_NONE, WANTED_NONE], false],
    ['one that failed among them', [WANTED_NONE, FAILED, WANTED_NONE], true],
    ['one that was taken among them', [WANTED_NONE, SENT, FAILED], false],
    ['none at all', [], false],
  ] as const)
    it(`is ${down ? '' : 'not '}down after ${what}`, () => assert.equal(isSinkDown('hook', results(receipts)), down));
});
