import assert from 'node:assert/strict';
import type { Source } from '../../../src/core/ports/source.ts';
import { sinksFor } from '../../../src/core/run/claim-reports.ts';
import { fakeSink, fakeSource } from '../../support/build/fakes.ts';
import { filterOf, WINDOW } from '../../support/build/reports.ts';
import { A, DEADLINE, FAIL, MAYBE, receipt, setUp, statuses } from '../../support/build/run.ts';
import { gate, NOW } from '../../support/time/clock.ts';

describe('a run', () => {
  it('reads every filter once, sends every report to every sink, and says so in the order of the filters', async () => {
    const source = fakeSource();
    const [one, two] = [fakeSink(), fakeSink({ name: 'two' })];
    const result = await setUp(source, [one, two]).go();
    assert.deepEqual(statuses(result), [
      ['a', { one: 'sent', two: 'sent' }],
      ['b', { one: 'sent', two: 'sent' }],
    ]);
    assert.deepEqual(
      [source.reads, one.requests, two.requests],
      [[['a', 'b']], [['a/crm-web', 'b/crm-web']], [['a/crm-web', 'b/crm-web']]],
    );
    assert.deepEqual(
      [result.runId, result.window, result.end, result.clockSkewMs, result.sourceRequests],
      ['run-1', WINDOW, null, null, 0],
    );
    assert.deepEqual(
      result.reports.map(({ id }) => id),
      ['a@2026-11-20T10:00:00.000Z', 'b@2026-11-20T10:00:00.000Z'],
    );
  });

  it('lists the first trending issues of the filter, by score, the sinks get all', async () => {
    const row = (
      issueId: string,
      events: number,
    ): { issueId: string; project: string; url: string; events: number; users: number } => ({
      issueId,
      project: 'crm-web',
      url: 'u',
      events,
      users: 1,
    });
    const past = new Map([
      ['1', 12_000],
      ['2', 0],
      ['3', 12],
      ['4', 0],
    ]);
    const baselines = [
      { name: '1h', span: { start: WINDOW.start - 3_600_000, end: WINDOW.start }, events: past },
    ] as const;
    let encoded = 0;
    const sink = fakeSink({ encode: (report) => ((encoded = report.issues.length), []) });
    const result = await setUp(
      fakeSource(() => ({ issues: [row('1', 1000), row('2', 50), row('3', 40), row('4', 90)], baselines })),
      [sink],
    ).go({ filters: [filterOf({ name: 'a', top: 2 })] });
    assert.deepEqual([encoded, result.reports[0]?.report?.listed.map(({ issueId }) => issueId)], [4, ['4', '2']]);
  });

  it('goes to the sinks of the filter that are enabled, narrowed by the order', () => {
    const enabled = [fakeSink({ name: 'one' }), fakeSink({ name: 'two' }), fakeSink({ name: 'three' })];
    const only = filterOf({ sinks: ['three', 'one', 'off'] });
    assert.deepEqual(
      [
        sinksFor(A, enabled),
        sinksFor(only, enabled),
        sinksFor(only, enabled, ['two', 'three']),
        sinksFor(A, enabled, []),
      ],
      [['one', 'two', 'three'], ['one', 'three'], ['three'], []],
    );
  });

  it('counts requests and compares clocks by the most exact answer', async () => {
    const source = fakeSource((_ask, { meter }) => {
      meter.requested();
      meter.sawClock(900.4, 500);
      meter.sawClock(12.4, 20);
      meter.sawClock(-700, 80);
      return {};
    });
    const result = await setUp(source, [fakeSink()]).go();
    assert.deepEqual([result.sourceRequests, result.clockSkewMs], [2, 12]);
  });
});

