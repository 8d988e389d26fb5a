import assert from 'node:assert/strict';
import type { Claims, Sink, Source } from '../../src/core/ports.ts';
import type { Filter, Outcome, Receipt } from '../../src/core/types.ts';
import { MAX_SKEW_MS, run, sinksFor, type Ports, type RunRequest, type RunResult } from '../../src/core/run.ts';
import { memoryClaims } from '../../src/ledger/memory.ts';
import { createClock, NOW, turns, type Clock } from '../support/clock.ts';
import { fakeSink, fakeSource, portsOf } from '../support/fakes.ts';
import { filterOf, WINDOW } from '../support/reports.ts';
import { createLogBook, type LogBook } from '../support/scope.ts';

const DEADLINE = 100_000;
const A = filterOf({ name: 'a' });
const B = filterOf({ name: 'b' });
const FAIL: Outcome = { status: 'failed', fault: { message: 'one: down', retryable: true } };
const MAYBE: Outcome = { status: 'uncertain', fault: { message: 'one: cut', retryable: true } };

interface Stage {
  readonly clock: Clock;
  readonly ports: Ports;
  readonly log: LogBook;
  readonly shutdown: AbortController;
  go(given?: Partial<RunRequest>): Promise<RunResult>;
}

function setUp(source: Source, sinks: readonly Sink[], claims?: (clock: Clock) => Claims): Stage {
  const clock = createClock((ms) => ms === DEADLINE || ms === 250);
  const log = createLogBook();
  const shutdown = new AbortController();
  const ports = portsOf(clock, source, sinks, claims?.(clock));
  const deps = { ...clock, log, deadlineMs: DEADLINE, shutdown: shutdown.signal };
  return { clock, ports, log, shutdown, go: (given = {}) => run({ runId: 'run-1', filters: [A, B], window: WINDOW, windowGiven: false, ...given }, ports, deps) };
}

function statuses({ reports }: RunResult): unknown {
  return reports.map(({ filter, sinks, fault }) => [filter.name, fault?.message ?? Object.fromEntries(Object.entries(sinks).map(([name, { status }]) => [name, status]))]);
}

function receipt(result: RunResult, index: number, sink: string): Extract<Receipt, { accepted: number }> {
  const found = result.reports[index]!.sinks[sink]!;
  assert.ok('accepted' in found);
  return found;
}

