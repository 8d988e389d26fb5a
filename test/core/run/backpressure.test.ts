import assert from 'node:assert/strict';
import type { Outcome } from '../../../src/core/model/item.ts';
import { type Backpressure, createBackpressure } from '../../../src/core/run/backpressure.ts';
import { startRun } from '../../../src/core/run/run.ts';
import { ACCEPTED, fakeSink, fakeSource, portsOf } from '../../support/build/fakes.ts';
import { filterOf, WINDOW } from '../../support/build/reports.ts';
import { createLogBook } from '../../support/build/scope.ts';
import { createClock, gate } from '../../support/time/clock.ts';

const A_RUN = new AbortController().signal;

/** Whether it has come to room yet. */
function easing(backpressure: Backpressure): () => boolean {
  let isOver = false;
  void backpressure.ease().then(() => (isOver = true));
  return () => isOver;
}

describe('the pressure of what is read and not sent', () => {
  it('is none up to 2,000 issues; then the next report waits until some were sent', async () => {
    const clock = createClock(() => true);
    const backpressure = createBackpressure(A_RUN, clock);
    backpressure.add(2_000);
    const first = easing(backpressure);
    await gate();
    assert.deepEqual([first(), clock.slept], [true, []]);
    backpressure.add(20);
    const second = easing(backpressure);
    await gate();
    assert.equal(second(), false);
    backpressure.subtract(19);
    await gate();
    assert.equal(second(), false);
    backpressure.subtract(1);
    await gate();
    assert.equal(second(), true);
  });

  it('is borne for ten seconds of a run in all: a sink that is away holds up the others no longer', async () => {
    const clock = createClock(() => true);
    const backpressure = createBackpressure(A_RUN, clock);
    backpressure.add(2_001);
    const first = easing(backpressure);
    await gate();
    clock.advance(6_000);
    backpressure.subtract(1);
    await gate();
    assert.equal(first(), true);
    backpressure.add(1);
    const second = easing(backpressure);
    await gate();
    clock.advance(3_999);
    await gate();
    assert.equal(second(), false);
    clock.advance(1);
    await gate();
    assert.equal(second(), true);
    const third = easing(backpressure);
    await gate();
    assert.equal(third(), true, 'nobody waits any more');
  });

  it('ends with the run', async () => {
    const run = new AbortController();
    const backpressure = createBackpressure(
      run.signal,
      createClock(() => true),
    );
    backpressure.add(5_000);
    const [first, second] = [easing(backpressure), easing(backpressure)];
    await gate();
    run.abort();
    await gate();
    const third = easing(backpressure);
    await gate();
    assert.deepEqual([first(), second(), third()], [true, true, true]);
  });
});

describe('a run that reads more than its sinks take at once', () => {
  it('encodes no further reports until some were sent, and sends all', async () => {
    const issues = Array.from({ length: 1_500 }, (_, n) => ({
      issueId: String(n),
      project: 'crm-web',
      url: 'u',
      events: 1,
      users: 1,
    }));
    const encoded: string[] = [];
    const sends: ((outcomes: readonly Outcome[]) => void)[] = [];
    const sink = fakeSink({
      limits: { items: 1, bytes: 1_000_000 },
      answer: () => new Promise((done) => sends.push(done)),
      encode: ({ filter }) => (encoded.push(filter.name), [{ key: filter.name, body: {} }]),
    });
    const clock = createClock(() => true);
    const deps = { ...clock, log: createLogBook(), deadlineMs: 100_000, shutdown: A_RUN };
    const filters = ['a', 'b', 'c', 'd', 'e'].map((name) => filterOf({ name }));
    const going = startRun(
      { kind: 'repair', filters, window: WINDOW, windowGiven: true },
      'run-1',
      portsOf(
        clock,
        fakeSource(() => ({ issues })),
        [sink],
      ),
      deps,
    ).result;
    const seen: number[] = [];
    for (let sent = 0; sent < filters.length; sent++) {
      await gate();
      seen.push(encoded.length);
      sends[sent]!([ACCEPTED]);
    }
    assert.deepEqual(
      [seen, (await going).reports.map(({ sinks }) => sinks['one']?.status)],
      [[2, 3, 4, 5, 5], Array(5).fill('sent')],
    );
  });
});
