import assert from 'node:assert/strict';
import type { Filter } from '../../../src/core/model/filter.ts';
import type { Outcome } from '../../../src/core/model/item.ts';
import type { Claims } from '../../../src/core/ports/claims.ts';
import type { RunResult } from '../../../src/core/model/results.ts';
import { MAX_SKEW_MS } from '../../../src/core/run/ports.ts';
import { memoryClaims } from '../../../src/storage/memory/claims.ts';
import { fakeSink, fakeSource } from '../../support/build/fakes.ts';
import { filterOf } from '../../support/build/reports.ts';
import { A, DEADLINE, FAIL, MAYBE, receipt, setUp, statuses } from '../../support/build/run.ts';
import { type Clock, gate } from '../../support/time/clock.ts';

describe('a run that is cut short', () => {
  const hang = (name: string) =>
    fakeSource(({ filter }, { signal }) =>
      filter.name !== name
        ? {}
        : new Promise((done) => {
            signal.addEventListener('abort', () => done({ fault: { message: 'aborted', retryable: true } }));
          }),
    );

  it('by the deadline aborts what is in flight and says what was done', async () => {
    const { go, clock, shutdown } = setUp(hang('b'), [fakeSink()]);
    const running = go();
    await gate();
    clock.advance(250);
    await gate();
    clock.advance(DEADLINE);
    const result = await running;
    assert.deepEqual(
      [result.end, statuses(result)],
      [
        'deadline',
        [
          ['a', { one: 'sent' }],
          ['b', 'aborted'],
        ],
      ],
    );
    assert.equal(shutdown.signal.aborted, false);
  });

  it('by shutdown likewise, also when that came before', async () => {
    const late = setUp(hang('b'), [fakeSink()]);
    const running = late.go();
    await gate();
    late.shutdown.abort();
    assert.equal((await running).end, 'shutdown');
    const early = setUp(
      fakeSource((_ask, { signal }) => (signal.aborted ? { fault: { message: 'aborted', retryable: true } } : {})),
      [fakeSink()],
    );
    early.shutdown.abort();
    const result = await early.go();
    assert.deepEqual(
      [result.end, statuses(result)],
      [
        'shutdown',
        [
          ['a', 'aborted'],
          ['b', 'aborted'],
        ],
      ],
    );
  });

  it('names the reason for filters that the source left out', async () => {
    const { go, shutdown } = setUp(
      {
        ...fakeSource(),
        async *read() {
          await gate(1);
        },
      },
      [fakeSink()],
    );
    shutdown.abort();
    assert.deepEqual(statuses(await go()), [
      ['a', 'the server is shutting down'],
      ['b', 'the server is shutting down'],
    ]);
  });

  for (const skew of [MAX_SKEW_MS + 2, -MAX_SKEW_MS - 2]) {
    it(`by a clock that is wrong by ${skew} ms sends nothing, and the claims are free`, async () => {
      const sink = fakeSink();
      const source = fakeSource((_ask, { meter }) => (meter.sawClock(skew, 1), {}));
      const { go } = setUp(source, [sink]);
      const result = await go();
      const why =
        "this server's clock differs from the source's by more than 30 s; set it right, or name the window with at or end";
      assert.deepEqual(
        [result.end, statuses(result), sink.requests],
        [
          'clock',
          [
            ['a', why],
            ['b', why],
          ],
          [],
        ],
      );
      assert.deepEqual(statuses(await go({ windowGiven: true })), [
        ['a', { one: 'sent' }],
        ['b', { one: 'sent' }],
      ]);
    });
  }

  it('by a wrong clock tells who listens nothing of what was read by it', async () => {
    const source = fakeSource((_ask, { meter }) => {
      meter.sawClock(3_600_000, 1);
      return { gaps: [{ part: 'totals', reason: 'source_silent' }] };
    });
    const { go, ports } = setUp(source, [fakeSink()]);
    const heard: unknown[] = [];
    Object.assign(ports, {
      progress: { ...ports.progress, read: (answer: object) => heard.push('fault' in answer ? 'fault' : answer) },
    });
    assert.equal((await go()).end, 'clock');
    assert.deepEqual(heard, ['fault', 'fault']);
  });

  it('not by a clock that is wrong by 30 s at most, nor by any when the window was named', async () => {
    assert.equal(MAX_SKEW_MS, 30_000);
    for (const [skew, windowGiven] of [
      [30_001, false],
      [-30_001, false],
      [3_600_000, true],
    ] as const) {
      const sink = fakeSink();
      const result = await setUp(
        fakeSource((_ask, { meter }) => (meter.sawClock(skew, 1), {})),
        [sink],
      ).go({ windowGiven });
      assert.deepEqual([result.end, sink.requests.length], [null, 1]);
    }
  });
});