describe('a run', () => {
  it('reads every filter once, sends every report to every sink, and says so in the order of the filters', async () => {
    const source = fakeSource();
    const [one, two] = [fakeSink(), fakeSink({ name: 'two' })];
    const result = await setUp(source, [one, two]).go();
    assert.deepEqual(statuses(result), [['a', { one: 'sent', two: 'sent' }], ['b', { one: 'sent', two: 'sent' }]]);
    assert.deepEqual([source.reads, one.requests, two.requests], [[['a', 'b']], [['a/crm-web', 'b/crm-web']], [['a/crm-web', 'b/crm-web']]]);
    assert.deepEqual([result.runId, result.window, result.end, result.clockSkewMs, result.sourceRequests], ['run-1', WINDOW, null, null, 0]);
    assert.deepEqual(result.reports.map(({ id }) => id), ['a@2026-11-20T10:00:00.000Z', 'b@2026-11-20T10:00:00.000Z']);
  });

  it('lists the first issues of the filter, the sinks get all', async () => {
    const row = (issueId: string): { issueId: string; project: string; url: string; events: number; users: number } => ({ issueId, project: 'crm-web', url: 'u', events: 1, users: 1 });
    let encoded = 0;
    const sink = fakeSink({ encode: (report) => (encoded = report.issues.length, []) });
    const result = await setUp(fakeSource(() => ({ issues: [row('1'), row('2'), row('3')] })), [sink]).go({ filters: [filterOf({ name: 'a', top: 2 })] });
    assert.deepEqual([encoded, result.reports[0]?.report?.listed.map(({ issueId }) => issueId)], [3, ['1', '2']]);
  });

  it('goes to the sinks of the filter that are enabled, narrowed by the order', () => {
    const enabled = [fakeSink({ name: 'one' }), fakeSink({ name: 'two' }), fakeSink({ name: 'three' })];
    const only = filterOf({ sinks: ['three', 'one', 'off'] });
    assert.deepEqual([sinksFor(A, enabled), sinksFor(only, enabled), sinksFor(only, enabled, ['two', 'three']), sinksFor(A, enabled, [])], [['one', 'two', 'three'], ['one', 'three'], ['three'], []]);
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
    const source = fakeSource(({ filter }) => (filter.name === 'a' && isBroken ? { fault: { message: 'sentry: no', retryable: false } } : {}));
    const sink = fakeSink();
    const { go, log } = setUp(source, [sink]);
    const first = await go();
    assert.deepEqual(statuses(first), [['a', 'sentry: no'], ['b', { one: 'sent' }]]);
    assert.deepEqual([first.reports[0]?.report, first.reports[0]?.sinks], [null, {}]);
    assert.deepEqual(log.lines.filter(({ level }) => level === 'error').map(({ fields, text }) => [text, fields]), [['filter not read', { run: 'run-1', filter: 'a', report: 'a@2026-11-20T10:00:00.000Z', error: 'sentry: no' }]]);
    isBroken = false;
    assert.deepEqual(statuses(await go()), [['a', { one: 'sent' }], ['b', { one: 'sent before' }]]);
    assert.deepEqual([source.reads, sink.requests], [[['a', 'b'], ['a']], [['b/crm-web'], ['a/crm-web']]]);
  });

  it('of one sink leaves the other', async () => {
    const one = fakeSink({ answer: (items) => items.map(() => FAIL) });
    const two = fakeSink({ name: 'two' });
    const result = await setUp(fakeSource(), [one, two]).go();
    assert.deepEqual(statuses(result), [['a', { one: 'failed', two: 'sent' }], ['b', { one: 'failed', two: 'sent' }]]);
    assert.deepEqual(receipt(result, 0, 'one'), { status: 'failed', accepted: 0, refused: [], uncertain: 0, failed: 1, refs: [], error: 'one: down' });
  });

  it('of one sink that hangs until the end leaves the other', async () => {
    const one = fakeSink({ answer: (items, { signal }) => new Promise((done) => signal.addEventListener('abort', () => done(items.map(() => MAYBE)))) });
    const two = fakeSink({ name: 'two' });
    const { go, clock } = setUp(fakeSource(), [one, two]);
    const result = go({ filters: [A] });
    await turns();
    assert.equal(two.requests.length, 1);
    clock.advance(DEADLINE);
    assert.deepEqual([statuses(await result), (await result).end], [[['a', { one: 'failed', two: 'sent' }]], 'deadline']);
  });

  it('of a sink that cannot encode is that sink\'s receipt', async () => {
    const one = fakeSink({ encode: () => { throw new Error('bug'); } });
    const result = await setUp(fakeSource(), [one, fakeSink({ name: 'two' })]).go({ filters: [A] });
    assert.deepEqual([receipt(result, 0, 'one').error, statuses(result)], ['one: cannot encode: bug', [['a', { one: 'failed', two: 'sent' }]]]);
  });

  it('of a window that the vendor drops without a word is said, and nothing is sent', async () => {
    for (const [age, isSent] of [[NOW - WINDOW.start, true], [NOW - WINDOW.start - 1, false]] as const) {
      const one = fakeSink({ maxAgeMs: age });
      const result = await setUp(fakeSource(), [one]).go({ filters: [A] });
      assert.equal(one.requests.length, isSent ? 1 : 0);
      assert.match(receipt(result, 0, 'one').error ?? 'sent', isSent ? /sent/ : /^one: the window is older than 0\.\d+ h, the service would drop it without a word$/);
    }
  });

  it('of a source that throws says of the filters it did not answer that they were not read', async () => {
    const source: Source = { ...fakeSource(), async *read(asks) {
      yield* fakeSource().read(asks.slice(0, 1), undefined as never);
      throw new Error('bug');
    } };
    const { go, log } = setUp(source, [fakeSink()]);
    assert.deepEqual(statuses(await go()), [['a', { one: 'sent' }], ['b', 'not read: the source gave no answer']]);
    assert.deepEqual(log.lines.find(({ text }) => text === 'source broke')?.fields, { run: 'run-1', error: 'internal error: bug' });
  });

  it('of a source that answers twice, or for nobody, sends each report once', async () => {
    const sink = fakeSink();
    const source: Source = { ...fakeSource(), async *read(asks) {
      for (const round of [1, 2]) yield* fakeSource(() => ({ unattributed: round })).read([...asks, { ...asks[0]!, filter: filterOf({ name: 'stranger' }) }], undefined as never);
    } };
    assert.deepEqual(statuses(await setUp(source, [sink]).go()), [['a', { one: 'sent' }], ['b', { one: 'sent' }]]);
    assert.deepEqual(sink.requests, [['a/crm-web', 'b/crm-web']]);
  });
});

