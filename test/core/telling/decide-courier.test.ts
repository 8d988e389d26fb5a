import assert from 'node:assert/strict';
import type { Claims } from '../../../src/core/ports/claims.ts';
import { fakeSink, fakeSource } from '../../support/build/fakes.ts';
import { filterOf, START } from '../../support/build/reports.ts';
import { statuses } from '../../support/build/run.ts';
import { A, B, decideStage, nothingCame } from '../../support/telling/deciding.ts';

describe('rules in a run', () => {
  it('are decided once by what was read, and stand neither among the sinks nor in the verdict', async () => {
    const sink = fakeSink();
    const { go, asked } = decideStage(fakeSource(), [sink]);
    const result = await go();
    assert.deepEqual(statuses(result), [
      ['a', { one: 'sent' }],
      ['b', { one: 'sent' }],
    ]);
    assert.deepEqual(
      [result.verdict, result.reports.map(({ deciding }) => deciding?.status)],
      [{ http: 200, status: 'ok', sent: 'all', outcome: 'ok' }, ['sent', undefined]],
    );
    assert.deepEqual(
      asked.map((all) => all.map(({ filter, facts }) => [filter.name, facts.window.start, facts.events, facts.users])),
      [[['a', START, 3, 2]]],
    );
    const again = await go();
    assert.deepEqual([asked.length, again.verdict.http, again.reports[0]?.deciding?.status], [1, 200, 'sent before']);
  });

  it('of a filter whose sinks are named are decided all the same', async () => {
    const named = { ...A, sinks: ['two'] };
    const { go, asked } = decideStage(fakeSource(), [fakeSink(), fakeSink({ name: 'two' })]);
    assert.deepEqual(statuses(await go({ filters: [named] })), [['a', { two: 'sent' }]]);
    assert.equal(asked.length, 1);
  });

  it('are not decided by an order that names sinks', async () => {
    const { go, asked, claimed } = decideStage(fakeSource(), [fakeSink()]);
    const result = await go({ kind: 'repair', sinks: ['one'] });
    assert.deepEqual([asked, 'deciding' in result.reports[0]!], [[], false]);
    assert.deepEqual(claimed, ['a@2026-11-20T10:00:00.000Z one', 'b@2026-11-20T10:00:00.000Z one']);
  });

  it('are claimed for no filter without them', async () => {
    const { go, asked, claimed } = decideStage(fakeSource(), [fakeSink()]);
    await go({ filters: [B] });
    assert.deepEqual([asked, claimed], [[], ['b@2026-11-20T10:00:00.000Z one']]);
  });

  it('of many filters are decided together', async () => {
    const all = ['c', 'd', 'e'].map((name) => filterOf({ name, alerts: A.alerts }));
    const { go, asked } = decideStage(fakeSource(), [fakeSink()]);
    await go({ filters: [A, ...all] });
    assert.deepEqual(
      asked.map((some) => some.map(({ filter }) => filter.name)),
      [['a', 'c', 'd', 'e']],
    );
  });
});

describe('rules in trouble', () => {
  it('that the filters file has no more are given back', async () => {
    const { go, asked, filters } = decideStage(fakeSource(), [fakeSink()]);
    filters.set('a', filterOf({ name: 'a' }));
    const { reports, verdict } = await go({ filters: [A] });
    assert.deepEqual([asked, reports[0]?.deciding?.status, verdict.http], [[], 'failed', 200]);
  });

  it('change no status, and are decided by the next run', async () => {
    let isBroken = true;
    const { go, log, asked } = decideStage(fakeSource(), [fakeSink()], async (all) => {
      if (isBroken) throw new Error('the ledger: no');
      return all.map(nothingCame);
    });
    const first = await go();
    assert.deepEqual([first.verdict.http, first.failed, first.reports[0]?.deciding?.status], [200, 0, 'failed']);
    assert.deepEqual(
      log.lines.filter(({ level }) => level === 'error').map(({ text, fields }) => [text, fields]),
      [['not decided', { run: 'run-1', filter: 'a', window: START, error: 'internal error: the ledger: no' }]],
    );
    isBroken = false;
    const second = await go();
    assert.deepEqual([asked.length, second.reports[0]?.deciding?.status], [2, 'sent']);
  });

  it('leave what newer filters decided to the server that has them', async () => {
    const { go } = decideStage(fakeSource(), [fakeSink()], async (all) =>
      all.map((one) => ({ ...nothingCame(one), isOutdated: true })),
    );
    const { reports } = await go({ filters: [A] });
    assert.deepEqual(reports[0]?.deciding, {
      status: 'failed',
      accepted: 0,
      refused: [],
      uncertain: 0,
      failed: 0,
      refs: [],
      error: 'rules: another server has newer filters; nothing is decided here',
    });
  });

  it('of a filter without sinks wait for the ledger, and nobody says that all is well', async () => {
    const away = (claims: Claims): Claims => ({
      ...claims,
      claim: async (keys) => keys.map(() => ({ status: 'waiting', why: 'not sent: the ledger is away' })),
    });
    const source = fakeSource();
    const { go, asked } = decideStage(source, [], undefined, away);
    const { verdict, reports } = await go({ filters: [A] });
    assert.deepEqual(
      [verdict.http, reports[0]?.fault, asked.length, source.reads.flat()],
      [503, { message: 'not sent: the ledger is away', retryable: true }, 0, []],
    );
  });

  it('of a filter without sinks are in hand where another server has them', async () => {
    const held = (claims: Claims): Claims => ({
      ...claims,
      claim: async (keys) => keys.map(() => ({ status: 'held' })),
    });
    const { verdict } = await decideStage(fakeSource(), [], undefined, held).go({ filters: [A] });
    assert.deepEqual(verdict, { http: 202, status: 'in hand', sent: 'none', outcome: 'ok' });
  });

  it('are logged when one of them throws, and the others count', async () => {
    const { go, log } = decideStage(fakeSource(), [fakeSink()], async (all) =>
      all.map((one) => ({ ...nothingCame(one), broken: [{ rule: 'new', error: 'odd' }] })),
    );
    const { reports } = await go({ filters: [A] });
    assert.deepEqual(
      [reports[0]?.deciding?.status, log.lines.find(({ text }) => text === 'rule broke')?.fields],
      ['sent', { run: 'run-1', filter: 'a', rule: 'new', window: START, error: 'odd' }],
    );
  });
});