describe('a run after another', () => {
  it('that delivered all asks nothing, sends nothing, and answers from memory', async () => {
    const source = fakeSource(() => ({ unattributed: 7 }));
    const sink = fakeSink();
    const { go } = setUp(source, [sink]);
    const first = await go();
    const second = await go();
    assert.deepEqual(statuses(second), [
      ['a', { one: 'sent before' }],
      ['b', { one: 'sent before' }],
    ]);
    assert.deepEqual([source.reads, sink.requests], [[['a', 'b'], []], [['a/crm-web', 'b/crm-web']]]);
    assert.deepEqual(
      second.reports.map(({ report }) => report),
      first.reports.map(({ report }) => report),
    );
    assert.deepEqual(receipt(second, 0, 'one').accepted, 1);
  });

  const some: Filter = filterOf({ name: 'a', projects: ['p', 'q', 'r'] });
  const totals = ['p', 'q', 'r'].map((project) => ({ project, projectId: project, events: 1, users: 1 }));
  for (const [repeatSafe, repaired, status] of [
    [false, [['a/r']], 'sent'],
    [true, [['a/q', 'a/r']], 'sent'],
  ] as const) {
    it(`repairs what is missing, ${repeatSafe ? 'and what is uncertain' : 'never what is uncertain'} (${repeatSafe ? '' : 'not '}repeat-safe)`, async () => {
      const first: Outcome[] = [{ status: 'accepted', ref: 'r-1' }, MAYBE, FAIL];
      const one = fakeSink({
        repeatSafe,
        answer: (items, _scope, request) =>
          request === 1 ? first : items.map(() => ({ status: 'accepted', ref: 'r-2' })),
      });
      const two = fakeSink({ name: 'two' });
      const { go } = setUp(
        fakeSource(() => ({ totals })),
        [one, two],
      );
      const broken = await go({ filters: [some] });
      assert.deepEqual(receipt(broken, 0, 'one'), {
        status: 'failed',
        accepted: 1,
        refused: [],
        uncertain: 1,
        failed: 1,
        refs: ['r-1'],
        error: 'one: cut',
      });
      const mended = await go({ filters: [some], sinks: ['one'] });
      assert.deepEqual(one.requests.slice(1), repaired);
      const uncertain = repeatSafe ? 0 : 1;
      assert.deepEqual(receipt(mended, 0, 'one'), {
        status,
        accepted: 3 - uncertain,
        refused: [],
        uncertain,
        failed: 0,
        refs: ['r-1', 'r-2'],
        error: repeatSafe ? undefined : 'one: cut',
      });
      assert.deepEqual([two.requests.length, mended.reports[0]?.sinks['two']], [1, undefined]);
      assert.deepEqual(receipt(await go({ filters: [some] }), 0, 'one').status, 'sent before');
      assert.equal(one.requests.length, 2);
    });
  }

  it('leaves alone what somebody else holds, and reads and sends the rest', async () => {
    const sink = fakeSink();
    const { go, ports } = setUp(fakeSource(), [sink]);
    await ports.ledger.claims.claim([{ reportId: 'a@2026-11-20T10:00:00.000Z', revision: 0, sink: 'one' }], 1000);
    assert.deepEqual(statuses(await go()), [
      ['a', { one: 'in hand elsewhere' }],
      ['b', { one: 'sent' }],
    ]);
    assert.deepEqual(sink.requests, [['b/crm-web']]);
  });

  it('that took over from one that was too slow has the last word', async () => {
    const stage: { over?: () => Promise<unknown> } = {};
    const sink = fakeSink({
      answer: async (items, _scope, request) => {
        if (request === 1) await stage.over?.();
        return items.map(() => (request === 1 ? FAIL : { status: 'accepted', ref: 'r-2' }));
      },
    });
    const { go, clock } = setUp(fakeSource(), [sink]);
    const second: RunResult[] = [];
    stage.over = async () => {
      clock.advance(DEADLINE + 10_000);
      second.push(await go({ filters: [A] }));
    };
    const first = await go({ filters: [A] });
    assert.deepEqual(
      [statuses(first), second.map(statuses), sink.requests.length],
      [[['a', { one: 'in hand elsewhere' }]], [[['a', { one: 'sent' }]]], 2],
    );
    assert.deepEqual(statuses(await go({ filters: [A] })), [['a', { one: 'sent before' }]]);
  });

  it('that died frees its claims after the deadline and a margin', async () => {
    const leases: number[] = [];
    const spy = (clock: Clock): Claims => {
      const real = memoryClaims(clock.now);
      return { ...real, claim: (keys, leaseMs) => (leases.push(leaseMs), real.claim(keys, leaseMs)) };
    };
    await setUp(fakeSource(), [fakeSink()], spy).go({ filters: [A] });
    assert.deepEqual(leases, [DEADLINE + 10_000]);
  });
});