describe('a run that is cut short', () => {
  const hang = (name: string) => fakeSource(({ filter }, { signal }) => (filter.name !== name ? {} : new Promise((done) => {
    signal.addEventListener('abort', () => done({ fault: { message: 'aborted', retryable: true } } as never));
  })));

  it('by the deadline aborts what is in flight and says what was done', async () => {
    const { go, clock, shutdown } = setUp(hang('b'), [fakeSink()]);
    const running = go();
    await turns();
    clock.advance(250);
    await turns();
    clock.advance(DEADLINE);
    const result = await running;
    assert.deepEqual([result.end, statuses(result)], ['deadline', [['a', { one: 'sent' }], ['b', 'aborted']]]);
    assert.equal(shutdown.signal.aborted, false);
  });

  it('by shutdown likewise, also when that came before', async () => {
    const late = setUp(hang('b'), [fakeSink()]);
    const running = late.go();
    await turns();
    late.shutdown.abort();
    assert.equal((await running).end, 'shutdown');
    const early = setUp(fakeSource((_ask, { signal }) => (signal.aborted ? { fault: { message: 'aborted', retryable: true } } : {})), [fakeSink()]);
    early.shutdown.abort();
    const result = await early.go();
    assert.deepEqual([result.end, statuses(result)], ['shutdown', [['a', 'aborted'], ['b', 'aborted']]]);
  });

  it('names the reason for filters that the source left out', async () => {
    const { go, shutdown } = setUp({ ...fakeSource(), async *read() { await turns(1); } }, [fakeSink()]);
    shutdown.abort();
    assert.deepEqual(statuses(await go()), [['a', 'not read: the server is shutting down'], ['b', 'not read: the server is shutting down']]);
  });

  for (const skew of [MAX_SKEW_MS + 1, -MAX_SKEW_MS - 1]) {
    it(`by a clock that is wrong by ${skew} ms sends nothing, and the claims are free`, async () => {
      const sink = fakeSink();
      const source = fakeSource((_ask, { meter }) => (meter.sawClock(skew, 1), {}));
      const { go } = setUp(source, [sink]);
      const result = await go();
      const why = "not read: this server's clock differs from the source's by more than 30 s; set it right, or name the window with at or end";
      assert.deepEqual([result.end, statuses(result), sink.requests], ['clock', [['a', why], ['b', why]], []]);
      assert.deepEqual(statuses(await go({ windowGiven: true })), [['a', { one: 'sent' }], ['b', { one: 'sent' }]]);
    });
  }

  it('not by a clock that is wrong by 30 s at most, nor by any when the window was named', async () => {
    assert.equal(MAX_SKEW_MS, 30_000);
    for (const [skew, windowGiven] of [[30_000, false], [-30_000, false], [3_600_000, true]] as const) {
      const sink = fakeSink();
      const result = await setUp(fakeSource((_ask, { meter }) => (meter.sawClock(skew, 1), {})), [sink]).go({ windowGiven });
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
    assert.deepEqual(statuses(second), [['a', { one: 'sent before' }], ['b', { one: 'sent before' }]]);
    assert.deepEqual([source.reads, sink.requests], [[['a', 'b'], []], [['a/crm-web', 'b/crm-web']]]);
    assert.deepEqual(second.reports.map(({ report }) => report), first.reports.map(({ report }) => report));
    assert.deepEqual(receipt(second, 0, 'one').accepted, 1);
  });

  const some: Filter = filterOf({ name: 'a', projects: ['p', 'q', 'r'] });
  const totals = ['p', 'q', 'r'].map((project) => ({ project, projectId: project, events: 1, users: 1 }));
  for (const [repeatSafe, repaired, status] of [[false, [['a/r']], 'sent'], [true, [['a/q', 'a/r']], 'sent']] as const) {
    it(`repairs what is missing, ${repeatSafe ? 'and what is uncertain' : 'never what is uncertain'} (${repeatSafe ? '' : 'not '}repeat-safe)`, async () => {
      const first: Outcome[] = [{ status: 'accepted', ref: 'r-1' }, MAYBE, FAIL];
      const one = fakeSink({ repeatSafe, answer: (items, _scope, request) => (request === 1 ? first : items.map(() => ({ status: 'accepted', ref: 'r-2' }))) });
      const two = fakeSink({ name: 'two' });
      const { go } = setUp(fakeSource(() => ({ totals })), [one, two]);
      const broken = await go({ filters: [some] });
      assert.deepEqual(receipt(broken, 0, 'one'), { status: 'failed', accepted: 1, refused: [], uncertain: 1, failed: 1, refs: ['r-1'], error: 'one: cut' });
      const mended = await go({ filters: [some], sinks: ['one'] });
      assert.deepEqual(one.requests.slice(1), repaired);
      const uncertain = repeatSafe ? 0 : 1;
      assert.deepEqual(receipt(mended, 0, 'one'), { status, accepted: 3 - uncertain, refused: [], uncertain, failed: 0, refs: ['r-1', 'r-2'], error: repeatSafe ? undefined : 'one: cut' });
      assert.deepEqual([two.requests.length, mended.reports[0]?.sinks['two']], [1, undefined]);
      assert.deepEqual(receipt(await go({ filters: [some] }), 0, 'one').status, 'sent before');
      assert.equal(one.requests.length, 2);
    });
  }

  it('leaves alone what somebody else holds, and reads and sends the rest', async () => {
    const sink = fakeSink();
    const { go, ports } = setUp(fakeSource(), [sink]);
    await ports.claims.claim([{ reportId: 'a@2026-11-20T10:00:00.000Z', revision: 0, sink: 'one' }], 1000);
    assert.deepEqual(statuses(await go()), [['a', { one: 'in hand elsewhere' }], ['b', { one: 'sent' }]]);
    assert.deepEqual(sink.requests, [['b/crm-web']]);
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