describe('a run in trouble', () => {
  it('of one filter leaves the others, and its claim is free again at once', async () => {
    let isBroken = true;
    const source = fakeSource(({ filter }) =>
      filter.name === 'a' && isBroken ? { fault: { message: 'sentry: no', retryable: false } } : {},
    );
    const sink = fakeSink();
    const { go, log } = setUp(source, [sink]);
    const first = await go();
    assert.deepEqual(statuses(first), [
      ['a', 'sentry: no'],
      ['b', { one: 'sent' }],
    ]);
    assert.deepEqual([first.reports[0]?.report, first.reports[0]?.sinks], [null, {}]);
    assert.deepEqual(
      log.lines.filter(({ level }) => level === 'error').map(({ fields, text }) => [text, fields]),
      [['filter not read', { run: 'run-1', filter: 'a', report: 'a@2026-11-20T10:00:00.000Z', error: 'sentry: no' }]],
    );
    isBroken = false;
    assert.deepEqual(statuses(await go()), [
      ['a', { one: 'sent' }],
      ['b', { one: 'sent before' }],
    ]);
    assert.deepEqual(
      [source.reads, sink.requests],
      [
        [['a', 'b'], ['a']],
        [['b/crm-web'], ['a/crm-web']],
      ],
    );
  });

  it('of one sink leaves the other', async () => {
    const one = fakeSink({ answer: (items) => items.map(() => FAIL) });
    const two = fakeSink({ name: 'two' });
    const result = await setUp(fakeSource(), [one, two]).go();
    assert.deepEqual(statuses(result), [
      ['a', { one: 'failed', two: 'sent' }],
      ['b', { one: 'failed', two: 'sent' }],
    ]);
    assert.deepEqual(receipt(result, 0, 'one'), {
      status: 'failed',
      accepted: 0,
      refused: [],
      uncertain: 0,
      failed: 1,
      refs: [],
      error: 'one: down',
    });
  });

  it('of one sink that hangs until the end leaves the other', async () => {
    const one = fakeSink({
      answer: (items, { signal }) =>
        new Promise((done) => signal.addEventListener('abort', () => done(items.map(() => MAYBE)))),
    });
    const two = fakeSink({ name: 'two' });
    const { go, clock } = setUp(fakeSource(), [one, two]);
    const result = go({ filters: [A] });
    await gate();
    assert.equal(two.requests.length, 1);
    clock.advance(DEADLINE);
    assert.deepEqual(
      [statuses(await result), (await result).end],
      [[['a', { one: 'failed', two: 'sent' }]], 'deadline'],
    );
  });

  it("of a sink that cannot encode is that sink's receipt", async () => {
    const one = fakeSink({
      encode: () => {
        throw new Error('bug');
      },
    });
    const result = await setUp(fakeSource(), [one, fakeSink({ name: 'two' })]).go({ filters: [A] });
    assert.deepEqual(
      [receipt(result, 0, 'one').error, statuses(result)],
      ['one: cannot encode: bug', [['a', { one: 'failed', two: 'sent' }]]],
    );
  });

  it('of a window that the vendor drops without a word is said, and nothing is sent', async () => {
    for (const [age, isSent] of [
      [NOW - WINDOW.start, true],
      [NOW - WINDOW.start - 1, false],
    ] as const) {
      const one = fakeSink({ maxAgeMs: age });
      const result = await setUp(fakeSource(), [one]).go({ filters: [A] });
      assert.equal(one.requests.length, isSent ? 1 : 0);
      assert.match(
        receipt(result, 0, 'one').error ?? 'sent',
        isSent ? /sent/ : /^one: the window is older than 0\.\d+ h, the service would drop it without a word$/,
      );
    }
  });

  it('of a source that throws says of the filters it did not answer that they were not read', async () => {
    const source: Source = {
      ...fakeSource(),
      async *read(asks) {
        yield* fakeSource().read(asks.slice(0, 1), undefined as never);
        throw new Error('bug');
      },
    };
    const { go, log } = setUp(source, [fakeSink()]);
    assert.deepEqual(statuses(await go()), [
      ['a', { one: 'sent' }],
      ['b', 'the source gave no answer'],
    ]);
    assert.deepEqual(log.lines.find(({ text }) => text === 'source broke')?.fields, {
      run: 'run-1',
      error: 'internal error: bug',
    });
  });

  it('of a source that answers twice, or for nobody, sends each report once', async () => {
    const sink = fakeSink();
    const source: Source = {
      ...fakeSource(),
      async *read(asks) {
        for (const round of [1, 2])
          yield* fakeSource(() => ({ unattributed: round })).read(
            [...asks, { ...asks[0]!, filter: filterOf({ name: 'stranger' }) }],
            undefined as never,
          );
      },
    };
    assert.deepEqual(statuses(await setUp(source, [sink]).go()), [
      ['a', { one: 'sent' }],
      ['b', { one: 'sent' }],
    ]);
    assert.deepEqual(sink.requests, [['a/crm-web', 'b/crm-web']]);
  });
});
